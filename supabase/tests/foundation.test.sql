select no_plan();
select tests.stage();

-- The stamp.
select tests.sign_in_as('admin');
insert into people (id, organization_id, display_name) values ('00000000-0000-4000-8000-000000000001', tests.org(), 'Stamped');
select results_eq($$select created_by, updated_by, created_at, updated_at, row_version from people
    where id = '00000000-0000-4000-8000-000000000001'$$,
  $$select tests.user_of('admin'), tests.user_of('admin'), now(), now(), 1::bigint$$, 'a new row knows who and when');
select tests.sign_in_as('owner');
update people set title = 'Twice' where id = '00000000-0000-4000-8000-000000000001';
select results_eq($$select created_by, updated_by, row_version from people where id = '00000000-0000-4000-8000-000000000001'$$,
  $$select tests.user_of('admin'), tests.user_of('owner'), 2::bigint$$, 'a changed row knows who last');
select tests.sign_out();
select tests.outcomes('forge who wrote it', $$update people set created_by = tests.user_of('crew')$$, '{"42501": "owner admin crew"}');
select tests.outcomes('forge when', $$update people set updated_at = '2001-01-01'$$, '{"42501": "owner admin crew"}');
select tests.outcomes('forge the version', $$insert into people (organization_id, display_name, row_version)
  values (tests.org(), 'x', 9)$$, '{"42501": "owner admin"}');
insert into people (id, organization_id, display_name, created_at, row_version)
values ('00000000-0000-4000-8000-000000000002', tests.org(), 'Imported', '2020-02-02', 7);
select results_eq($$select created_at, row_version from people where id = '00000000-0000-4000-8000-000000000002'$$,
  $$values ('2020-02-02'::timestamptz, 1::bigint)$$, 'an import keeps its history, not its version');
update people set created_at = now(), row_version = 40 where id = '00000000-0000-4000-8000-000000000002';
select results_eq($$select created_at, row_version from people where id = '00000000-0000-4000-8000-000000000002'$$,
  $$values ('2020-02-02'::timestamptz, 2::bigint)$$, 'afterwards nobody rewrites either');

-- Zones and locales.
select is(private.is_time_zone(zone), good, format('%s is %s zone', zone, case when good then 'a' else 'no' end))
from (values ('Europe/Berlin', true), ('America/Argentina/Buenos_Aires', true), ('UTC', true), ('Etc/GMT+5', true),
  ('Berlin', false), ('CET', false), ('EST5EDT', false), ('Europe/Atlantis', false), ('europe/berlin', false),
  ('', false), ('+02:00', false)) as given (zone, good);
select is(private.is_locale(tag), good, format('%s is %s locale', tag, case when good then 'a' else 'no' end))
from (values ('en', true), ('en-GB', true), ('zh-Hant-TW', true), ('es-419', true), ('EN', false), ('english', false),
  ('en_GB', false), ('', false)) as given (tag, good);

-- The world outside gets nothing.
select is_empty($$select table_name, privilege_type from information_schema.role_table_grants
  where grantee in ('anon', 'PUBLIC') and table_schema in ('public', 'access', 'private', 'sync')$$, 'anon holds no table');
select ok(not has_schema_privilege('anon', schema, 'usage'), format('anon does not enter %s', schema))
from unnest('{access,private,sync}'::text[]) schema;
select ok(not has_schema_privilege('authenticated', 'private', 'usage'), 'nor do people enter private');
select ok(not has_schema_privilege('service_role', 'private', 'usage'), 'nor does the service role');
create function public.just_made() returns integer language sql as 'select 1';
select ok(not has_function_privilege(role, 'public.just_made()', 'execute'), format('a new function is closed to %s', role))
from unnest('{anon,authenticated}'::text[]) role;
create table public.just_made (id integer);
select ok(not has_table_privilege(role, 'public.just_made', 'select'), format('a new table is closed to %s', role))
from unnest('{anon,authenticated}'::text[]) role;
select * from finish();
