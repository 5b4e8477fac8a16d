select no_plan();
select tests.stage();

select tests.outcomes('read who holds which role', 'select from membership_roles where organization_id = tests.org()', '{
  "10": "owner admin manager accountant artist crew service", "0": "suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('grant a second role', $$insert into membership_roles (organization_id, membership_id, role)
  values (tests.org(), tests.membership('crew'), 'manager')$$, '{
  "1": "owner admin service",
  "42501": "manager finance_director accountant booking artist crew suspended revoked stranger nobody anon"}');
select tests.outcomes('grant it as a device does, with the login named', $$insert into membership_roles
  (id, organization_id, membership_id, user_id, role)
  values (gen_random_uuid(), tests.org(), tests.membership('crew'), tests.user_of('crew'), 'staff')$$, '{"1": "owner admin"}');
select tests.outcomes('make myself owner', $$insert into membership_roles (organization_id, membership_id, role)
  values (tests.org(), tests.membership('admin'), 'owner')$$, '{
  "BL403 owner_only": "admin manager crew stranger", "1": "owner service"}');
select tests.outcomes('take a role away', $$delete from membership_roles where membership_id = tests.membership('crew')$$, '{
  "1": "owner admin service", "0": "manager accountant artist crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('take the owner''s role', $$delete from membership_roles where role = 'owner' and organization_id = tests.org()$$, '{
  "BL403 owner_only": "admin", "BL422 last_owner": "owner service", "0": "manager crew stranger nobody"}');
select tests.outcomes('rewrite a role', $$update membership_roles set role = 'owner'$$, '{"42501": "owner admin crew stranger anon"}');
select tests.outcomes('grant a role that is none', $$insert into membership_roles (organization_id, membership_id, role)
  values (tests.org(), tests.membership('crew'), 'king')$$, '{"23514": "owner admin"}');
select tests.outcomes('grant the same role twice', $$insert into membership_roles (organization_id, membership_id, role)
  values (tests.org(), tests.membership('crew'), 'crew')$$, '{"23505": "owner admin"}');
select tests.outcomes('grant a role to a stranger''s membership', $$insert into membership_roles (organization_id, membership_id, role)
  values (tests.org(), tests.membership('stranger'), 'admin')$$, '{"23503": "owner admin"}');
select tests.outcomes('grant a role in the stranger''s organisation', $$insert into membership_roles (organization_id, membership_id, role)
  values (tests.org('stranger'), tests.membership('stranger'), 'crew')$$, '{"42501": "owner admin crew", "1": "stranger"}');

-- What a grant records, and what several roles add up to.
select tests.sign_in_as('admin');
insert into membership_roles (organization_id, membership_id, user_id, role)
values (tests.org(), tests.membership('crew'), tests.user_of('owner'), 'accountant');
select results_eq($$select user_id, granted_by, created_by from membership_roles where role = 'accountant'
    and membership_id = tests.membership('crew')$$,
  $$select tests.user_of('crew'), tests.user_of('admin'), tests.user_of('admin')$$,
  'a grant names the membership''s own login and the granter, whatever was sent');
select tests.sign_out();
select tests.outcomes('pay claims', $$select from access.my_orgs_with('expenses:pay')$$, '{"1": "crew accountant", "0": "artist manager"}');
select tests.outcomes('one organisation, several roles', $$select from access.my_orgs_with('expenses:read')$$, '{"1": "crew"}');

-- Two owners: one may step down, then the other may not.
select tests.sign_in_as('owner');
insert into membership_roles (organization_id, membership_id, role) values (tests.org(), tests.membership('artist'), 'owner');
delete from membership_roles where role = 'owner' and membership_id = tests.membership('owner');
select tests.sign_out();
select tests.outcomes('the new owner', 'select from access.my_orgs_as_owner()', '{"1": "artist", "0": "owner"}');
select tests.outcomes('the new owner steps down', $$delete from membership_roles where role = 'owner'
  and membership_id = tests.membership('artist')$$, '{"BL422 last_owner": "artist"}');
update memberships set status = 'suspended' where id = tests.membership('crew');
insert into membership_roles (organization_id, membership_id, role) values (tests.org(), tests.membership('crew'), 'owner');
select tests.outcomes('step down in favour of a suspended owner', $$delete from membership_roles where role = 'owner'
  and membership_id = tests.membership('artist')$$, '{"BL422 last_owner": "artist"}');
select * from finish();
