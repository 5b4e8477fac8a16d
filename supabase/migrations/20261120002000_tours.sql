-- Venues, tours, who is on them, and their shows.

create table public.venues (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  name text not null check (btrim(name) <> '' and length(name) <= 160),
  city text not null check (btrim(city) <> '' and length(city) <= 120),
  region text check (length(region) <= 120),
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  time_zone text not null check (private.is_time_zone(time_zone)),
  capacity integer check (capacity between 1 and 500000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id)
);
comment on table public.venues is 'A place with a stage, as one organisation knows it.';
create index venues_organization_id_idx on public.venues (organization_id);

create table public.tours (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  name text not null check (btrim(name) <> '' and length(name) <= 160),
  starts_on date check (starts_on between '1900-01-01' and '2199-12-31'),
  ends_on date check (ends_on >= starts_on and ends_on between '1900-01-01' and '2199-12-31'),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'planned' check (status in ('planned', 'confirmed', 'on_road', 'finished', 'cancelled')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id)
);
comment on table public.tours is 'A run of shows under one name, with one home currency.';
create index tours_organization_id_idx on public.tours (organization_id);

create table public.tour_people (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  tour_id uuid not null,
  person_id uuid not null,
  part text not null check (btrim(part) <> '' and length(part) <= 80),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (tour_id, person_id),
  foreign key (tour_id, organization_id) references public.tours (id, organization_id) on delete cascade,
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade
);
comment on table public.tour_people is 'Who is on a tour, and as what: "drums", "tour manager", "driver".';
create index tour_people_person_id_idx on public.tour_people (person_id, tour_id);
create index tour_people_organization_id_idx on public.tour_people (organization_id);

create table public.shows (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  tour_id uuid,
  venue_id uuid,
  title text not null check (btrim(title) <> '' and length(title) <= 200),
  show_date date not null check (show_date between '1900-01-01' and '2199-12-31'),
  time_zone text not null check (private.is_time_zone(time_zone)),
  status text not null default 'hold' check (status in
    ('hold', 'option', 'confirmed', 'advanced', 'played', 'settled', 'cancelled', 'postponed')),
  notes text check (length(notes) <= 10000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  foreign key (tour_id, organization_id) references public.tours (id, organization_id),
  foreign key (venue_id, organization_id) references public.venues (id, organization_id)
);
comment on table public.shows is 'One performance engagement. The date is local to the venue: a load-out at 01:30 belongs to the day before.';
create index shows_organization_id_idx on public.shows (organization_id, show_date) where status <> 'cancelled';
create index shows_organization_idx on public.shows (organization_id);
create index shows_tour_id_idx on public.shows (tour_id);
create index shows_venue_id_idx on public.shows (venue_id);

alter table public.venues enable row level security;
alter table public.tours enable row level security;
alter table public.tour_people enable row level security;
alter table public.shows enable row level security;

select private.stamp(t), private.audit(t) from unnest('{venues,tours,tour_people,shows}'::text[]) t;
