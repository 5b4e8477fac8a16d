-- What was entered one by one far from a signal (a routing, a day's claims) arrives as many insertions of one kind. They
-- are done in one statement: planned once, stamped once, told once. If anything is wrong with one, the batch starts
-- over carefully, mutation by mutation; so nothing is decided here that is not decided there.

create function sync.insertion_shape(mutation jsonb) returns text language plpgsql immutable set search_path = '' as $$
declare
  op constant jsonb := mutation #> '{ops,0}';
begin
  return case when jsonb_array_length(mutation -> 'ops') = 1 and op ->> 'op' = 'ins' and jsonb_typeof(op -> 'v') = 'object'
    then concat_ws(' ', op ->> 't', sync.keys(op -> 'v')) end;
end $$;
comment on function sync.insertion_shape(jsonb) is
  'Equal for mutations that add one row each to the same table with values for the same columns; null for all others.';

create function sync.insert_rows(tracked sync.tables, given jsonb) returns integer
language plpgsql security invoker set search_path = '' as $$
declare
  clock constant text[] := '{created_at,updated_at,row_version}';
  keys constant text[] := sync.keys(given -> 0);
  list constant text := (select string_agg(format('%I', k), ', ') from unnest(tracked.insertable) k where k = any (keys));
  own constant text[] := array(select k from unnest(keys) k where k <> all (tracked.insertable || clock));
  added integer;
  strange boolean;
begin
  perform sync.require_columns(given -> 0, tracked.columns, 'BL400', 'unknown_column');
  execute format($insert$
    with given as (
      select g.* from jsonb_populate_recordset(null::public.%1$I, $1) g
    ), added as (
      insert into public.%1$I as t (%2$s) select %2$s from given on conflict do nothing returning t.*
    )
    select count(distinct id), coalesce(bool_or(cardinality($2) > 0 and cardinality(
      sync.differing(to_jsonb(added), to_jsonb(given), $2)) > 0), false) from added join given using (id)
  $insert$, tracked.name, list) into added, strange using given, own;
  if strange then
    perform sync.refuse('BL403', 'column_not_writable');
  end if;
  return added;
end $$;
comment on function sync.insert_rows(sync.tables, jsonb) is
  'Adds rows that have the same columns; says how many did not exist yet. BL403 when the server''s own columns differ.';

create function sync.remember_all(client uuid, results jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  kept integer;
begin
  insert into sync.mutations (user_id, id, client, result)
  select auth.uid(), (r ->> 'id')::uuid, remember_all.client, r - 'id' from jsonb_array_elements(results) r
  on conflict do nothing;
  get diagnostics kept = row_count;
  if kept < jsonb_array_length(results) then
    raise exception 'answered_meanwhile' using errcode = 'BL410';
  end if;
end $$;
comment on function sync.remember_all(uuid, jsonb) is 'Keeps answers of one batch. BL410 when one of the questions is answered already.';

create function sync.apply_insertions(client uuid, mutations jsonb) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  given constant jsonb := (select jsonb_agg((m #> '{ops,0,v}') || jsonb_build_object('id', sync.operation_id(m #> '{ops,0}')) order by n)
    from jsonb_array_elements(mutations) with ordinality e (m, n));
  tracked sync.tables;
  results jsonb;
begin
  select * into tracked from sync.tracked(mutations #>> '{0,ops,0,t}');
  if sync.insert_rows(tracked, given) < jsonb_array_length(mutations) then
    perform sync.refuse('BL410', 'exists');
  end if;
  results := (select jsonb_agg(jsonb_build_object('id', m ->> 'id', 's', 'applied',
      'ops', jsonb_build_array(jsonb_build_object('s', 'applied', 't', tracked.name))) order by n)
    from jsonb_array_elements(mutations) with ordinality e (m, n));
  perform sync.remember_all(client, results);
  return results;
end $$;
comment on function sync.apply_insertions(uuid, jsonb) is 'Applies fresh mutations of one insertion shape together, or raises.';

create function sync.apply_fresh(client uuid, mutation jsonb, careful boolean) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  result constant jsonb := case when careful then sync.try_mutation(mutation) else sync.apply_mutation(mutation) end;
begin
  perform sync.remember((mutation ->> 'id')::uuid, client, result);
  return result || jsonb_build_object('id', mutation ->> 'id');
end $$;
comment on function sync.apply_fresh(uuid, jsonb, boolean) is 'Applies one mutation and keeps the answer; when careful, a refusal is an answer too.';

create or replace function sync.run_batch(client uuid, mutations jsonb, careful boolean) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  uuid_form constant text := '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  known jsonb := sync.answered(array(
    select (e ->> 'id')::uuid from jsonb_array_elements(mutations) e where e ->> 'id' ~* uuid_form));
  alike record;
  mutation jsonb;
  id text;
  answer jsonb;
  answers jsonb[] := '{}';
  fresh integer := 0;
begin
  for alike in
    with told as (
      select n, m, m ->> 'id' ~* uuid_form and not known ? lower(m ->> 'id') and not careful as is_plain
      from jsonb_array_elements(mutations) with ordinality e (m, n)
    ), shaped as (
      select n, m, case when is_plain then sync.insertion_shape(m) end as shape from told
    ), turns as (
      select n, m, shape, count(*) filter (where shape is distinct from before) over (order by n) as turn
      from (select *, lag(shape) over (order by n) as before from shaped) s
    )
    select shape is not null and count(*) > 1 as together, jsonb_agg(m order by n) as mutations
    from turns group by turn, shape order by min(n)
  loop
    if alike.together then
      answers := answers || array(select jsonb_array_elements(sync.apply_insertions(client, alike.mutations)));
      continue;
    end if;
    for mutation in select e from jsonb_array_elements(alike.mutations) e loop
      id := mutation ->> 'id';
      if coalesce(id, '') !~* uuid_form then
        answer := jsonb_build_object('id', mutation -> 'id', 's', 'rejected', 'code', 'BL400', 'msg', 'bad_id');
      elsif known ? lower(id) then
        answer := (known -> lower(id)) || jsonb_build_object('id', id, 'dup', true);
      else
        -- A server process remembers 64 subtransactions cheaply; beyond that every reader pays.
        exit when careful and fresh = 50;
        fresh := fresh + 1;
        answer := sync.apply_fresh(client, mutation, careful);
        known := known || jsonb_build_object(lower(id), answer - '{ops,id}'::text[]);
      end if;
      answers := answers || answer;
    end loop;
  end loop;
  return to_jsonb(answers);
end $$;

grant execute on function sync.insertion_shape(jsonb), sync.insert_rows(sync.tables, jsonb), sync.remember_all(uuid, jsonb),
  sync.apply_insertions(uuid, jsonb), sync.apply_fresh(uuid, jsonb, boolean) to authenticated;
