-- Local date, wall time and zone are the truth of what is scheduled; the instant is derived from them, here and nowhere else.

create function private.offset_at(zone text, instant timestamptz) returns interval
language plpgsql stable strict set search_path = '' as $$
begin
  return (instant at time zone zone) - (instant at time zone 'UTC');
end $$;
comment on function private.offset_at(text, timestamptz) is 'How far a zone is ahead of UTC at an instant.';

-- The same answer as app/kernel/zone.ts on every device: of a time that comes twice the first, of one that is skipped as
-- if the clock had not been changed yet. `at time zone` alone takes the second of two. No answer to what is no time or no
-- zone: the checks of the table refuse those by name.
create function private.instant_of(day date, wall text, day_offset integer, zone text) returns timestamptz
language plpgsql stable strict set search_path = '' as $$
declare
  naive timestamp;
  pretended timestamptz;
  before timestamptz;
  after timestamptz;
begin
  naive := day + day_offset + wall::time;
  pretended := naive at time zone 'UTC';
  before := pretended - private.offset_at(zone, pretended - interval '24 hours');
  after := pretended - private.offset_at(zone, pretended + interval '24 hours');
  return coalesce((select min(c) from unnest(array[before, after]) c where c at time zone zone = naive), before);
exception when invalid_parameter_value or datetime_field_overflow or invalid_datetime_format then
  return null;
end $$;
comment on function private.instant_of(date, text, integer, text) is
  'The instant of a wall time some days after a local date in a zone; null when any of them is missing.';

-- Kinds of people on a tour, to whom a part of the day may be shown alone.
alter table public.tour_people add column crew text not null default 'crew'
  check (crew in ('artist', 'band', 'crew', 'production', 'guest'));
comment on column public.tour_people.crew is 'The group somebody belongs to on this tour.';
grant insert (crew), update (crew) on public.tour_people to authenticated;

create function access.my_crews() returns table (tour_id uuid, crew text)
language plpgsql stable security definer rows 8 set search_path = '' as $$
begin
  return query select t.tour_id, t.crew from public.tour_people t where t.person_id in (select access.my_people());
end $$;
comment on function access.my_crews() is 'Tours that the caller is on, with the group they belong to on each.';
grant execute on function access.my_crews() to authenticated;

-- What a place needs to be found and played.
alter table public.venues
  add column if not exists address text check (length(address) <= 400),
  add column if not exists latitude double precision check (latitude between -90 and 90),
  add column if not exists longitude double precision check (longitude between -180 and 180),
  add column if not exists phone text check (phone ~ '^\+?[0-9 ()./-]{3,40}$'),
  add column if not exists tech_pack jsonb not null default '{}'
    constraint venues_tech_pack_too_large check (jsonb_typeof(tech_pack) = 'object' and length(tech_pack::text) <= 20000);
comment on column public.venues.tech_pack is 'What the house has, by heading: {"stage": "10 x 8 m", "power": "2 x 63 A"}.';
grant insert (address, latitude, longitude, phone, tech_pack), update (address, latitude, longitude, phone, tech_pack)
  on public.venues to authenticated;

create table public.venue_rooms (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  venue_id uuid not null,
  name text not null check (btrim(name) <> '' and length(name) <= 120),
  kind text not null default 'other' check (kind in ('stage', 'dressing', 'production', 'catering', 'dock', 'other')),
  notes text check (length(notes) <= 2000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  foreign key (venue_id, organization_id) references public.venues (id, organization_id) on delete cascade
);
comment on table public.venue_rooms is 'A room of a venue that a call can be in: stage, dressing room, loading dock.';
create index venue_rooms_organization_id_idx on public.venue_rooms (organization_id);
create index venue_rooms_venue_id_idx on public.venue_rooms (venue_id);
alter table public.venue_rooms enable row level security;
select private.stamp('venue_rooms'), private.audit('venue_rooms');

-- Everyone in the organisation may look up a room.
create policy venue_rooms_select_member on public.venue_rooms for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Planners add rooms.
create policy venue_rooms_insert_planner on public.venue_rooms for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners correct rooms.
create policy venue_rooms_update_planner on public.venue_rooms for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners remove rooms.
create policy venue_rooms_delete_planner on public.venue_rooms for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, venue_id, name, kind, notes), update (name, kind, notes), delete
  on public.venue_rooms to authenticated;

select sync.track('venues', 'array[r.organization_id]');
select sync.track('venue_rooms', 'array[r.organization_id]', '{}', '{venue_id}');
select sync.track('tour_people',
  'sync.staff_scope(r.organization_id) || array(select t.person_id from public.tour_people t where t.tour_id = r.tour_id)',
  '{}', '{tour_id,person_id}');
