-- What people answer to a call, and what becomes of the answer when the call changes.

create function private.item_facts(item public.schedule_items) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object(
    'local_date', item.local_date, 'wall_start', item.wall_start, 'wall_end', item.wall_end, 'day_offset', item.day_offset,
    'end_offset', item.end_offset, 'time_zone', item.time_zone, 'certainty', item.certainty, 'venue_id', item.venue_id,
    'room_id', item.room_id, 'place', item.place, 'cancelled_at', item.cancelled_at);
end $$;
comment on function private.item_facts(public.schedule_items) is 'Time and place of a line: what an acknowledgement is about.';

-- SM6. What was acknowledged stays in `seen`, so that the person is shown what is different.
create function private.tg__ask_again() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.schedule_people p set status = 'invited', acknowledged_at = null
  where p.item_id = new.id and (p.status <> 'invited' or p.acknowledged_at is not null);
  return null;
end $$;
comment on function private.tg__ask_again() is 'A changed time or place asks everybody anew.';
create trigger _500_ask_again after update on public.schedule_items for each row
  when (new.requires_acknowledgment and old.revision <> new.revision) execute function private.tg__ask_again();

create function private.own_call(op jsonb) returns public.schedule_people
language plpgsql security definer set search_path = '' as $$
declare
  call public.schedule_people;
begin
  select p.* into call from public.schedule_people p join public.schedule_items i on i.id = p.item_id
  where p.id = sync.operation_id(op) and p.person_id in (select access.my_people()) and i.certainty <> 'hidden' for update of p;
  if call.id is null then
    perform sync.refuse('BL404', 'gone');
  end if;
  return call;
end $$;
comment on function private.own_call(jsonb) is 'The caller''s own call, locked; refuses BL404 gone to everybody else.';

create function commands.schedule_people_answer(op jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  args constant jsonb := sync.object_in(op, 'args');
  answer constant text := args ->> 'status';
  words constant text := nullif(btrim(args ->> 'note'), '');
  call public.schedule_people;
  item public.schedule_items;
begin
  if answer is null or answer not in ('confirmed', 'tentative', 'declined') then
    perform sync.refuse('BL400', 'malformed');
  elsif length(words) > 500 then
    perform sync.refuse('BL422', 'note_too_long');
  end if;
  call := private.own_call(op);
  select * into item from public.schedule_items i where i.id = call.item_id for share;
  if args ->> 'revision' is distinct from item.revision::text then
    perform sync.refuse('BL409', 'call_changed');
  end if;
  update public.schedule_people p set
    status = answer, note = words, acknowledged_at = now(), seen = private.item_facts(item)
  where p.id = call.id returning * into call;
  return jsonb_build_object('s', 'applied', 't', 'schedule_people', 'row', to_jsonb(call));
end $$;
comment on function commands.schedule_people_answer(jsonb) is
  'Somebody answers their own call, with a note, as they saw it: args.revision. An answer to what it was before is refused.';

create function commands.schedule_people_check(op jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  way constant text := sync.object_in(op, 'args') ->> 'way';
  call public.schedule_people;
begin
  if way is null or way not in ('in', 'out') then
    perform sync.refuse('BL400', 'malformed');
  end if;
  call := private.own_call(op);
  if way = 'out' and call.checked_in_at is null then
    perform sync.refuse('BL422', 'not_checked_in');
  end if;
  update public.schedule_people p set
    checked_in_at = case when way = 'in' then coalesce(p.checked_in_at, now()) else p.checked_in_at end,
    checked_out_at = case when way = 'out' then coalesce(p.checked_out_at, now()) else p.checked_out_at end
  where p.id = call.id returning * into call;
  return jsonb_build_object('s', 'applied', 't', 'schedule_people', 'row', to_jsonb(call));
end $$;
comment on function commands.schedule_people_check(jsonb) is 'Somebody says that they are there, or that they have left: args.way.';
grant execute on function commands.schedule_people_answer(jsonb), commands.schedule_people_check(jsonb) to authenticated;
