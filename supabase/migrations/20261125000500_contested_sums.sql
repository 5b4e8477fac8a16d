-- Conflicts people can judge: sums agree or differ as a whole, and a verdict says who had changed the row before.

-- Fields that belong together lose together, also when only the sibling (a currency under an amount) was changed, and
-- agree together: 20 EUR here and 20 USD there are two sums, although the amounts are the same.
create or replace function sync.lost_fields(stored jsonb, wanted jsonb, seen jsonb, patch jsonb, base jsonb, groups jsonb)
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

-- `by` and `at`: who had changed the row last, before this merge touched it.
create or replace function sync.apply_update(op jsonb, tracked sync.tables) returns jsonb
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

select sync.track('organizations', 'array[r.id]', '{"limit": ["expense_limit_minor", "currency"]}');
