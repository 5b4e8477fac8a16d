-- A hundred intents in a push cost what they do, not what the machinery around them does.

-- The plan of a stamp never depends on which rows it is about; planned once, it is not planned again for every statement.
create or replace function sync.define_stamp(tracked sync.tables) returns void language plpgsql set search_path = '' as $$
begin
  execute format($definition$
    create or replace function sync.stamp_%1$s(ids uuid[], content boolean) returns uuid[]
    language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $body$
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

select sync.define_stamp(t) from sync.tables t;

-- Answers are gathered in an array: a growing jsonb is copied whole with every one. What is told twice within one batch
-- is told the second time without its rows.
create or replace function sync.run_batch(client uuid, mutations jsonb, careful boolean) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  uuid_form constant text := '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  known jsonb := sync.answered(array(
    select (e ->> 'id')::uuid from jsonb_array_elements(mutations) e where e ->> 'id' ~* uuid_form));
  mutation jsonb;
  id text;
  result jsonb;
  answers jsonb[] := '{}';
  fresh integer := 0;
begin
  for mutation in select e from jsonb_array_elements(mutations) e loop
    id := mutation ->> 'id';
    if coalesce(id, '') !~* uuid_form then
      answers := answers || jsonb_build_object('id', mutation -> 'id', 's', 'rejected', 'code', 'BL400', 'msg', 'bad_id');
    elsif known ? lower(id) then
      answers := answers || ((known -> lower(id)) || jsonb_build_object('id', id, 'dup', true));
    else
      -- A server process remembers 64 subtransactions cheaply; beyond that every reader pays.
      exit when careful and fresh = 50;
      fresh := fresh + 1;
      result := case when careful then sync.try_mutation(mutation) else sync.apply_mutation(mutation) end;
      perform sync.remember(id::uuid, client, result);
      known := known || jsonb_build_object(lower(id), result - 'ops');
      answers := answers || (result || jsonb_build_object('id', id));
    end if;
  end loop;
  return to_jsonb(answers);
end $$;
