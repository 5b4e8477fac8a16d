select no_plan();
select tests.stage();

select tests.outcomes('read who is a member', 'select from memberships where organization_id = tests.org()', '{
  "10": "owner admin manager finance_director accountant booking artist crew service",
  "0": "suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('make myself a member', $$insert into memberships (organization_id, person_id, user_id)
  values (tests.org(), tests.person('crew'), tests.user_of('nobody'))$$, '{"42501": "nobody stranger owner admin crew anon"}');
select tests.outcomes('suspend a member', $$update memberships set status = 'suspended' where id = tests.membership('crew')$$, '{
  "1": "owner admin service", "0": "manager accountant artist crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('resume myself', $$update memberships set status = 'active' where id = tests.membership('suspended')$$, '{
  "0": "suspended revoked crew", "1": "owner admin"}');
select tests.outcomes('suspend the owner', $$update memberships set status = 'suspended' where id = tests.membership('owner')$$, '{
  "BL403 owner_only": "admin", "BL422 last_owner": "owner service", "0": "manager crew stranger"}');
select tests.outcomes('end the last owner', $$update memberships set status = 'ended' where id = tests.membership('owner')$$, '{
  "BL422 last_owner": "owner service"}');
select tests.outcomes('hand a membership to another login', $$update memberships set user_id = tests.user_of('nobody')$$, '{"42501": "owner admin crew nobody"}');
select tests.outcomes('change who a member is', $$update memberships set person_id = tests.person('artist')$$, '{"42501": "owner admin crew"}');
select tests.outcomes('delete a membership', $$delete from memberships where id = tests.membership('crew')$$, '{
  "42501": "owner admin crew stranger anon", "1": "service"}');
select tests.outcomes('delete the last owner', $$delete from memberships where id = tests.membership('owner')$$, '{"BL422 last_owner": "service"}');
select tests.outcomes('a status that is none', $$update memberships set status = 'asleep' where id = tests.membership('crew')$$, '{"23514": "owner"}');
select throws_ok($$delete from auth.users where id = tests.user_of('owner')$$, 'BL422', 'last_owner',
  'a login cannot vanish from under the organisation it alone owns');

-- A suspended member loses access at once, and a resumed one has it back.
select tests.outcomes('an accountant at work', $$select from access.my_orgs_with('expenses:read')$$, '{"1": "accountant"}');
update memberships set status = 'suspended' where id = tests.membership('accountant');
select tests.outcomes('an accountant just suspended', $$select from access.my_orgs_with('expenses:read')$$, '{"0": "accountant"}');
select tests.outcomes('their own person', 'select from access.my_people()', '{"0": "accountant"}');
update memberships set status = 'ended' where id = tests.membership('accountant');
select isnt((select ended_at from memberships where id = tests.membership('accountant')), null, 'an ended membership knows when');
update memberships set status = 'active' where id = tests.membership('accountant');
select is((select ended_at from memberships where id = tests.membership('accountant')), null, 'a resumed one forgets it');
select tests.outcomes('an accountant resumed', $$select from access.my_orgs_with('expenses:read')$$, '{"1": "accountant"}');

-- Two owners: either may go, not both.
insert into membership_roles (organization_id, membership_id, user_id, role)
values (tests.org(), tests.membership('manager'), tests.user_of('manager'), 'owner');
select tests.outcomes('an owner suspends the other', $$update memberships set status = 'suspended' where id = tests.membership('manager')$$, '{
  "1": "owner manager", "BL403 owner_only": "admin"}');
update memberships set status = 'ended' where id = tests.membership('owner');
select tests.outcomes('the remaining owner leaves too', $$update memberships set status = 'ended' where id = tests.membership('manager')$$, '{
  "BL422 last_owner": "manager service"}');
select * from finish();
