-- sync_pull: everything a caller may see that was committed between two snapshots, in pages.
--
-- One call is one statement and so has one snapshot: a page is consistent. The caller's own rights apply to every row
-- read (SECURITY INVOKER); the head map, which they may not read, only proposes candidates.
--
-- Cursor (opaque to the device): {e: epoch, s: {scope: {o: organisation, v: lens, b: base snapshot,
--   n: target snapshot while paging, a: [xid, table, id] where the last page ended}}}
-- Reply: {c: cursor, m: more to come, w: [organisations to sweep], k: {table: [columns]}, r: {table: [[values]]},
--   g: {table: [ids that are gone or not the caller's to see]}}

create type sync.candidate as (table_number smallint, id uuid, xid xid8);

create function sync.state() returns table (epoch text, collected_xid xid8)
language plpgsql stable security definer rows 1 set search_path = '' as $$
begin
  return query select m.epoch, m.collected_xid from sync.meta m;
end $$;
comment on function sync.state() is 'The epoch, and the transaction up to which tombstones are collected.';

-- A first listing goes newest first and has no tombstones; afterwards it is oldest first, whatever happened.
create function sync.candidates(
  place uuid, base pg_snapshot, target pg_snapshot, ended sync.candidate, max_rows integer
) returns setof sync.candidate language plpgsql stable security definer rows 1000 set search_path = '' as $$
begin
  if not exists (select from sync.my_scopes() mine where mine.scope = place) then
    return;
  end if;
  if base is null then
    return query
      select h.table_number, h.id, h.xid from sync.head h
      where h.scope = place and not h.gone and pg_visible_in_snapshot(h.xid, target)
        and (ended.xid is null or (h.xid, h.table_number, h.id) < (ended.xid, ended.table_number, ended.id))
      order by h.xid desc, h.table_number desc, h.id desc limit max_rows;
  else
    return query
      select h.table_number, h.id, h.xid from sync.head h
      where h.scope = place and h.xid >= pg_snapshot_xmin(base)
        and not pg_visible_in_snapshot(h.xid, base) and pg_visible_in_snapshot(h.xid, target)
        and (ended.xid is null or (h.xid, h.table_number, h.id) > (ended.xid, ended.table_number, ended.id))
      order by h.xid, h.table_number, h.id limit max_rows;
  end if;
end $$;
comment on function sync.candidates(uuid, pg_snapshot, pg_snapshot, sync.candidate, integer) is
  'What to look at in one of the caller''s own scopes.';

create function sync.tracked_by_number(numbers smallint[]) returns setof sync.tables
language plpgsql stable security definer rows 8 set search_path = '' as $$
begin
  return query select * from sync.tables t where t.number = any (numbers) order by t.number;
end $$;
comment on function sync.tracked_by_number(smallint[]) is 'Tracked tables by their numbers.';

-- An organisation is listed anew when a place or a permission in it was lost or gained by role, when tombstones newer
-- than the cursor were collected, or when the cursor comes from a future that a restore has undone.
create function sync.to_sweep(known json, collected xid8, at pg_snapshot) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(
    select distinct (followed.value ->> 'o')::uuid
    from json_each(coalesce(known, '{}')) followed
    left join sync.my_scopes() mine on mine.scope::text = followed.key
    where mine.scope is null
      or mine.lens is distinct from followed.value ->> 'v'
      or pg_snapshot_xmin((followed.value ->> 'b')::pg_snapshot) < collected
      or pg_snapshot_xmax(coalesce(followed.value ->> 'n', followed.value ->> 'b')::pg_snapshot) > pg_snapshot_xmax(at));
end $$;
comment on function sync.to_sweep(json, xid8, pg_snapshot) is 'Organisations that this cursor must list from the start.';

create function sync.fetch(listed sync.candidate[], tell sync.candidate[]) returns text
language plpgsql stable security invoker set search_path = '' as $$
declare
  tracked sync.tables;
  ids uuid[];
  seen uuid[];
  hidden uuid[];
  listing json;
  columns text[] := '{}';
  rows text[] := '{}';
  gone text[] := '{}';
begin
  for tracked in
    select * from sync.tracked_by_number(array(select distinct f.table_number from unnest(listed) f))
  loop
    ids := array(select distinct f.id from unnest(listed) f where f.table_number = tracked.number);
    execute tracked.select_rows into listing, seen using ids;
    if listing is not null then
      columns := columns || (to_json(tracked.name) || ':' || array_to_json(tracked.columns));
      rows := rows || (to_json(tracked.name) || ':' || listing);
    end if;
    hidden := array(
      select t.id from unnest(tell) t where t.table_number = tracked.number except select unnest(seen));
    if cardinality(hidden) > 0 then
      gone := gone || (to_json(tracked.name) || ':' || array_to_json(hidden));
    end if;
  end loop;
  return format('"k":{%s},"r":{%s},"g":{%s}',
    array_to_string(columns, ','), array_to_string(rows, ','), array_to_string(gone, ','));
end $$;
comment on function sync.fetch(sync.candidate[], sync.candidate[]) is
  'The candidates as the caller sees them; of those in `tell` also which ones are not to be seen.';

create function public.sync_pull(cursor json default '{}', max_rows integer default 5000) returns json
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  snapshot constant pg_snapshot := pg_current_snapshot();
  state record;
  known json;
  sweep uuid[];
  room integer := least(greatest(coalesce(max_rows, 5000), 1), 20000);
  more boolean := false;
  next jsonb := '{}';
  listed sync.candidate[] := '{}';
  tell sync.candidate[] := '{}';
  place record;
  position json;
  target pg_snapshot;
  page sync.candidate[];
  last sync.candidate;
begin
  select * into state from sync.state();
  known := case when cursor ->> 'e' = state.epoch then cursor -> 's' end;
  sweep := sync.to_sweep(known, state.collected_xid, snapshot);
  for place in select * from sync.my_scopes() loop
    position := case when place.organization_id <> all (sweep) then known -> place.scope::text end;
    if room = 0 then
      more := true;
      next := next || case when position is null then '{}' else jsonb_build_object(place.scope, position) end;
      continue;
    end if;
    target := coalesce((position ->> 'n')::pg_snapshot, snapshot);
    last := row((position -> 'a' ->> 1)::smallint, (position -> 'a' ->> 2)::uuid, (position -> 'a' ->> 0)::xid8);
    page := array(select c from sync.candidates(place.scope, (position ->> 'b')::pg_snapshot, target, last, room) c);
    listed := listed || page;
    tell := tell || case when position ->> 'b' is null then '{}' else page end;
    if cardinality(page) = room then
      last := page[room];
      more := true;
      next := next || jsonb_build_object(place.scope, jsonb_strip_nulls(jsonb_build_object(
        'o', place.organization_id, 'v', place.lens, 'b', position ->> 'b', 'n', target,
        'a', jsonb_build_array(last.xid::text, last.table_number, last.id))));
    else
      more := more or position ->> 'n' is not null;
      next := next || jsonb_build_object(place.scope, jsonb_build_object(
        'o', place.organization_id, 'v', place.lens, 'b', target));
    end if;
    room := room - cardinality(page);
  end loop;
  return format('{"c":%s,"m":%s,"w":%s,%s}', jsonb_build_object('e', state.epoch, 's', next), to_json(more),
    array_to_json(sweep), sync.fetch(listed, tell))::json;
end $$;
comment on function public.sync_pull(json, integer) is
  'Rows that changed for the caller since the cursor, at most max_rows (up to 20,000) at a time. The header explains cursor and reply.';

grant execute on function
  sync.state(), sync.candidates(uuid, pg_snapshot, pg_snapshot, sync.candidate, integer),
  sync.tracked_by_number(smallint[]), sync.to_sweep(json, xid8, pg_snapshot),
  sync.fetch(sync.candidate[], sync.candidate[]), public.sync_pull(json, integer)
to authenticated;
