-- What every table, policy, key and function must have. A new one that lacks it fails here by name.
select no_plan();

-- The only exceptions, each with its reason.
create temp table exempt (guard text, name text, reason text);
insert into exempt values
  ('tenant', 'device_sessions', 'belongs to a login, which may be in several organisations'),
  ('stamp', 'audit_log', 'append-only, stamped by the database clock'),
  ('stamp', 'activity', 'append-only timeline, written by triggers'),
  ('audit', 'audit_log', 'is the audit log'),
  ('audit', 'device_sessions', 'private to a login; sign-ins are in the log of Auth'),
  ('audit', 'activity', 'is itself a record of what happened'),
  ('audit', 'deliveries', 'written by the queue alone, whose log it mirrors; what people do about it is in their outbox'),
  ('sync', 'audit_log', 'seven years of it do not belong on a phone; read online'),
  ('sync', 'device_sessions', 'only meaningful online; read by my_devices()'),
  ('call', 'orphaned_files(interval,integer)', 'asked nightly by the service role alone'),
  ('call', 'read_calendar_feed(text,integer,interval)', 'asked by the function calendar on behalf of a secret address');

create temp view tables as
select c.oid, c.relname::text as name, c.relrowsecurity from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p');
create temp view functions as
select p.oid, p.oid::regprocedure::text as name, p.pronamespace::regnamespace::text as schema, p.prosecdef, p.proconfig,
  p.prorettype, p.proacl
from pg_proc p
where p.pronamespace::regnamespace::text in ('public', 'access', 'private', 'sync', 'commands', 'jobs', 'worker', 'ops') and p.prokind in ('f', 'p')
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e');
create function pg_temp.is_exempt(guard text, name text) returns boolean language sql stable as
  $$ select exists (select from exempt e where e.guard = $1 and e.name = $2) $$;
create function pg_temp.has_trigger(tbl oid, function_name text) returns boolean language sql stable as $$
  select exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where t.tgrelid = tbl and not t.tgisinternal and t.tgenabled <> 'D' and p.oid = to_regproc(function_name)) $$;
-- The columns a partial index serves count too: rows it leaves out are rows that have no value there.
create function pg_temp.leads_index(tbl oid, columns text[]) returns boolean language sql stable as $$
  select exists (select from pg_index i join pg_attribute a on a.attrelid = tbl and a.attnum = i.indkey[0]
    where i.indrelid = tbl and i.indisvalid and a.attname::text = any(columns)) $$;

select cmp_ok((select count(*) from tables), '>=', 10::bigint, 'there are tables to guard');
select is_empty($$select e.guard, e.name from exempt e where not exists (select from tables t where t.name = e.name)
  and not exists (select from functions f where f.name = e.name and e.guard = 'call')$$, 'no exception outlives its table or function');

-- Tables.
select ok(relrowsecurity, name || ' has row level security') from tables order by name;
select ok(exists (select from pg_policy p where p.polrelid = tables.oid), name || ' has a policy') from tables order by name;
select ok(exists (select from pg_attribute a where a.attrelid = tables.oid and a.attname = 'organization_id' and not a.attisdropped),
  name || ' belongs to an organisation') from tables where not pg_temp.is_exempt('tenant', name) order by name;
select ok(pg_temp.has_trigger(oid, 'private.tg__stamp'), name || ' is stamped') from tables
where not pg_temp.is_exempt('stamp', name) order by name;
select ok(pg_temp.has_trigger(oid, 'private.tg__audit'), name || ' is audited') from tables
where not pg_temp.is_exempt('audit', name) order by name;
select ok(obj_description(oid, 'pg_class') is not null, name || ' says what it is') from tables order by name;
select set_eq(format('select attname::text from pg_attribute where attrelid = %s and attname = any(%L)', oid,
    '{created_at,updated_at,created_by,updated_by,row_version}'),
  '{created_at,updated_at,created_by,updated_by,row_version}'::text[], name || ' carries the five stamps')
from tables where not pg_temp.is_exempt('stamp', name) order by name;
select ok(not has_table_privilege('authenticated', oid, 'update') and not has_table_privilege('authenticated', oid, 'insert'),
  name || ' lets people write named columns only') from tables order by name;
select ok(not has_table_privilege(role, oid, 'truncate') and not has_table_privilege(role, oid, 'references'),
  format('%s gives %s nothing beyond rows', name, role)) from tables, unnest('{anon,authenticated}'::text[]) role order by name;
select is_empty(format($$select a.attname from pg_attribute a where a.attrelid = %s and a.attnum > 0
    and (has_column_privilege('anon', a.attrelid, a.attnum, 'select') or has_column_privilege('anon', a.attrelid, a.attnum, 'insert')
      or has_column_privilege('anon', a.attrelid, a.attnum, 'update'))$$, oid),
  name || ' is shut to the world') from tables order by name;
select is_empty($$select c.relname from pg_class c where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace
    and not coalesce('security_invoker=true' = any(c.reloptions), false)
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')$$,
  'every view asks as its caller');

-- Policies.
select ok(p.permissive = 'PERMISSIVE' and p.roles = '{authenticated}', format('%s.%s is for people signed in', tablename, policyname))
from pg_policies p where p.schemaname = 'public' order by 1;
select ok(policyname ~ ('^' || tablename || '_(select|insert|update|delete)_[a-z_]+$')
    and split_part(substr(policyname, length(tablename) + 2), '_', 1) = lower(cmd), format('%s.%s is named <table>_<verb>_<who>', tablename, policyname))
from pg_policies where schemaname = 'public' order by 1;
select ok(pg_temp.leads_index(t.oid, array[a.attname::text]), format('%s.%s, which %s asks for, leads an index', t.name, a.attname, p.policyname))
from tables t
join pg_policies p on p.schemaname = 'public' and p.tablename = t.name
join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and (a.attname = 'id' or a.attname ~ '_id$')
where concat_ws(' ', p.qual, p.with_check) ~ ('(^|[^.\w])\(?' || a.attname || ' (=|IN|<>)')
order by 1;
select ok(regexp_replace(concat_ws(' ', qual, with_check), '(SELECT|FROM) (access|auth|sync)\.', '', 'g') !~ '\m(access|auth|sync)\.',
  format('%s.%s asks once for each statement, not for each row', tablename, policyname))
from pg_policies where schemaname in ('public', 'storage', 'realtime') order by 1;

-- Keys.
select ok(pg_temp.leads_index(c.conrelid, array(
    select a.attname::text from unnest(c.conkey) k join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k
    where a.attname <> 'organization_id' or cardinality(c.conkey) = 1)),
  format('the foreign key %s of %s is indexed', c.conname, c.conrelid::regclass))
from pg_constraint c
where c.contype = 'f' and c.connamespace::regnamespace::text in ('public', 'private', 'access', 'sync', 'jobs') order by 1;

-- Functions.
select cmp_ok((select count(*) from functions), '>=', 40::bigint, 'there are functions to guard');
select is_empty($$select name from functions where not coalesce(proconfig::text ~ 'search_path=', false)$$, 'every function pins its search_path');
select is_empty($$select name from functions where prosecdef and not coalesce(proconfig::text ~ 'search_path=(\\?"){2}', false)$$,
  'one that runs as its owner pins it to nothing');
select is_empty($$select name from functions where has_function_privilege('anon', oid, 'execute')$$, 'no function is open to the world');
select is_empty($$select name from functions f where schema = 'private' and has_function_privilege('authenticated', oid, 'execute')
    and name not in ('private.is_time_zone(text)', 'private.is_locale(text)', 'private.is_chain(text[])')$$,
  'private functions are closed to people, but for those that check columns');
select is_empty($$select name from functions f where schema = 'public' and not has_function_privilege('authenticated', oid, 'execute')
    and prorettype <> 'trigger'::regtype and f.name not in (select e.name from exempt e where e.guard = 'call')$$,
  'what stands in public is meant to be called');
select is_empty($$select name from functions where schema in ('access', 'public') and obj_description(oid, 'pg_proc') is null$$,
  'every function that people or policies call says what it is for');
select is_empty($$select t.tgname, t.tgrelid::regclass from pg_trigger t join tables on tables.oid = t.tgrelid
    where not t.tgisinternal and t.tgname !~ '^_[0-9]{3}_[a-z_]+$'$$, 'triggers are named _NNN_task, so their order is seen');

select is_empty($$select name from functions f where schema in ('jobs', 'worker', 'ops') and has_function_privilege('authenticated', oid, 'execute')$$,
  'the engine room is closed to people');
select is_empty($$select name from functions f where schema in ('jobs', 'ops') and has_function_privilege('service_role', oid, 'execute')$$,
  'edge functions enter it by the door called worker only');
select is_empty($$select name from functions f where schema = 'worker' and not has_function_privilege('service_role', oid, 'execute')$$,
  'and all of that door is theirs');
select is_empty($$select c.relname from pg_class c, unnest('{anon,authenticated,service_role}'::text[]) role
    where c.relnamespace = 'jobs'::regnamespace and c.relkind in ('r', 'v') and has_table_privilege(role, c.oid, 'select')$$,
  'nobody at the API reads its tables');

-- Sync.
select case
  when to_regclass('sync.tables') is null then skip('sync.tables is not there yet', 1)
  else ok(exists (select from sync.tables s where s.name = t.name), t.name || ' travels to devices or says why not')
end from tables t where not pg_temp.is_exempt('sync', t.name) order by t.name;
select is_empty($$select s.name from sync.tables s where not exists (select from tables t where t.name = s.name)$$, 'nothing else is tracked');
select * from finish();
