-- sync.track(): from then on every change of a table is stamped in the head map and followers are poked.

create function sync.tracked(table_name text) returns setof sync.tables
language plpgsql stable security definer rows 1 set search_path = '' as $$
begin
  return query select * from sync.tables t where t.name = table_name;
end $$;
comment on function sync.tracked(text) is 'A tracked table, or nothing.';
grant execute on function sync.tracked(text) to authenticated;

create function sync.columns_granted(table_name text, privilege text) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  return array(
    select a.attname::text from pg_catalog.pg_attribute a
    where a.attrelid = format('public.%I', table_name)::regclass and a.attnum > 0 and not a.attisdropped
      and has_column_privilege('authenticated', a.attrelid, a.attnum, privilege)
    order by a.attnum);
end $$;
comment on function sync.columns_granted(text, text) is 'Columns on which people at the API hold a privilege, in table order.';

-- plpgsql, so that the plan is kept; one statement, so that two writers cannot see half a re-scoping.
create function sync.define_stamp(tracked sync.tables) returns void language plpgsql set search_path = '' as $$
begin
  execute format($definition$
    create or replace function sync.stamp_%1$s(ids uuid[], content boolean) returns uuid[]
    language plpgsql security definer set search_path = '' as $body$
    declare
      touched uuid[];
    begin
      with wanted as (
        select distinct r.id, place.scope from public.%1$I r, unnest(%2$s) place (scope)
        where r.id = any (ids) and place.scope is not null
      ), known as (
        select h.id, h.scope, h.gone from sync.head h where h.id = any (ids) and h.table_number = %3$s
      ), written as (
        insert into sync.head as head (id, scope, table_number, gone, xid)
        select coalesce(w.id, k.id), coalesce(w.scope, k.scope), %3$s, w.id is null, pg_current_xact_id()
        from wanted w full join known k on k.id = w.id and k.scope = w.scope
        where (w.id is not null and (content or k.id is null or k.gone)) or (w.id is null and not k.gone)
        order by 1, 2
        on conflict (id, scope, table_number) do update set xid = excluded.xid, gone = excluded.gone
        returning head.scope
      )
      select array_agg(distinct written.scope) into touched from written;
      return touched;
    end $body$
  $definition$, tracked.name, tracked.scopes, tracked.number);
end $$;
comment on function sync.define_stamp(sync.tables) is
  'Writes sync.stamp_<table>(ids, content): recomputes the scopes of rows and answers those that changed.';

create function sync.define_triggers(table_name text) returns void language plpgsql set search_path = '' as $$
declare
  event text;
begin
  foreach event in array '{insert,update,delete}'::text[] loop
    execute format($definition$
      create or replace function sync.tg__stamp_%1$s_%2$s() returns trigger
      language plpgsql security definer set search_path = '' as $body$
      begin
        perform sync.poke(sync.stamp_%1$s(array(select changed.id from changed), true));
        return null;
      end $body$
    $definition$, table_name, event);
    execute format(
      'create or replace trigger _800_sync_%2$s after %2$s on public.%1$I referencing %3$s table as changed
         for each statement execute function sync.tg__stamp_%1$s_%2$s()',
      table_name, event, case event when 'delete' then 'old' else 'new' end);
  end loop;
end $$;
comment on function sync.define_triggers(text) is 'Attaches the three statement triggers that stamp and poke.';

create function sync.track(
  table_name text, scopes text, groups jsonb default '{}', device_indexes text[] default '{}'
) returns void language plpgsql set search_path = '' as $$
declare
  columns constant text[] := sync.columns_granted(table_name, 'select');
  before sync.tables;
  tracked sync.tables;
  ids uuid[];
begin
  if exists (
    select from pg_catalog.pg_attribute a
    where a.attrelid = format('public.%I', table_name)::regclass and a.attnum > 0 and not a.attisdropped
      and a.attname <> all (columns))
  then
    raise exception 'table % has a column that people may not read: keep it in a table of its own', table_name;
  end if;
  select * into before from sync.tables t where t.name = table_name;
  insert into sync.tables as t (name, columns, insertable, writable, groups, device_indexes, scopes, select_rows)
  values (
    table_name, columns, sync.columns_granted(table_name, 'insert'), sync.columns_granted(table_name, 'update'),
    groups, device_indexes, scopes,
    format('select json_agg(json_build_array(%s)), array_agg(t.id) from public.%I t where t.id = any ($1)',
      (select string_agg(format('t.%I', c), ', ') from unnest(columns) c), table_name))
  on conflict (name) do update set columns = excluded.columns, insertable = excluded.insertable,
    writable = excluded.writable, groups = excluded.groups, device_indexes = excluded.device_indexes,
    scopes = excluded.scopes, select_rows = excluded.select_rows
  returning * into tracked;
  perform sync.define_stamp(tracked);
  perform sync.define_triggers(table_name);
  -- Rows that were there before the table was tracked, or before it got this column, are news to every device.
  if before.columns is distinct from tracked.columns or before.scopes is distinct from tracked.scopes then
    execute format('select array_agg(id) from public.%I', table_name) into ids;
    execute format('select sync.stamp_%s($1, $2)', table_name)
      using ids, before.columns is distinct from tracked.columns;
  end if;
end $$;
comment on function sync.track(text, text, jsonb, text[]) is
  'Tracks a public table, or tracks it anew after ALTER or GRANT. Scopes: an SQL expression of type uuid[] over the row r.';
