-- sync_push: a device hands in what was done on it. It runs as the caller: row-level security, column grants, checks
-- and triggers decide. A mutation is atomic and answered exactly once; one that is refused never blocks the next.
--
-- mutations: [{id, org, name, ops: [{op: ins | upd | del | cmd, t: table, id, v: values, b: values seen before,
--   cmd: name, args, seen}]}], at most 200 with 1,000 operations. In `b` go the fields of `v` and those that belong
--   together with them.
-- Reply, in order: [{id, s: applied | merged | conflict | rejected, code, msg, dup, ops: [{s, t, row, del, f}]}].
-- f: fields that somebody else changed meanwhile; by, at: who had changed the row last, before this merge touched it.
-- If something was refused only the first 50 are answered.

create function sync.refuse(code text, word text, detail text default '') returns void
language plpgsql immutable set search_path = '' as $$
begin
  raise exception using errcode = code, message = word, detail = coalesce(detail, '');
end $$;
comment on function sync.refuse(text, text, text) is 'Raises a refusal: an SQLSTATE of class BL and a stable word.';

create function sync.operation_id(op jsonb) returns uuid language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(op ->> 'id', '') !~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    perform sync.refuse('BL400', 'bad_id');
  end if;
  return (op ->> 'id')::uuid;
end $$;
comment on function sync.operation_id(jsonb) is 'The row an operation is about. BL400 when that is no uuid.';

create function sync.object_in(op jsonb, key text) returns jsonb language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(coalesce(op -> key, '{}')) not in ('object', 'null') then
    perform sync.refuse('BL400', 'malformed', key);
  end if;
  return coalesce(nullif(op -> key, 'null'), '{}');
end $$;
comment on function sync.object_in(jsonb, text) is 'An object inside an operation, empty when absent. BL400 when it is something else.';

-- Both sides of a comparison go through the column's type: "…Z" and "+00:00", 1.50 and 1.5 are then the same.
create function sync.as_stored(table_name text, given jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  typed jsonb;
begin
  execute format('select to_jsonb(jsonb_populate_record(null::public.%I, $1))', table_name) into typed using given;
  return typed;
end $$;
comment on function sync.as_stored(text, jsonb) is 'Values as this table would hold and send them; columns not given are null.';

create function sync.differing(stored jsonb, expected jsonb, keys text[]) returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return array(select k from unnest(keys) k where stored -> k is distinct from expected -> k order by k);
end $$;
comment on function sync.differing(jsonb, jsonb, text[]) is 'Those keys under which two objects disagree.';

create function sync.keys(object jsonb) returns text[] language plpgsql immutable set search_path = '' as $$
begin
  return array(select jsonb_object_keys(object));
end $$;
comment on function sync.keys(jsonb) is 'The keys of an object.';

create function sync.require_columns(given jsonb, allowed text[], code text, word text) returns void
language plpgsql immutable set search_path = '' as $$
declare
  strange constant text := (select min(k) from jsonb_object_keys(given) k where k <> all (allowed));
begin
  if strange is not null then
    perform sync.refuse(code, word, strange);
  end if;
end $$;
comment on function sync.require_columns(jsonb, text[], text, text) is 'Refuses an object with a key that is not allowed.';

-- A caller who sees a row but may not touch it is told so; for everyone else it does not exist.
create function sync.refuse_row(table_name text, key uuid) returns void
language plpgsql stable security invoker set search_path = '' as $$
declare
  visible boolean;
begin
  execute format('select exists (select from public.%I t where t.id = $1)', table_name) into visible using key;
  perform sync.refuse(case when visible then 'BL403' else 'BL404' end, case when visible then 'not_permitted' else 'gone' end);
end $$;
comment on function sync.refuse_row(text, uuid) is 'BL403 for a row that is only to be seen, BL404 for one that is not there.';

-- A device may send back what it shows of the server's own columns, as long as it is what the server itself would say.
create function sync.apply_insert(op jsonb, tracked sync.tables) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  clock constant text[] := '{created_at,updated_at,row_version}';
  given constant jsonb := sync.object_in(op, 'v') || jsonb_build_object('id', sync.operation_id(op));
  own text[];
  list text;
  stored jsonb;
begin
  perform sync.require_columns(given, tracked.columns, 'BL400', 'unknown_column');
  list := (select string_agg(format('%I', k), ', ') from unnest(tracked.insertable) k where given ? k);
  if list is null then
    perform sync.refuse('BL403', 'not_permitted');
  end if;
  execute format(
    'insert into public.%1$I as t (%2$s) select %2$s from jsonb_populate_record(null::public.%1$I, $1)
       on conflict do nothing returning to_jsonb(t)', tracked.name, list) into stored using given;
  if stored is null then
    perform sync.refuse('BL410', 'exists');
  end if;
  own := array(select k from jsonb_object_keys(given) k where k <> all (tracked.insertable || clock));
  own := sync.differing(stored, sync.as_stored(tracked.name, given), own);
  if cardinality(own) > 0 then
    perform sync.refuse('BL403', 'column_not_writable', own[1]);
  end if;
  return jsonb_build_object('s', 'applied', 't', tracked.name, 'row', stored);
end $$;
comment on function sync.apply_insert(jsonb, sync.tables) is 'Adds a row under the id the device gave it. BL410 when id or key exist.';

-- Fields that belong together lose together, also when only the sibling (a currency under an amount) was changed, and
-- agree together: 20 EUR here and 20 USD there are two sums, although the amounts are the same.
create function sync.lost_fields(stored jsonb, wanted jsonb, seen jsonb, patch jsonb, base jsonb, groups jsonb)
returns text[] language plpgsql immutable set search_path = '' as $$
declare
  lost text[] := array(
    select k from jsonb_object_keys(patch) k
    where stored -> k is distinct from seen -> k and stored -> k is distinct from wanted -> k);
  members text[];
begin
  for members in select array(select jsonb_array_elements_text(g.value)) from jsonb_each(groups) g loop
    continue when not patch ?| members;
    if lost && members or exists (
      select from unnest(members) k
      where base ? k and not patch ? k and stored -> k is distinct from seen -> k)
      or exists (select from unnest(members) k where patch ? k and stored -> k is distinct from seen -> k)
        and exists (select from unnest(members) k where patch ? k and stored -> k is distinct from wanted -> k)
    then
      lost := lost || array(select k from unnest(members) k where patch ? k);
    end if;
  end loop;
  return array(select distinct k from unnest(lost) k order by k);
end $$;
comment on function sync.lost_fields(jsonb, jsonb, jsonb, jsonb, jsonb, jsonb) is
  'Fields of the patch that somebody else has changed since the caller saw them.';

create function sync.apply_update(op jsonb, tracked sync.tables) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  key constant uuid := sync.operation_id(op);
  patch constant jsonb := sync.object_in(op, 'v');
  base constant jsonb := sync.object_in(op, 'b');
  wanted jsonb;
  stored jsonb;
  before jsonb;
  lost text[];
  list text;
begin
  perform sync.require_columns(patch || base, tracked.columns, 'BL400', 'unknown_column');
  perform sync.require_columns(patch, tracked.writable, 'BL403', 'column_not_writable');
  if patch = '{}' then
    perform sync.refuse('BL400', 'malformed', 'v');
  end if;
  execute format('select to_jsonb(t) from public.%I t where t.id = $1 for update', tracked.name) into stored using key;
  if stored is null then
    perform sync.refuse_row(tracked.name, key);
  end if;
  before := stored;
  wanted := sync.as_stored(tracked.name, patch);
  lost := sync.lost_fields(stored, wanted, sync.as_stored(tracked.name, base), patch, base, tracked.groups);
  list := (select string_agg(format('%I', k), ', ') from jsonb_object_keys(patch) k
    where k <> all (lost) and stored -> k is distinct from wanted -> k);
  if list is not null then
    execute format(
      'update public.%1$I t set (%2$s) = (select %2$s from jsonb_populate_record(null::public.%1$I, $1))
         where t.id = $2 returning to_jsonb(t)', tracked.name, list) into stored using patch, key;
    if stored is null then
      perform sync.refuse_row(tracked.name, key);
    end if;
  end if;
  return case
    when cardinality(lost) = 0 then jsonb_build_object('s', 'applied', 't', tracked.name, 'row', stored)
    else jsonb_build_object('s', case when list is null then 'conflict' else 'merged' end,
      't', tracked.name, 'row', stored, 'f', to_jsonb(lost),
      'by', before -> 'updated_by', 'at', before -> 'updated_at') end;
end $$;
comment on function sync.apply_update(jsonb, sync.tables) is 'Merges a patch field by field into what the row is now.';

create function sync.apply_delete(op jsonb, tracked sync.tables) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
  key constant uuid := sync.operation_id(op);
  base constant jsonb := sync.object_in(op, 'b');
  stored jsonb;
  changed text[];
begin
  perform sync.require_columns(base, tracked.columns, 'BL400', 'unknown_column');
  execute format('delete from public.%I t where t.id = $1 returning to_jsonb(t)', tracked.name) into stored using key;
  if stored is null then
    perform sync.refuse_row(tracked.name, key);
  end if;
  changed := sync.differing(stored, sync.as_stored(tracked.name, base), sync.keys(base));
  if cardinality(changed) > 0 then
    perform sync.refuse('BL409', 'conflict', jsonb_build_object(
      's', 'conflict', 't', tracked.name, 'row', stored, 'f', to_jsonb(changed))::text);
  end if;
  return jsonb_build_object('s', 'applied', 't', tracked.name, 'del', key);
end $$;
comment on function sync.apply_delete(jsonb, sync.tables) is 'Deletes a row unless somebody changed it since the caller saw it.';
