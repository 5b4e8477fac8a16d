-- sync_pull: everything a caller may see that was committed between two snapshots, in pages.
--
-- One call is one statement and so has one snapshot: a page is consistent. The head map, which people may not read,
-- only proposes candidates; the caller's own rights apply to every row that is then read (SECURITY INVOKER).
--
-- Cursor (opaque to the device): {e: epoch, s: {scope: {o: organisation, v: lens, b: base snapshot,
--   n: target snapshot while paging, a: [xid, table, id] where the last page ended}}}
-- Reply: {c: cursor, m: more to come, w: [organisations to sweep], k: {table: [columns]}, r: {table: [[values]]},
--   g: {table: [ids that are gone or not the caller's to see]}}

create type sync.candidate as (table_number smallint, id uuid, xid xid8);
create type sync.page as (
  cursor jsonb, more boolean, sweep uuid[], listed sync.candidate[], told sync.candidate[]
);

-- A first listing goes newest first and has no tombstones; afterwards it is oldest first, whatever happened. What the
-- desk lists for the first time leaves out what the caller follows as a person anyway.
create function sync.candidates(
  place uuid, base pg_snapshot, target pg_snapshot, ended sync.candidate, max_rows integer
) returns setof sync.candidate language plpgsql stable security definer rows 1000 set search_path = '' as $$
declare
  myself uuid[];
begin
  if base is null then
    myself := array(select p from access.my_people() p where p <> place);
    return query
      select h.table_number, h.id, h.xid from sync.head h
      where h.scope = place and not h.gone and pg_visible_in_snapshot(h.xid, target)
        and (ended.xid is null or (h.xid, h.table_number, h.id) < (ended.xid, ended.table_number, ended.id))
        and not exists (
          select from sync.head own
          where own.id = h.id and own.scope = any (myself) and own.table_number = h.table_number and not own.gone)
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
comment on function sync.candidates(uuid, pg_snapshot, pg_snapshot, sync.candidate, integer) is 'What to look at in a scope.';

-- An organisation is listed anew when a place in it was lost or a permission changed hands, when tombstones newer than
-- the cursor were collected, or when the cursor comes from a future that a restore has undone.
create function sync.to_sweep(known json, mine sync.place[], collected xid8, at pg_snapshot) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(
    select distinct (followed.value ->> 'o')::uuid
    from json_each(known) followed
    left join unnest(mine) place on place.scope::text = followed.key
    where place.lens is distinct from followed.value ->> 'v'
      or pg_snapshot_xmin((followed.value ->> 'b')::pg_snapshot) < collected
      or pg_snapshot_xmax(coalesce(followed.value ->> 'n', followed.value ->> 'b')::pg_snapshot) > pg_snapshot_xmax(at));
end $$;
comment on function sync.to_sweep(json, sync.place[], xid8, pg_snapshot) is 'Organisations that this cursor must list from the start.';

create function sync.next_page(cursor json, max_rows integer) returns sync.page
language plpgsql stable security definer set search_path = '' as $$
declare
  snapshot constant pg_snapshot := pg_current_snapshot();
  mine constant sync.place[] := array(select m from sync.my_scopes() m);
  meta sync.meta;
  known json;
  scopes jsonb := '{}';
  page sync.page := row('{}', false, '{}', '{}', '{}');
  room integer := max_rows;
  place sync.place;
  position json;
  target pg_snapshot;
  chosen sync.candidate[];
  ended sync.candidate;
begin
  select * into meta from sync.meta;
  known := case when cursor ->> 'e' = meta.epoch then cursor -> 's' end;
  page.sweep := sync.to_sweep(coalesce(known, '{}'), mine, meta.collected_xid, snapshot);
  foreach place in array mine loop
    position := case when place.organization_id <> all (page.sweep) then known -> place.scope::text end;
    if room = 0 then
      page.more := true;
      scopes := scopes || case when position is null then '{}' else jsonb_build_object(place.scope, position) end;
      continue;
    end if;
    target := coalesce((position ->> 'n')::pg_snapshot, snapshot);
    ended := row((position -> 'a' ->> 1)::smallint, (position -> 'a' ->> 2)::uuid, (position -> 'a' ->> 0)::xid8);
    chosen := array(select c from sync.candidates(place.scope, (position ->> 'b')::pg_snapshot, target, ended, room) c);
    page.listed := page.listed || chosen;
    page.told := page.told || case when position ->> 'b' is null then '{}' else chosen end;
    if cardinality(chosen) = room then
      ended := chosen[room];
      page.more := true;
      scopes := scopes || jsonb_build_object(place.scope, jsonb_strip_nulls(jsonb_build_object(
        'o', place.organization_id, 'v', place.lens, 'b', position ->> 'b', 'n', target,
        'a', jsonb_build_array(ended.xid::text, ended.table_number, ended.id))));
    else
      page.more := page.more or position ->> 'n' is not null;
      scopes := scopes || jsonb_build_object(place.scope, jsonb_build_object(
        'o', place.organization_id, 'v', place.lens, 'b', target));
    end if;
    room := room - cardinality(chosen);
  end loop;
  page.cursor := jsonb_build_object('e', meta.epoch, 's', scopes);
  return page;
end $$;
comment on function sync.next_page(json, integer) is
  'Candidates in the caller''s own scopes, of which `told` were followed before; the next cursor; what to sweep.';

create function sync.tracked_by_number(numbers smallint[]) returns setof sync.tables
language plpgsql stable security definer rows 8 set search_path = '' as $$
begin
  return query select * from sync.tables t where t.number = any (numbers) order by t.number;
end $$;
comment on function sync.tracked_by_number(smallint[]) is 'Tracked tables by their numbers.';

create function sync.fetch(listed sync.candidate[], told sync.candidate[]) returns text
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
    select * from sync.tracked_by_number(array(select distinct c.table_number from unnest(listed) c))
  loop
    ids := array(select distinct c.id from unnest(listed) c where c.table_number = tracked.number);
    execute tracked.select_rows into listing, seen using ids;
    if listing is not null then
      columns := columns || (to_json(tracked.name) || ':' || array_to_json(tracked.columns));
      rows := rows || (to_json(tracked.name) || ':' || listing);
    end if;
    hidden := array(
      select c.id from unnest(told) c where c.table_number = tracked.number except select unnest(seen));
    if cardinality(hidden) > 0 then
      gone := gone || (to_json(tracked.name) || ':' || array_to_json(hidden));
    end if;
  end loop;
  return format('"k":{%s},"r":{%s},"g":{%s}',
    array_to_string(columns, ','), array_to_string(rows, ','), array_to_string(gone, ','));
end $$;
comment on function sync.fetch(sync.candidate[], sync.candidate[]) is
  'The candidates as the caller sees them; of those in `told` also which ones are not to be seen.';

-- An ended session is refused, not answered: nothing to see would mean to the device that everything is gone.
create function public.sync_pull(cursor json default '{}', max_rows integer default 5000) returns json
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  page sync.page;
begin
  if (select access.me()) is null then
    perform sync.refuse('BL401', 'signed_out');
  end if;
  page := sync.next_page(cursor, least(greatest(coalesce(max_rows, 5000), 1), 20000));
  return format('{"c":%s,"m":%s,"w":%s,%s}', page.cursor, to_json(page.more), array_to_json(page.sweep),
    case when cardinality(page.listed) = 0 then '"k":{},"r":{},"g":{}' else sync.fetch(page.listed, page.told) end)::json;
end $$;
comment on function public.sync_pull(json, integer) is
  'Rows that changed for the caller since the cursor, at most max_rows (up to 20,000) at a time. The header explains cursor and reply. BL401 signed out.';

grant execute on function
  sync.next_page(json, integer), sync.tracked_by_number(smallint[]), sync.fetch(sync.candidate[], sync.candidate[]),
  public.sync_pull(json, integer)
to authenticated;
