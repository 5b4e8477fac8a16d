-- Two organisations never see each other, whatever table comes to be.
select no_plan();
select tests.stage();
select tests.sign_in_as('owner');
insert into settings (organization_id, category, key, value) values (tests.org(), 'a', 'b', '1');
insert into invitations (organization_id, email, roles) values (tests.org(), 'x@example.test', '{crew}');
insert into person_details (id, organization_id, phone) values (tests.person('crew'), tests.org(), '0123');
select tests.sign_in_as('stranger');
insert into settings (organization_id, category, key, value) values (tests.org('stranger'), 'a', 'b', '1');
insert into invitations (organization_id, email, roles) values (tests.org('stranger'), 'x@example.test', '{crew}');
insert into person_details (id, organization_id, phone) values (tests.person('stranger'), tests.org('stranger'), '0123');
select tests.sign_out();

create temp view tenant_tables as
select c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and has_any_column_privilege('authenticated', c.oid, 'select');
grant select on tenant_tables to public;
create temp view tenant_verbs as
select t.name, v.verb from tenant_tables t, unnest('{update,delete}'::text[]) v (verb)
where v.verb = 'delete' and has_table_privilege('authenticated', 'public.' || t.name, 'delete')
  or v.verb = 'update' and has_any_column_privilege('authenticated', 'public.' || t.name, 'update');

select cmp_ok((select count(*) from tenant_tables), '>=', 8::bigint, 'there are tables to try');
select is(tests.attempt(actor, format('select from %I where organization_id <> tests.org(%L)', name, actor)), '0',
  format('the owner of one organisation sees no %s of another (%s)', name, actor))
from tenant_tables, unnest('{owner,stranger}'::text[]) actor;
select isnt(tests.attempt(actor, format('select from %I where organization_id = tests.org(%L)', name, actor)), '0',
  format('but the own %s (%s)', name, actor))
from unnest('{organizations,people,person_details,memberships,membership_roles,invitations,settings,audit_log}'::text[]) name,
  unnest('{owner,stranger}'::text[]) actor;
select is(tests.attempt(actor, format('delete from %I where organization_id <> tests.org(%L)', name, actor)), '0',
  format('nor deletes %s there (%s)', name, actor))
from tenant_verbs, unnest('{owner,stranger}'::text[]) actor where verb = 'delete';
select is(tests.attempt(actor, format('update %I set %I = %2$I where organization_id <> tests.org(%L)', name, (
    select a.attname from pg_attribute a where a.attrelid = ('public.' || name)::regclass and a.attnum > 0
      and has_column_privilege('authenticated', a.attrelid, a.attnum, 'update') order by a.attnum limit 1), actor)), '0',
  format('nor writes %s there (%s)', name, actor))
from tenant_verbs, unnest('{owner,stranger}'::text[]) actor where verb = 'update';
select is(tests.attempt(actor, format('select from %I', name)), '0', format('%s is empty for somebody %s', name, what))
from tenant_tables, (values ('nobody', 'without a membership'), ('suspended', 'suspended'), ('revoked', 'signed out'))
  as outsiders (actor, what);
select is(tests.attempt('anon', format('select from %I', name)), '42501', format('%s is shut to the world', name)) from tenant_tables;
select * from finish();
