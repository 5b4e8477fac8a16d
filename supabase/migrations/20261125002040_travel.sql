-- How people get there and where they sleep. Everybody sees their own; the desk sees all.

create table public.travel_legs (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  tour_id uuid,
  mode text not null check (mode in ('flight', 'train', 'bus', 'drive', 'ferry')),
  carrier text check (length(carrier) <= 120),
  number text check (length(number) <= 40),
  from_place text not null check (btrim(from_place) <> '' and length(from_place) <= 200),
  from_date date not null check (from_date between '1900-01-01' and '2199-12-31'),
  from_wall text check (from_wall ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  from_zone text not null check (private.is_time_zone(from_zone)),
  to_place text not null check (btrim(to_place) <> '' and length(to_place) <= 200),
  to_date date not null check (to_date between '1900-01-01' and '2199-12-31'),
  to_wall text check (to_wall ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  to_zone text not null check (private.is_time_zone(to_zone)),
  departs_at timestamptz,
  arrives_at timestamptz,
  confirmation text check (length(confirmation) <= 80),
  notes text check (length(notes) <= 2000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  foreign key (tour_id, organization_id) references public.tours (id, organization_id),
  constraint travel_legs_arrives_before_it_departs check (arrives_at > departs_at)
);
comment on table public.travel_legs is 'One leg of a journey. Each end has a local date, wall time and zone of its own.';
create index travel_legs_organization_id_idx on public.travel_legs (organization_id, from_date);
create index travel_legs_tour_id_idx on public.travel_legs (tour_id);

create table public.travel_people (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  leg_id uuid not null,
  person_id uuid not null,
  seat text check (length(seat) <= 40),
  confirmation text check (length(confirmation) <= 80),
  drives boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (leg_id, person_id),
  foreign key (leg_id, organization_id) references public.travel_legs (id, organization_id) on delete cascade,
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade
);
comment on table public.travel_people is 'Who is on a leg, in which seat, under which confirmation, and who drives.';
create index travel_people_person_id_idx on public.travel_people (person_id, leg_id);
create index travel_people_organization_id_idx on public.travel_people (organization_id);

create table public.hotels (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  tour_id uuid,
  name text not null check (btrim(name) <> '' and length(name) <= 160),
  address text check (length(address) <= 400),
  phone text check (phone ~ '^\+?[0-9 ()./-]{3,40}$'),
  check_in date not null check (check_in between '1900-01-01' and '2199-12-31'),
  check_out date not null,
  time_zone text not null check (private.is_time_zone(time_zone)),
  notes text check (length(notes) <= 2000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  foreign key (tour_id, organization_id) references public.tours (id, organization_id),
  constraint hotels_ends_before_it_starts check (check_out >= check_in and check_out <= '2199-12-31')
);
comment on table public.hotels is 'One stay of a tour in one hotel. The same day in and out is a day room.';
create index hotels_organization_id_idx on public.hotels (organization_id, check_in);
create index hotels_tour_id_idx on public.hotels (tour_id);

create table public.rooming (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  hotel_id uuid not null,
  person_id uuid not null,
  room text check (length(room) <= 40),
  kind text not null default 'single' check (kind in ('single', 'double', 'twin', 'suite', 'bunk', 'day_room')),
  confirmation text check (length(confirmation) <= 80),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (hotel_id, person_id),
  foreign key (hotel_id, organization_id) references public.hotels (id, organization_id) on delete cascade,
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade
);
comment on table public.rooming is 'Who sleeps in which room; the same room twice means that they share it.';
create index rooming_person_id_idx on public.rooming (person_id, hotel_id);
create index rooming_organization_id_idx on public.rooming (organization_id);

alter table public.travel_legs enable row level security;
alter table public.travel_people enable row level security;
alter table public.hotels enable row level security;
alter table public.rooming enable row level security;
select private.stamp(t) from unnest('{travel_legs,travel_people,hotels,rooming}'::text[]) t;
select private.audit('travel_legs', '{confirmation}'), private.audit('travel_people', '{confirmation,seat}'),
  private.audit('hotels'), private.audit('rooming', '{confirmation,room}');

create function private.tg__place_leg() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.departs_at := private.instant_of(new.from_date, new.from_wall, 0, new.from_zone);
  new.arrives_at := private.instant_of(new.to_date, new.to_wall, 0, new.to_zone);
  return new;
end $$;
comment on function private.tg__place_leg() is 'Derives the instants of a leg.';
create trigger _200_place before insert or update on public.travel_legs
  for each row execute function private.tg__place_leg();

-- To be run when the server got new zone data: a country that changed its clock keeps its wall times and moves its instants.
create function private.recompute_instants() returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  items bigint;
  legs bigint;
begin
  update public.schedule_items i set time_zone = i.time_zone
  where i.starts_at is distinct from private.instant_of(i.local_date, i.wall_start, i.day_offset, i.time_zone)
    or i.ends_at is distinct from private.instant_of(i.local_date, i.wall_end, i.end_offset, i.time_zone);
  get diagnostics items = row_count;
  update public.travel_legs l set from_zone = l.from_zone
  where l.departs_at is distinct from private.instant_of(l.from_date, l.from_wall, 0, l.from_zone)
    or l.arrives_at is distinct from private.instant_of(l.to_date, l.to_wall, 0, l.to_zone);
  get diagnostics legs = row_count;
  return items + legs;
end $$;
comment on function private.recompute_instants() is 'Derives every instant anew; answers how many rows were different.';
