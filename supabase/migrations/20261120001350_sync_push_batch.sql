-- The other half of sync_push: commands, whole mutations, whole batches, and the memory of what was answered.

create schema commands;
comment on schema commands is 'Steps of state machines that devices may ask for: commands.<table>_<verb>(op jsonb).';
revoke all on schema commands from public;
grant usage on schema commands to authenticated;

create function sync.apply_command(op jsonb) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  name constant text := coalesce(op ->> 'cmd', '');
  command regprocedure;
  answer jsonb;
begin
  perform sync.operation_id(op), sync.object_in(op, 'args'), sync.object_in(op, 'seen');
  command := case when name ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$' then
    to_regprocedure(format('commands.%I(jsonb)', replace(name, '.', '_'))) end;
  if command is null then
    perform sync.refuse('BL400', 'unknown_command', name);
  end if;
  execute format('select commands.%I($1)', replace(name, '.', '_')) into answer using op;
  return answer;
end $$;
comment on function sync.apply_command(jsonb) is 'Runs "expenses.submit" as commands.expenses_submit(op).';

create function sync.apply_operation(op jsonb) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  tracked sync.tables;
begin
  if jsonb_typeof(op) <> 'object' then
    perform sync.refuse('BL400', 'malformed');
  elsif op ->> 'op' = 'cmd' then
    return sync.apply_command(op);
  end if;
  select * into tracked from sync.tracked(op ->> 't');
  if tracked.name is null then
    perform sync.refuse('BL400', 'unknown_table', op ->> 't');
  end if;
  case op ->> 'op'
    when 'ins' then return sync.apply_insert(op, tracked);
    when 'upd' then return sync.apply_update(op, tracked);
    when 'del' then return sync.apply_delete(op, tracked);
    else perform sync.refuse('BL400', 'unknown_operation', op ->> 'op');
  end case;
end $$;
comment on function sync.apply_operation(jsonb) is 'Applies one operation, or raises why not.';

create function sync.apply_mutation(mutation jsonb) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  op jsonb;
  done jsonb;
  answers jsonb := '[]';
  outcome text := 'applied';
begin
  if jsonb_typeof(mutation -> 'ops') is distinct from 'array' or jsonb_array_length(mutation -> 'ops') not between 1 and 50 then
    perform sync.refuse('BL400', 'malformed', 'ops');
  end if;
  for op in select e from jsonb_array_elements(mutation -> 'ops') e loop
    done := sync.apply_operation(op);
    answers := answers || done;
    continue when done ->> 's' = 'applied';
    -- Of several operations none is done by halves.
    if jsonb_array_length(mutation -> 'ops') > 1 then
      perform sync.refuse('BL409', 'conflict', done::text);
    end if;
    outcome := done ->> 's';
  end loop;
  return jsonb_build_object('s', outcome, 'ops', answers)
    || case when outcome = 'conflict' then '{"code": "BL409", "msg": "conflict"}'::jsonb else '{}' end;
end $$;
comment on function sync.apply_mutation(jsonb) is 'Applies all operations of a mutation, or raises.';

create function sync.refusal(code text, word text, detail text, constraint_name text) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  if code = 'BL409' and starts_with(detail, '{') then
    return jsonb_build_object('s', 'conflict', 'code', code, 'msg', word, 'ops', jsonb_build_array(detail::jsonb));
  end if;
  return jsonb_build_object('s', 'rejected', 'ops', '[]'::jsonb) || case
    when code ~ '^BL' then jsonb_build_object('code', code, 'msg', word)
    when code = '23514' then jsonb_build_object('code', 'BL422', 'msg', constraint_name)
    when code = '23502' then jsonb_build_object('code', 'BL422', 'msg', 'value_missing')
    when code = '23503' then jsonb_build_object('code', 'BL422', 'msg', 'unknown_or_in_use')
    when code in ('23505', '23P01') then jsonb_build_object('code', 'BL410', 'msg', 'exists')
    when code = '42501' then jsonb_build_object('code', 'BL403', 'msg', 'not_permitted')
    when code ~ '^(22|42)' then jsonb_build_object('code', 'BL400', 'msg', 'malformed')
    else jsonb_build_object('code', code, 'msg', word) end;
end $$;
comment on function sync.refusal(text, text, text, text) is 'An error of the database as a result that a device can keep.';

create function sync.answered(ids uuid[]) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(jsonb_object_agg(m.id, m.result), '{}') from sync.mutations m
    where m.user_id = auth.uid() and m.id = any (ids));
end $$;
comment on function sync.answered(uuid[]) is 'What the caller was answered before, by mutation id.';

-- Rows that were applied come home by pull; only what a person must decide on is kept in full. The same mutation from
-- two devices at once (a copied profile) is done by one of them; the other is sent away and then finds the answer.
create function sync.remember(mutation uuid, client uuid, result jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into sync.mutations (user_id, id, client, result)
  values (auth.uid(), mutation, client, jsonb_set(result, '{ops}', (
    select coalesce(jsonb_agg(case when e ->> 's' = 'applied' then e - 'row' else e end), '[]')
    from jsonb_array_elements(result -> 'ops') e)))
  on conflict do nothing;
  if not found then
    raise exception 'answered_meanwhile' using errcode = '40001';
  end if;
end $$;
comment on function sync.remember(uuid, uuid, jsonb) is 'Keeps an answer, so that the question may be repeated.';

-- Transient errors roll everything back and the device asks again; every other refusal is an answer.
create function sync.try_mutation(mutation jsonb) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  detail text;
  constraint_name text;
begin
  return sync.apply_mutation(mutation);
exception
  when transaction_rollback or lock_not_available or insufficient_resources or operator_intervention or system_error then
    raise;
  when others then
    get stacked diagnostics detail = pg_exception_detail, constraint_name = constraint_name;
    return sync.refusal(sqlstate, sqlerrm, detail, constraint_name);
end $$;
comment on function sync.try_mutation(jsonb) is 'Applies a mutation in a subtransaction of its own; answers instead of raising.';

create function sync.run_batch(client uuid, mutations jsonb, careful boolean) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  uuid_form constant text := '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  known jsonb := sync.answered(array(
    select (e ->> 'id')::uuid from jsonb_array_elements(mutations) e where e ->> 'id' ~* uuid_form));
  mutation jsonb;
  id text;
  result jsonb;
  answers jsonb := '[]';
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
      known := known || jsonb_build_object(lower(id), result);
      answers := answers || (result || jsonb_build_object('id', id));
    end if;
  end loop;
  return answers;
end $$;
comment on function sync.run_batch(uuid, jsonb, boolean) is 'Answers a batch; when careful, each mutation may fail alone.';

create function public.sync_push(client uuid, mutations jsonb) returns jsonb
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
comment on function public.sync_push(uuid, jsonb) is
  'Applies the mutations of one device in order. BL401 signed out; transient SQLSTATEs mean: nothing happened, send again.';
