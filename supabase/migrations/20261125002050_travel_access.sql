-- Who sees journeys, hotels and contacts, and who arranges them.

create function access.my_legs() returns setof uuid
language plpgsql stable security definer rows 100 set search_path = '' as $$
begin
  return query select t.leg_id from public.travel_people t where t.person_id in (select access.my_people());
end $$;
comment on function access.my_legs() is 'Legs of journeys that the caller is on.';

create function access.my_hotels() returns setof uuid
language plpgsql stable security definer rows 100 set search_path = '' as $$
begin
  return query select r.hotel_id from public.rooming r where r.person_id in (select access.my_people());
end $$;
comment on function access.my_hotels() is 'Stays in hotels that the caller has a bed in.';
grant execute on function access.my_legs(), access.my_hotels() to authenticated;

-- The desk sees every leg; travellers see theirs.
create policy travel_legs_select_reader_or_traveller on public.travel_legs for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or id in (select access.my_legs()));
-- Planners book.
create policy travel_legs_insert_planner on public.travel_legs for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners rebook.
create policy travel_legs_update_planner on public.travel_legs for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners cancel.
create policy travel_legs_delete_planner on public.travel_legs for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, tour_id, mode, carrier, number, from_place, from_date, from_wall, from_zone, to_place,
  to_date, to_wall, to_zone, confirmation, notes), update (tour_id, mode, carrier, number, from_place, from_date, from_wall,
  from_zone, to_place, to_date, to_wall, to_zone, confirmation, notes), delete on public.travel_legs to authenticated;

-- A seat and its confirmation are for the traveller and the desk.
create policy travel_people_select_reader_or_self on public.travel_people for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or person_id in (select access.my_people()));
-- Planners put people on a leg.
create policy travel_people_insert_planner on public.travel_people for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners give seats.
create policy travel_people_update_planner on public.travel_people for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners take people off a leg.
create policy travel_people_delete_planner on public.travel_people for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, leg_id, person_id, seat, confirmation, drives), update (seat, confirmation, drives),
  delete on public.travel_people to authenticated;

-- The desk sees every stay; guests see theirs.
create policy hotels_select_reader_or_guest on public.hotels for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or id in (select access.my_hotels()));
-- Planners book.
create policy hotels_insert_planner on public.hotels for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners rebook.
create policy hotels_update_planner on public.hotels for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners cancel.
create policy hotels_delete_planner on public.hotels for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, tour_id, name, address, phone, check_in, check_out, time_zone, notes),
  update (tour_id, name, address, phone, check_in, check_out, time_zone, notes), delete on public.hotels to authenticated;

-- Which room somebody sleeps in is for them and the desk.
create policy rooming_select_reader_or_self on public.rooming for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or person_id in (select access.my_people()));
-- Planners give beds.
create policy rooming_insert_planner on public.rooming for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners change rooms.
create policy rooming_update_planner on public.rooming for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners take beds back.
create policy rooming_delete_planner on public.rooming for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, hotel_id, person_id, room, kind, confirmation), update (room, kind, confirmation),
  delete on public.rooming to authenticated;

select sync.track('travel_legs',
  'sync.staff_scope(r.organization_id) || array(select t.person_id from public.travel_people t where t.leg_id = r.id)',
  '{"departure": ["from_date", "from_wall", "from_zone"], "arrival": ["to_date", "to_wall", "to_zone"]}', '{from_date,tour_id}');
select sync.track('travel_people', 'array[sync.staff_scope(r.organization_id), r.person_id]', '{}', '{leg_id,person_id}');
select sync.track('hotels',
  'sync.staff_scope(r.organization_id) || array(select t.person_id from public.rooming t where t.hotel_id = r.id)',
  '{}', '{check_in,tour_id}');
select sync.track('rooming', 'array[sync.staff_scope(r.organization_id), r.person_id]', '{}', '{hotel_id,person_id}');

create function sync.tg__rescope_legs() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform sync.poke(sync.stamp_travel_legs(array(select distinct c.leg_id from changed c), false));
  return null;
end $$;
comment on function sync.tg__rescope_legs() is 'Shows a leg to those who are on it now.';
create trigger _820_rescope_insert after insert on public.travel_people referencing new table as changed
  for each statement execute function sync.tg__rescope_legs();
create trigger _820_rescope_delete after delete on public.travel_people referencing old table as changed
  for each statement execute function sync.tg__rescope_legs();

create function sync.tg__rescope_hotels() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform sync.poke(sync.stamp_hotels(array(select distinct c.hotel_id from changed c), false));
  return null;
end $$;
comment on function sync.tg__rescope_hotels() is 'Shows a stay to those who have a bed in it now.';
create trigger _820_rescope_insert after insert on public.rooming referencing new table as changed
  for each statement execute function sync.tg__rescope_hotels();
create trigger _820_rescope_delete after delete on public.rooming referencing old table as changed
  for each statement execute function sync.tg__rescope_hotels();
