select no_plan();
select tests.stage();

select tests.outcomes('my organisations', 'select from access.my_orgs()', '{
  "1": "owner admin manager finance_director accountant booking artist crew stranger",
  "0": "suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('my people', 'select from access.my_people()', '{"1": "owner crew stranger", "0": "suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('my organisations as owner', 'select from access.my_orgs_as_owner()', '{
  "1": "owner stranger", "0": "admin crew suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('me', 'select from access.me() me where me is not null', '{"1": "owner suspended nobody", "0": "revoked", "42501": "anon"}');

-- Each permission, each role.
select tests.outcomes(permission, format('select from access.my_orgs_with(%L)', permission), expected::jsonb)
from (values
  ('organization:write', '{"1": "owner admin", "0": "manager finance_director accountant booking artist crew suspended revoked nobody"}'),
  ('people:read_details', '{"1": "owner admin finance_director manager", "0": "accountant booking artist crew suspended revoked"}'),
  ('people:write', '{"1": "owner admin", "0": "manager finance_director accountant booking artist crew suspended revoked"}'),
  ('settings:write', '{"1": "owner admin", "0": "manager finance_director accountant booking artist crew suspended revoked"}'),
  ('audit:read', '{"1": "owner admin finance_director", "0": "manager accountant booking artist crew suspended revoked"}'),
  ('desk:read', '{"1": "owner admin finance_director accountant manager booking", "0": "artist crew suspended revoked nobody"}'),
  ('categories:write', '{"1": "owner admin accountant", "0": "manager finance_director booking artist crew suspended revoked"}'),
  ('expenses:read', '{"1": "owner admin finance_director accountant manager booking", "0": "artist crew suspended revoked nobody"}'),
  ('expenses:approve', '{"1": "owner admin finance_director accountant", "0": "manager booking artist crew suspended revoked"}'),
  ('expenses:approve_high', '{"1": "owner admin finance_director", "0": "accountant manager booking artist crew suspended revoked"}'),
  ('expenses:pay', '{"1": "owner admin finance_director accountant", "0": "manager booking artist crew suspended revoked"}'),
  ('schedule:read', '{"1": "owner admin finance_director accountant manager booking", "0": "artist crew suspended revoked"}'),
  ('schedule:write', '{"1": "owner admin manager booking", "0": "finance_director accountant artist crew suspended revoked"}'),
  ('nothing:known', '{"0": "owner admin crew stranger"}')
) as given (permission, expected);
select is_empty($$select permission from access.role_permissions where role = 'owner'
  except select permission from access.role_permissions where role = 'admin'$$, 'an admin may do what an owner may');
select is_empty($$select from access.role_permissions where role in ('artist', 'crew', 'external')$$,
  'artists, crew and externals have their own rows only');
select set_eq($$select role from access.role_permissions where permission = 'desk:read'$$,
  '{owner,admin,finance_director,accountant,manager,booking,venue_manager,promoter,staff}'::text[], 'who sits at the desk');
select is_empty($$select distinct p.role from access.role_permissions p where not exists (
  select from pg_constraint c where c.conrelid = 'membership_roles'::regclass and c.contype = 'c'
    and pg_get_constraintdef(c.oid) like '%''' || p.role || '''%')$$, 'every role that has permissions can be held');
select tests.outcomes('change the permissions', $$insert into access.role_permissions values ('crew', 'audit:read')$$, '{
  "42501": "owner admin crew anon service"}');

-- Two organisations at once: rights do not leak from one into the other.
insert into people (id, organization_id, user_id, display_name)
values ('00000000-0000-4000-8000-0000000000cc', tests.org('stranger'), tests.user_of('admin'), 'Admin abroad');
insert into memberships (id, organization_id, person_id, user_id) values ('00000000-0000-4000-8000-0000000000dd',
  tests.org('stranger'), '00000000-0000-4000-8000-0000000000cc', tests.user_of('admin'));
insert into membership_roles (organization_id, membership_id, user_id, role)
values (tests.org('stranger'), '00000000-0000-4000-8000-0000000000dd', tests.user_of('admin'), 'crew');
select tests.outcomes('a member of two', 'select from access.my_orgs()', '{"2": "admin"}');
select tests.outcomes('admin here, crew there', $$select from access.my_orgs_with('people:write')$$, '{"1": "admin"}');
select tests.outcomes('rename the other organisation', $$update organizations set name = 'Mine' where id = tests.org('stranger')$$, '{"0": "admin"}');

-- Tokens as strangers would make them.
select tests.sign_in_as(gen_random_uuid());
select is_empty('select from access.my_orgs()', 'an unknown login is a member of nothing');
select tests.sign_in_as(tests.user_of('owner'));
select isnt_empty('select from access.my_orgs()', 'a token without a session counts for its login');
select set_config('request.jwt.claims', '{"role":"authenticated"}', true);
select is(access.me(), null, 'a token without a login is nobody');
select is_empty('select from access.my_orgs()', 'and a member of nothing');
select set_config('request.jwt.claims', '', true);
select is(access.me(), null, 'no token is nobody');
select * from finish();
