-- People exist with or without a login; memberships say who may come in, membership roles say as what.

create table public.people (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  user_id uuid references auth.users on delete set null,
  display_name text not null check (btrim(display_name) <> '' and length(display_name) <= 120),
  first_name text check (length(first_name) <= 80),
  last_name text check (length(last_name) <= 80),
  title text check (length(title) <= 120),
  time_zone text check (private.is_time_zone(time_zone)),
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (organization_id, user_id),
  unique (id, organization_id)
);
comment on table public.people is 'A human known to one organisation: artist, crew, staff. The login, if any, is linked by invitation.';
create index people_user_id_idx on public.people (user_id) where user_id is not null;

create table public.person_details (
  id uuid primary key,
  organization_id uuid not null references public.organizations,
  email text check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  phone text check (phone ~ '^\+?[0-9 ()./-]{3,40}$'),
  locale text check (private.is_locale(locale)),
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  birth_date date check (birth_date between '1900-01-02' and '2199-12-31'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  foreign key (id, organization_id) references public.people (id, organization_id) on delete cascade
);
comment on table public.person_details is 'What only the person and those who look after people may see. Same id as the person.';
create index person_details_organization_id_idx on public.person_details (organization_id);

create table public.memberships (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid not null,
  user_id uuid not null references auth.users on delete cascade,
  status text not null default 'active' check (status in ('active', 'suspended', 'ended')),
  joined_at timestamptz not null default now(),
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (organization_id, user_id),
  unique (id, organization_id, user_id),
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade
);
comment on table public.memberships is 'A login''s place in an organisation. Only an active one opens any door.';
create index memberships_user_id_idx on public.memberships (user_id, status) include (organization_id, person_id);
create index memberships_person_id_idx on public.memberships (person_id);

create table public.membership_roles (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  membership_id uuid not null,
  user_id uuid not null,
  role text not null check (role in ('owner', 'admin', 'manager', 'finance_director', 'accountant', 'booking',
    'artist', 'crew', 'venue_manager', 'promoter', 'staff', 'external')),
  granted_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (membership_id, role),
  foreign key (membership_id, organization_id, user_id)
    references public.memberships (id, organization_id, user_id) on update cascade on delete cascade
);
comment on table public.membership_roles is 'One role of one member; a member may hold several.';
create index membership_roles_user_id_idx on public.membership_roles (user_id) include (organization_id, membership_id, role);
create index membership_roles_organization_id_idx on public.membership_roles (organization_id, role);

alter table public.people enable row level security;
alter table public.person_details enable row level security;
alter table public.memberships enable row level security;
alter table public.membership_roles enable row level security;
select private.stamp(t) from unnest('{people,person_details,memberships,membership_roles}'::text[]) t;

create function private.tg__membership_dates() returns trigger language plpgsql set search_path = '' as $$
begin
  new.ended_at := case when new.status = 'ended' then coalesce(new.ended_at, now()) end;
  return new;
end $$;
comment on function private.tg__membership_dates() is 'An ended membership knows when; a resumed one forgets it.';

create trigger _200_dates before insert or update on public.memberships
  for each row execute function private.tg__membership_dates();

-- The client names only the membership and the role; whose login that is, and who granted it, is the server's word.
create function private.tg__role_grant() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.user_id := (select m.user_id from public.memberships m where m.id = new.membership_id);
  new.granted_by := coalesce(auth.uid(), new.granted_by);
  return new;
end $$;
comment on function private.tg__role_grant() is 'Completes a granted role from its membership and the caller.';

create trigger _200_grant before insert on public.membership_roles
  for each row execute function private.tg__role_grant();
