-- Who sees and plans the days: the desk all of it, everybody else what they are called to or on tour for.

create function access.my_calls() returns setof uuid
language plpgsql stable security definer rows 500 set search_path = '' as $$
begin
  return query
    select p.item_id from public.schedule_people p
    join public.schedule_items i on i.id = p.item_id and i.certainty <> 'hidden'
    where p.person_id in (select access.my_people());
end $$;
comment on function access.my_calls() is 'Lines of the schedule that the caller is called to, but for hidden ones.';
grant execute on function access.my_calls() to authenticated;

-- Those who read the schedule see every day; the people on a tour see its days.
create policy tour_days_select_reader_or_crew on public.tour_days for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or tour_id in (select access.my_tours()));
-- Planners lay out a tour.
create policy tour_days_insert_planner on public.tour_days for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners change what a day is.
create policy tour_days_update_planner on public.tour_days for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners take a day out.
create policy tour_days_delete_planner on public.tour_days for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, tour_id, day, kind, city, time_zone, notes), update (kind, city, time_zone, notes),
  delete on public.tour_days to authenticated;

-- The desk sees every line; others those they are called to, and what is shown to everyone or to their group on their tour.
create policy schedule_items_select_reader_or_called on public.schedule_items for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read'))
    or id in (select access.my_calls())
    or (certainty <> 'hidden' and visibility = 'everyone' and tour_id in (select access.my_tours()))
    or (certainty <> 'hidden' and visibility = 'group' and (tour_id, crew) in (select m.tour_id, m.crew from access.my_crews() m)));
-- Planners write the day sheet.
create policy schedule_items_insert_planner on public.schedule_items for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners change it.
create policy schedule_items_update_planner on public.schedule_items for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners take a line out; one that people count on is better cancelled.
create policy schedule_items_delete_planner on public.schedule_items for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select,
  insert (id, organization_id, show_id, tour_day_id, parent_id, kind, title, local_date, wall_start, wall_end, day_offset,
    end_offset, time_zone, certainty, venue_id, room_id, place, visibility, crew, notes, requires_acknowledgment,
    acknowledge_by, recurrence, exceptions, accepted_conflicts),
  update (show_id, tour_day_id, kind, title, local_date, wall_start, wall_end, day_offset, end_offset, time_zone, certainty,
    venue_id, room_id, place, visibility, crew, notes, requires_acknowledgment, acknowledge_by, recurrence, exceptions,
    accepted_conflicts, cancelled_at),
  delete
  on public.schedule_items to authenticated;

-- The desk sees who is called to what; those called together see each other.
create policy schedule_people_select_reader_or_called on public.schedule_people for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')) or item_id in (select access.my_calls()));
-- Planners call people.
create policy schedule_people_insert_planner on public.schedule_people for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners say as what. What somebody answers is a command of their own.
create policy schedule_people_update_planner on public.schedule_people for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners let people off.
create policy schedule_people_delete_planner on public.schedule_people for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, item_id, person_id, role), update (role), delete
  on public.schedule_people to authenticated;

select sync.track('tour_days',
  'sync.staff_scope(r.organization_id) || array(select t.person_id from public.tour_people t where t.tour_id = r.tour_id)',
  '{}', '{tour_id,day}');
select sync.track('schedule_items', $scope$
  sync.staff_scope(r.organization_id) || array(
    select p.person_id from public.schedule_people p where p.item_id = r.id and r.certainty <> 'hidden'
    union
    select t.person_id from public.tour_people t where t.tour_id = r.tour_id and r.certainty <> 'hidden'
      and (r.visibility = 'everyone' or (r.visibility = 'group' and t.crew = r.crew)))
  $scope$, '{"when": ["local_date", "wall_start", "day_offset", "time_zone"], "until": ["wall_end", "end_offset"]}',
  '{local_date,show_id,tour_id,tour_day_id}');
select sync.track('schedule_people', $scope$
  sync.staff_scope(r.organization_id) || array(
    select p.person_id from public.schedule_people p join public.schedule_items i on i.id = p.item_id
    where p.item_id = r.item_id and i.certainty <> 'hidden')
  $scope$, '{}', '{item_id,person_id}');

-- Being called to a line, or let off, shows or hides it and the others who are called to it.
create function sync.rescope_items(items uuid[]) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform sync.poke(sync.stamp_schedule_items(items, false));
  perform sync.poke(sync.stamp_schedule_people(
    array(select p.id from public.schedule_people p where p.item_id = any (items)), false));
end $$;
comment on function sync.rescope_items(uuid[]) is 'Shows lines of the schedule and their people to those who may see them now.';

create function sync.tg__rescope_calls() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform sync.rescope_items(array(select distinct c.item_id from changed c));
  return null;
end $$;
comment on function sync.tg__rescope_calls() is 'After people were called or let off.';
create trigger _820_rescope_insert after insert on public.schedule_people referencing new table as changed
  for each statement execute function sync.tg__rescope_calls();
create trigger _820_rescope_delete after delete on public.schedule_people referencing old table as changed
  for each statement execute function sync.tg__rescope_calls();

create function sync.tg__rescope_item() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform sync.rescope_items(array[new.id]);
  return null;
end $$;
comment on function sync.tg__rescope_item() is 'After a line was hidden or shown.';
create trigger _820_rescope after update on public.schedule_items for each row
  when ((old.certainty = 'hidden') <> (new.certainty = 'hidden')) execute function sync.tg__rescope_item();

-- A show that moves to another tour takes its lines along.
create function private.tg__move_items() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.schedule_items i set show_id = i.show_id where i.show_id = new.id;
  return null;
end $$;
comment on function private.tg__move_items() is 'Derives the tour of a show''s lines anew.';
create trigger _500_move_items after update of tour_id on public.shows for each row
  when (old.tour_id is distinct from new.tour_id) execute function private.tg__move_items();
