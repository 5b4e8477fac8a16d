-- Who sees and plans tours: the desk, and the people on the road see their own.

create function access.my_tours() returns setof uuid
language plpgsql stable security definer rows 8 set search_path = '' as $$
begin
  return query select t.tour_id from public.tour_people t where t.person_id in (select access.my_people());
end $$;
comment on function access.my_tours() is 'Tours that the caller is on.';
grant execute on function access.my_tours() to authenticated;

-- Everyone in the organisation may look up a venue.
create policy venues_select_member on public.venues for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Planners add venues.
create policy venues_insert_planner on public.venues for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners correct venues.
create policy venues_update_planner on public.venues for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners remove a venue that no show uses.
create policy venues_delete_planner on public.venues for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, name, city, region, country, time_zone, capacity),
  update (name, city, region, country, time_zone, capacity), delete on public.venues to authenticated;

-- Those who read the schedule see every tour; the people on a tour see that one.
create policy tours_select_reader_or_crew on public.tours for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or id in (select access.my_tours()));
-- Planners open tours.
create policy tours_insert_planner on public.tours for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners change tours; one that will not happen is cancelled, never deleted.
create policy tours_update_planner on public.tours for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, name, starts_on, ends_on, currency, status),
  update (name, starts_on, ends_on, currency, status) on public.tours to authenticated;

-- Those who read the schedule see who is on a tour, and so do the others on it.
create policy tour_people_select_reader_or_crew on public.tour_people for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or tour_id in (select access.my_tours()));
-- Planners put people on a tour.
create policy tour_people_insert_planner on public.tour_people for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners change what somebody does on a tour.
create policy tour_people_update_planner on public.tour_people for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners take people off a tour.
create policy tour_people_delete_planner on public.tour_people for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, tour_id, person_id, part), update (part), delete
  on public.tour_people to authenticated;

-- Those who read the schedule see every show; the people on a tour see its shows.
create policy shows_select_reader_or_crew on public.shows for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or tour_id in (select access.my_tours()));
-- Planners enter shows.
create policy shows_insert_planner on public.shows for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners change shows; one that is off is cancelled, never deleted.
create policy shows_update_planner on public.shows for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, tour_id, venue_id, title, show_date, time_zone, status, notes),
  update (tour_id, venue_id, title, show_date, time_zone, status, notes) on public.shows to authenticated;

select sync.track('venues', 'array[r.organization_id]');
select sync.track('tours',
  'sync.staff_scope(r.organization_id) || array(select t.person_id from public.tour_people t where t.tour_id = r.id)');
select sync.track('tour_people',
  'sync.staff_scope(r.organization_id) || array(select t.person_id from public.tour_people t where t.tour_id = r.tour_id)',
  '{}', '{tour_id,person_id}');
select sync.track('shows',
  'sync.staff_scope(r.organization_id) || array(select t.person_id from public.tour_people t where t.tour_id = r.tour_id)',
  '{}', '{tour_id,show_date}');

-- A person who joins or leaves a tour gains or loses the whole of it. The lock on the tour comes first: a show entered
-- at the same moment holds a key share on it, so one of the two always sees the other.
create function private.tg__lock_tour() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.tours t where t.id = case tg_op when 'DELETE' then old.tour_id else new.tour_id end for update;
  return case tg_op when 'DELETE' then old else new end;
end $$;
comment on function private.tg__lock_tour() is 'Makes changes of a tour''s people take turns with changes of its shows.';

create trigger _150_lock_tour before insert or delete on public.tour_people
  for each row execute function private.tg__lock_tour();

create function sync.tg__rescope_tours() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  tours constant uuid[] := array(select distinct c.tour_id from changed c);
begin
  perform sync.poke(sync.stamp_tours(tours, false));
  perform sync.poke(sync.stamp_shows(array(select s.id from public.shows s where s.tour_id = any (tours)), false));
  perform sync.poke(sync.stamp_tour_people(
    array(select t.id from public.tour_people t where t.tour_id = any (tours)), false));
  return null;
end $$;
comment on function sync.tg__rescope_tours() is 'Shows a tour, its people and its shows to those who are on it now.';

create trigger _820_rescope_insert after insert on public.tour_people referencing new table as changed
  for each statement execute function sync.tg__rescope_tours();
create trigger _820_rescope_delete after delete on public.tour_people referencing old table as changed
  for each statement execute function sync.tg__rescope_tours();
