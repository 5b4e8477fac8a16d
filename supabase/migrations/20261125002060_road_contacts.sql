-- Whom to call: at a venue, and on a tour.

create table public.road_contacts (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  tour_id uuid,
  venue_id uuid,
  name text not null check (btrim(name) <> '' and length(name) <= 120),
  role text check (length(role) <= 80),
  phone text check (phone ~ '^\+?[0-9 ()./-]{3,40}$'),
  email text check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  foreign key (tour_id, organization_id) references public.tours (id, organization_id) on delete cascade,
  foreign key (venue_id, organization_id) references public.venues (id, organization_id) on delete cascade,
  constraint road_contacts_belong_somewhere check (num_nonnulls(tour_id, venue_id) = 1)
);
comment on table public.road_contacts is 'Somebody to call: the promoter''s rep of a tour, the stage door of a venue.';
create index road_contacts_organization_id_idx on public.road_contacts (organization_id);
create index road_contacts_tour_id_idx on public.road_contacts (tour_id);
create index road_contacts_venue_id_idx on public.road_contacts (venue_id);
alter table public.road_contacts enable row level security;
select private.stamp('road_contacts'), private.audit('road_contacts', '{phone,email}');

create function access.my_venues() returns setof uuid
language plpgsql stable security definer rows 100 set search_path = '' as $$
begin
  return query select s.venue_id from public.shows s where s.tour_id in (select access.my_tours()) and s.venue_id is not null;
end $$;
comment on function access.my_venues() is 'Venues that the caller''s tours play.';
grant execute on function access.my_venues() to authenticated;

-- The desk sees every contact; the people on a tour those of the tour and of the venues it plays.
create policy road_contacts_select_reader_or_crew on public.road_contacts for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or tour_id in (select access.my_tours())
    or venue_id in (select access.my_venues()));
-- Planners note contacts.
create policy road_contacts_insert_planner on public.road_contacts for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners correct contacts.
create policy road_contacts_update_planner on public.road_contacts for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners remove contacts.
create policy road_contacts_delete_planner on public.road_contacts for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, tour_id, venue_id, name, role, phone, email), update (name, role, phone, email), delete
  on public.road_contacts to authenticated;

select sync.track('road_contacts', $scope$
  sync.staff_scope(r.organization_id) || array(
    select t.person_id from public.tour_people t where t.tour_id = r.tour_id
    union
    select t.person_id from public.shows s join public.tour_people t on t.tour_id = s.tour_id where s.venue_id = r.venue_id)
  $scope$, '{}', '{venue_id,tour_id}');

-- Joining or leaving a tour, or another group on it, shows and hides all of it.
create or replace function sync.tg__rescope_tours() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  tours constant uuid[] := array(select distinct c.tour_id from changed c);
begin
  perform sync.poke(sync.stamp_tours(tours, false));
  perform sync.poke(sync.stamp_shows(array(select s.id from public.shows s where s.tour_id = any (tours)), false));
  perform sync.poke(sync.stamp_tour_people(
    array(select t.id from public.tour_people t where t.tour_id = any (tours)), false));
  perform sync.poke(sync.stamp_tour_days(array(select d.id from public.tour_days d where d.tour_id = any (tours)), false));
  perform sync.poke(sync.stamp_schedule_items(
    array(select i.id from public.schedule_items i where i.tour_id = any (tours) and i.visibility <> 'people'), false));
  perform sync.poke(sync.stamp_road_contacts(array(
    select c.id from public.road_contacts c where c.tour_id = any (tours)
    union
    select c.id from public.road_contacts c join public.shows s on s.venue_id = c.venue_id where s.tour_id = any (tours)), false));
  return null;
end $$;
comment on function sync.tg__rescope_tours() is 'Shows a tour and what belongs to it to those who are on it now.';
create trigger _820_rescope_update after update on public.tour_people referencing new table as changed
  for each statement execute function sync.tg__rescope_tours();

-- A show that gets another venue or tour brings the venue's contacts to its people.
create function sync.tg__rescope_contacts() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform sync.poke(sync.stamp_road_contacts(array(
    select c.id from public.road_contacts c where c.venue_id in (select n.venue_id from changed n union select b.venue_id from before b)),
    false));
  return null;
end $$;
comment on function sync.tg__rescope_contacts() is 'Shows a venue''s contacts to those who play there now.';
create trigger _820_rescope_contacts after update on public.shows referencing new table as changed old table as before
  for each statement execute function sync.tg__rescope_contacts();

create function sync.tg__show_contacts() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform sync.poke(sync.stamp_road_contacts(array(
    select c.id from public.road_contacts c where c.venue_id in (select n.venue_id from changed n)), false));
  return null;
end $$;
comment on function sync.tg__show_contacts() is 'Shows a venue''s contacts to those of a new show.';
create trigger _820_show_contacts after insert on public.shows referencing new table as changed
  for each statement execute function sync.tg__show_contacts();
