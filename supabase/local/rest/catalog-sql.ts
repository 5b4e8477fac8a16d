/** Tables and views of the exposed schemas with their columns and primary keys. */
export const RELATIONS = `
select c.oid::int as oid, n.nspname as schema, c.relname as name, c.relkind in ('v', 'm') as view,
  coalesce((select json_agg(json_build_object(
      'name', a.attname,
      'position', a.attnum,
      'type', format_type(a.atttypid, a.atttypmod),
      'base', bt.typname,
      'default', case when a.attgenerated = '' and a.attidentity = '' then pg_get_expr(d.adbin, d.adrelid) end
    ) order by a.attnum)
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    join pg_type bt on bt.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]') as columns,
  coalesce((select json_agg(a.attname order by array_position(i.indkey::int2[], a.attnum))
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
    where i.indrelid = c.oid and i.indisprimary), '[]') as primary_key,
  coalesce((select json_agg((select json_agg(a.attname) from pg_attribute a
      where a.attrelid = i.indrelid and a.attnum = any(i.indkey)))
    from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indexprs is null), '[]') as uniques,
  case when c.relkind = 'v' then (select r.ev_action::text from pg_rewrite r
    where r.ev_class = c.oid and r.rulename = '_RETURN') end as view_tree
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'v', 'm', 'f', 'p')
  and (n.nspname = any($1) or c.oid in (select conrelid from pg_constraint where contype = 'f'))
  and n.nspname not in ('pg_catalog', 'information_schema')`;

/** Foreign keys, which are what embedding follows. */
export const FOREIGN_KEYS = `
select k.conname as name, k.conrelid::int as source, k.confrelid::int as target,
  (select json_agg(b.attname order by u.at) from unnest(k.conkey, k.confkey) with ordinality as u(source, target, at)
    join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.target) as references,
  (select json_agg(a.attname order by u.at) from unnest(k.conkey, k.confkey) with ordinality as u(source, target, at)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.source) as columns
from pg_constraint k where k.contype = 'f' and k.conparentid = 0`;

/** Functions of the exposed schemas with their arguments, answer and own settings. */
export const FUNCTIONS = `
select p.oid::int as oid, n.nspname as schema, p.proname as name, p.provolatile as volatility,
  p.proretset as returns_set, p.prorettype::int as return_type, rt.typname as return_name,
  rt.typtype = 'c' or (rt.typtype = 'p' and rt.typname = 'record') or p.proargmodes && '{t,o,b}' as composite,
  rt.typrelid::int as return_relation, p.provariadic <> 0 as variadic, p.proconfig as settings,
  p.proargmodes && '{t,o,b}' as has_outputs,
  coalesce((select json_agg(json_build_object(
      'name', coalesce(p.proargnames[at], ''), 'type', format_type(type, null), 'base', ty.typname,
      'relation', ty.typrelid::int
    ) order by at)
    from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as args(type, at)
    join pg_type ty on ty.oid = args.type
    where p.proargmodes is null or p.proargmodes[at] in ('i', 'b', 'v')), '[]') as args,
  p.pronargdefaults as defaults
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_type rt on rt.oid = p.prorettype
where n.nspname = any($1) and p.prokind = 'f' and rt.typname not in ('trigger', 'event_trigger')`;

/** Settings that a role brings along when a request takes it. */
export const ROLE_SETTINGS = `
select r.rolname as role, split_part(s, '=', 1) as name, substr(s, strpos(s, '=') + 1) as value
from pg_roles r, unnest(r.rolconfig) s
where r.rolname in ('anon', 'authenticated', 'service_role')`;
