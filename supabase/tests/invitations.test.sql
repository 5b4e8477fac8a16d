select no_plan();
select tests.stage();
insert into people (id, organization_id, display_name)
values ('00000000-0000-4000-8000-0000000000aa', tests.org(), 'Unsigned Singer');
insert into invitations (id, organization_id, email, roles, invited_by, message)
values ('00000000-0000-4000-8000-000000000001', tests.org(), 'nobody@example.test', '{crew,staff}', tests.user_of('owner'), 'Join us');

-- The table, actor by actor.
select tests.outcomes('read who was invited', 'select from invitations', '{
  "1": "owner admin service", "0": "manager finance_director accountant booking artist crew suspended revoked stranger nobody",
  "42501": "anon"}');
select tests.outcomes('invite', $$insert into invitations (organization_id, email, roles)
  values (tests.org(), 'New@Example.test', '{artist}')$$, '{
  "1": "owner admin service",
  "42501": "manager finance_director accountant booking artist crew suspended revoked stranger nobody anon"}');
select tests.outcomes('invite an owner', $$insert into invitations (organization_id, email, roles)
  values (tests.org(), 'new@example.test', '{crew,owner}')$$, '{
  "1": "owner service", "BL403 owner_only": "admin manager crew stranger nobody"}');
select tests.outcomes('withdraw', 'update invitations set revoked_at = now()', '{
  "1": "owner admin service", "0": "manager crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('accept for somebody', 'update invitations set accepted_at = now()', '{"42501": "owner admin nobody anon"}');
select tests.outcomes('raise the roles later', $$update invitations set roles = '{owner}'$$, '{"42501": "owner admin nobody"}');
select tests.outcomes('lengthen the time', $$update invitations set expires_at = 'infinity'$$, '{"42501": "owner admin nobody"}');
select tests.outcomes('delete', 'delete from invitations', '{"42501": "owner admin nobody anon", "1": "service"}');
select tests.outcomes('invite the same address twice', $$insert into invitations (organization_id, email, roles)
  values (tests.org(), 'NOBODY@example.test', '{artist}')$$, '{"23505": "owner admin"}');
select tests.outcomes('invite to no role', $$insert into invitations (organization_id, email, roles)
  values (tests.org(), 'a@example.test', '{}')$$, '{"23514": "owner"}');
select tests.outcomes('invite to a role that is none', $$insert into invitations (organization_id, email, roles)
  values (tests.org(), 'a@example.test', '{emperor}')$$, '{"23514": "owner"}');
select tests.outcomes('invite to an unnamed role', $$insert into invitations (organization_id, email, roles)
  values (tests.org(), 'a@example.test', '{crew,null}')$$, '{"23514": "owner"}');
select tests.outcomes('invite an address that is none', $$insert into invitations (organization_id, email, roles)
  values (tests.org(), 'somebody', '{crew}')$$, '{"23514": "owner"}');
select tests.outcomes('invite for a person who has a login', $$insert into invitations (organization_id, person_id, email, roles)
  values (tests.org(), tests.person('crew'), 'a@example.test', '{crew}')$$, '{"BL409 person_taken": "owner admin"}');
select tests.outcomes('invite for another organisation''s person', $$insert into invitations (organization_id, person_id, email, roles)
  values (tests.org('stranger'), '00000000-0000-4000-8000-0000000000aa', 'a@example.test', '{crew}')$$, '{"23503": "stranger"}');

-- Who may answer, and when.
select tests.outcomes('list my invitations', 'select from my_invitations()', '{
  "1": "nobody", "0": "owner admin crew stranger", "BL401 signed_out": "revoked", "42501": "anon"}');
select tests.outcomes('accept', $$select answer_invitation('00000000-0000-4000-8000-000000000001', true)$$, '{
  "1": "nobody", "BL404 invitation_not_found": "owner admin crew stranger suspended", "BL401 signed_out": "revoked", "42501": "anon"}');
select tests.outcomes('decline', $$select answer_invitation('00000000-0000-4000-8000-000000000001', false)$$, '{
  "1": "nobody", "BL404 invitation_not_found": "owner crew stranger"}');
select tests.outcomes('answer one that never was', 'select answer_invitation(gen_random_uuid(), true)', '{"BL404 invitation_not_found": "nobody owner"}');

update auth.users set email_confirmed_at = null where id = tests.user_of('nobody');
select tests.outcomes('answer before the address is proved', $$select answer_invitation('00000000-0000-4000-8000-000000000001', true)$$, '{
  "BL403 email_not_verified": "nobody"}');
select tests.outcomes('list them before the address is proved', 'select from my_invitations()', '{"0": "nobody"}');
update auth.users set email_confirmed_at = now() where id = tests.user_of('nobody');

update invitations set expires_at = now() - interval '1 second';
select tests.outcomes('accept after seven days', $$select answer_invitation('00000000-0000-4000-8000-000000000001', true)$$, '{
  "BL422 invitation_expired": "nobody"}');
select tests.outcomes('list an expired one', 'select from my_invitations()', '{"0": "nobody"}');
select tests.outcomes('invite again after expiry', $$insert into invitations (organization_id, email, roles)
  values (tests.org(), 'nobody@example.test', '{artist}')$$, '{"1": "owner admin"}');
update invitations set expires_at = now() + interval '7 days', revoked_at = now();
select tests.outcomes('accept a withdrawn one', $$select answer_invitation('00000000-0000-4000-8000-000000000001', true)$$, '{
  "BL422 invitation_revoked": "nobody"}');
select tests.outcomes('withdraw twice', 'update invitations set revoked_at = null', '{"BL409 invitation_answered": "owner"}');

-- A new one: seen, declined, and final.
insert into invitations (id, organization_id, email, roles)
values ('00000000-0000-4000-8000-000000000002', tests.org(), 'Nobody@Example.test', '{crew,staff}');
select is((select email from invitations where id = '00000000-0000-4000-8000-000000000002'), 'nobody@example.test',
  'an address is kept in lower case');
select cmp_ok((select expires_at from invitations where id = '00000000-0000-4000-8000-000000000002'), '=',
  now() + interval '7 days', 'an invitation is good for seven days');
update auth.users set email = 'NOBODY@Example.Test' where id = tests.user_of('nobody');
select tests.outcomes('the same address in other letters', 'select from my_invitations()', '{"1": "nobody"}');
select tests.sign_in_as('nobody');
select is(answer_invitation('00000000-0000-4000-8000-000000000002', false), null, 'declining joins nothing');
select is(answer_invitation('00000000-0000-4000-8000-000000000002', false), null, 'declining twice is harmless');
select throws_ok($$select answer_invitation('00000000-0000-4000-8000-000000000002', true)$$, 'BL409', 'invitation_answered',
  'a declined invitation cannot be accepted');
select is_empty('select from access.my_orgs()', 'a declined invitation opens no door');
select tests.sign_out();

-- Accepted: the person on the books gets a login.
select tests.sign_in_as('admin');
insert into invitations (id, organization_id, person_id, email, roles)
values ('00000000-0000-4000-8000-000000000003', tests.org(), '00000000-0000-4000-8000-0000000000aa', 'nobody@example.test', '{artist,crew}');
select is((select invited_by from invitations where id = '00000000-0000-4000-8000-000000000003'), tests.user_of('admin'),
  'an invitation knows the inviter');
select tests.sign_in_as('nobody');
select results_eq('select organization_name, invited_by_name, roles from my_invitations()',
  $$values ('North', 'Admin', '{artist,crew}'::text[])$$, 'the invited one sees who invites them where');
select is(answer_invitation('00000000-0000-4000-8000-000000000003', true), tests.org(), 'accepting answers the organisation');
select is(answer_invitation('00000000-0000-4000-8000-000000000003', true), tests.org(), 'accepting twice is harmless');
select throws_ok($$select answer_invitation('00000000-0000-4000-8000-000000000003', false)$$, 'BL409', 'invitation_answered',
  'an accepted invitation cannot be declined');
select results_eq('select access.my_people()', $$values ('00000000-0000-4000-8000-0000000000aa'::uuid)$$,
  'the new member is the person who was on the books');
select results_eq($$select role from membership_roles where user_id = tests.user_of('nobody') order by role$$,
  $$values ('artist'), ('crew')$$, 'with the roles of the invitation');
select is_empty('select from my_invitations()', 'and no open invitation');
select tests.sign_out();
select tests.outcomes('withdraw after acceptance', $$update invitations set revoked_at = now() where accepted_at is not null$$, '{
  "BL409 invitation_answered": "owner admin"}');

-- Invited again: members get roles added, suspended ones do not, former ones start afresh.
insert into invitations (id, organization_id, email, roles) values
  ('00000000-0000-4000-8000-000000000004', tests.org(), 'nobody@example.test', '{booking}'),
  ('00000000-0000-4000-8000-000000000005', tests.org(), 'suspended@example.test', '{crew}'),
  ('00000000-0000-4000-8000-000000000006', tests.org(), 'accountant@example.test', '{crew}');
select tests.sign_in_as('nobody');
select answer_invitation('00000000-0000-4000-8000-000000000004', true);
select results_eq('select access.my_people()', $$values ('00000000-0000-4000-8000-0000000000aa'::uuid)$$,
  'a member invited again stays the same person');
select results_eq($$select role from membership_roles where user_id = tests.user_of('nobody') order by role$$,
  $$values ('artist'), ('booking'), ('crew')$$, 'and gains the new role');
select tests.sign_out();
select tests.outcomes('a suspended member comes back by invitation',
  $$select answer_invitation('00000000-0000-4000-8000-000000000005', true)$$, '{"BL403 suspended": "suspended"}');
update memberships set status = 'ended' where id = tests.membership('accountant');
select tests.sign_in_as('accountant');
select answer_invitation('00000000-0000-4000-8000-000000000006', true);
select results_eq($$select role from membership_roles where user_id = tests.user_of('accountant')$$, $$values ('crew')$$,
  'a former member comes back without the roles of then');
select results_eq('select access.my_people()', $$select tests.person('accountant')$$, 'but as the same person');
select tests.sign_out();

-- A person taken in between, and a name made from the login.
insert into people (id, organization_id, display_name) values ('00000000-0000-4000-8000-0000000000bb', tests.org('stranger'), 'Guest');
insert into invitations (id, organization_id, person_id, email, roles) values
  ('00000000-0000-4000-8000-000000000007', tests.org('stranger'), '00000000-0000-4000-8000-0000000000bb', 'nobody@example.test', '{crew}'),
  ('00000000-0000-4000-8000-000000000008', tests.org('stranger'), null, 'booking@example.test', '{booking}');
update people set user_id = tests.user_of('crew') where id = '00000000-0000-4000-8000-0000000000bb';
select tests.outcomes('become somebody who is taken', $$select answer_invitation('00000000-0000-4000-8000-000000000007', true)$$, '{
  "BL409 person_taken": "nobody"}');
update auth.users set raw_user_meta_data = '{"first_name":"Bea","last_name":"Okafor"}' where id = tests.user_of('booking');
select tests.sign_in_as('booking');
select answer_invitation('00000000-0000-4000-8000-000000000008', true);
select isnt_empty($$select from people where organization_id = tests.org('stranger') and display_name = 'Bea Okafor'$$,
  'a new person is named as they signed up');
select results_eq('select count(*) from access.my_orgs()', array[2::bigint], 'one login, two organisations');
select results_eq($$select organization_id from access.my_orgs_with('schedule:write') organization_id order by 1$$,
  $$select o from unnest(array[tests.org(), tests.org('stranger')]) o order by 1$$, 'with a role in each');
select tests.sign_out();
select is(private.name_of_login(tests.user_of('crew')), 'crew', 'a login without a name goes by its address');
update organizations set archived_at = now() where id = tests.org();
insert into invitations (organization_id, email, roles) values (tests.org(), 'stranger@example.test', '{crew}');
select tests.outcomes('an invitation to a closed organisation', 'select from my_invitations()', '{"0": "stranger"}');
select * from finish();
