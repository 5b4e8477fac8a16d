-- S27, S28. The first page of a device is a look into every place, with its person's own membership in front, so that the first
-- screen has something to show however large the organisation is. And a server may send away apps that are too old.

alter table sync.meta add column min_client integer not null default 1;
comment on column sync.meta.min_client is 'Apps that speak an older protocol are refused BL426 until they have been updated; their work waits on the device.';

create function sync.my_identity() returns setof sync.candidate
language plpgsql stable security definer rows 8 set search_path = '' as $$
begin
  return query
    with mine as (
      select m.id, m.organization_id, m.person_id from public.memberships m
      where m.user_id = access.me() and m.status = 'active'
    ), rows as (
      select mine.organization_id, unnest(array[mine.id, mine.organization_id, mine.person_id]) as id from mine
      union all
      select mine.organization_id, r.id from mine join public.membership_roles r on r.membership_id = mine.id
    )
    select h.table_number, h.id, h.xid from rows
    join sync.head h on h.id = rows.id and h.scope = rows.organization_id and not h.gone;
end $$;
comment on function sync.my_identity() is 'What tells a device who its person is, and where: listed before everything else.';

create or replace function sync.next_page(cursor json, max_rows integer) returns sync.page
language plpgsql stable security definer set search_path = '' as $$
declare
  snapshot constant pg_snapshot := pg_current_snapshot();
  mine constant sync.place[] := array(select m from sync.my_scopes() m);
  meta sync.meta;
  known json;
  scopes jsonb := '{}';
  page sync.page := row('{}', false, '{}', '{}', '{}');
  room integer := max_rows;
  looked integer := 0;
  share integer;
  place sync.place;
  position json;
  target pg_snapshot;
  chosen sync.candidate[];
  ended sync.candidate;
begin
  select * into meta from sync.meta;
  known := case when cursor ->> 'e' = meta.epoch then cursor -> 's' end;
  page.sweep := sync.to_sweep(coalesce(known, '{}'), mine, meta.collected_xid, snapshot);
  if known is null and cardinality(mine) > 0 then
    page.listed := array(select i from sync.my_identity() i);
  end if;
  foreach place in array mine loop
    looked := looked + 1;
    position := case when place.organization_id <> all (page.sweep) then known -> place.scope::text end;
    if room = 0 then
      page.more := true;
      scopes := scopes || case when position is null then '{}' else jsonb_build_object(place.scope, position) end;
      continue;
    end if;
    -- What a small place leaves over goes to the ones after it.
    share := case when known is null then greatest(room / (cardinality(mine) - looked + 1), 1) else room end;
    target := coalesce((position ->> 'n')::pg_snapshot, snapshot);
    ended := row((position -> 'a' ->> 1)::smallint, (position -> 'a' ->> 2)::uuid, (position -> 'a' ->> 0)::xid8);
    chosen := array(select c from sync.candidates(place.scope, (position ->> 'b')::pg_snapshot, target, ended, share) c);
    page.listed := page.listed || chosen;
    page.told := page.told || case when position ->> 'b' is null then '{}' else chosen end;
    if cardinality(chosen) = share then
      ended := chosen[share];
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

create function sync.require_client(app integer) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if coalesce(app, 1) < (select m.min_client from sync.meta m) then
    perform sync.refuse('BL426', 'update_needed');
  end if;
end $$;
comment on function sync.require_client(integer) is 'Refuses BL426 update_needed an app that speaks too old a protocol.';

-- An ended session is refused, not answered: nothing to see would mean to the device that everything is gone.
drop function public.sync_pull(json, integer);
create function public.sync_pull(cursor json default '{}', max_rows integer default 5000, app integer default 1)
returns json
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  page sync.page;
begin
  if (select access.me()) is null then
    perform sync.refuse('BL401', 'signed_out');
  end if;
  perform sync.require_client(app);
  page := sync.next_page(sync.read_cursor(cursor), least(greatest(coalesce(max_rows, 5000), 1), 20000));
  return format('{"c":%s,"m":%s,"w":%s,%s}', page.cursor, to_json(page.more), array_to_json(page.sweep),
    case when cardinality(page.listed) = 0 then '"k":{},"r":{},"g":{}' else sync.fetch(page.listed, page.told) end)::json;
end $$;
comment on function public.sync_pull(json, integer, integer) is
  'Rows that changed for the caller since the cursor, at most max_rows (up to 20,000) at a time, and on the first page the caller''s own membership besides. The header of sync_pull explains cursor and reply. BL400 malformed_cursor, BL401 signed out, BL426 app too old.';

drop function public.sync_push(uuid, jsonb);
create function public.sync_push(client uuid, mutations jsonb, app integer default 1) returns jsonb
language plpgsql security invoker set search_path = '' set timezone = 'UTC' as $$
begin
  if (select access.me()) is null then
    perform sync.refuse('BL401', 'signed_out');
  elsif client is null or jsonb_typeof(mutations) is distinct from 'array' or jsonb_array_length(mutations) > 200 then
    perform sync.refuse('BL400', 'malformed');
  elsif jsonb_array_length(jsonb_path_query_array(mutations, '$[*].ops[*]')) > 1000 then
    -- The organisation's other devices wait while this one is served.
    perform sync.refuse('BL400', 'too_many_operations');
  end if;
  perform sync.require_client(app);
  -- A pooled connection must never be parked on a lock: 55P03 sends the device away to try again.
  perform set_config('lock_timeout', '2000', true);
  -- One push per device at a time (two tabs, a retry racing its original), and one per organisation: no deadlocks.
  perform pg_advisory_xact_lock(hashtextextended(auth.uid() || ':' || client, 77));
  perform pg_advisory_xact_lock(hashtextextended(locked.org, 78)) from (
    select distinct o::text as org from access.my_orgs() o
    where o::text in (select lower(e ->> 'org') from jsonb_array_elements(mutations) e) order by 1
  ) locked;
  begin
    return sync.run_batch(client, mutations, false);
  exception
    when transaction_rollback or lock_not_available or insufficient_resources or operator_intervention or system_error then
      raise;
    when others then
      return sync.run_batch(client, mutations, true);
  end;
end $$;
comment on function public.sync_push(uuid, jsonb, integer) is
  'Applies the mutations of one device in order. BL401 signed out, BL426 app too old; transient SQLSTATEs mean: nothing happened, send again.';

revoke all on function sync.my_identity(), sync.require_client(integer),
  public.sync_pull(json, integer, integer), public.sync_push(uuid, jsonb, integer) from public, anon;
grant execute on function
  sync.require_client(integer), public.sync_pull(json, integer, integer), public.sync_push(uuid, jsonb, integer)
to authenticated;
