select no_plan();
select tests.stage();
insert into people (id, organization_id, display_name)
values ('00000000-0000-4000-8000-0000000000aa', tests.org(), 'Unsigned Singer');

select tests.outcomes('read colleagues', 'select from people where organization_id = tests.org()', '{
  "11": "owner admin manager finance_director accountant booking artist crew service",
  "0": "suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('add somebody without a login', $$insert into people (organization_id, display_name)
  values (tests.org(), 'New Drummer')$$, '{
  "1": "owner admin service",
  "42501": "manager finance_director accountant booking artist crew suspended revoked stranger nobody anon"}');
select tests.outcomes('add somebody as another''s login', $$insert into people (organization_id, display_name, user_id)
  values (tests.org(), 'Puppet', tests.user_of('nobody'))$$, '{"42501": "owner admin crew anon"}');
select tests.outcomes('correct a colleague''s name', $$update people set display_name = 'Bo' where id = tests.person('booking')$$, '{
  "1": "owner admin booking", "0": "manager accountant artist crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('correct my own name', $$update people set first_name = 'Cy' where id = tests.person('crew')$$, '{
  "1": "crew owner admin", "0": "artist stranger"}');
select tests.outcomes('correct my name while suspended', $$update people set first_name = 'Su' where id = tests.person('suspended')$$, '{
  "0": "suspended revoked"}');
select tests.outcomes('archive a person', $$update people set archived_at = now() where id = tests.person('crew')$$, '{
  "1": "owner admin service", "BL403 not_permitted": "crew", "0": "manager artist stranger", "42501": "anon"}');
select tests.outcomes('link a person to my login', $$update people set user_id = tests.user_of('nobody')$$, '{"42501": "owner admin crew nobody anon"}');
select tests.outcomes('move a person elsewhere', $$update people set organization_id = tests.org('stranger')$$, '{"42501": "owner admin stranger"}');
select tests.outcomes('delete a person', 'delete from people where id = ''00000000-0000-4000-8000-0000000000aa''', '{
  "42501": "owner admin crew stranger anon", "1": "service"}');
select tests.outcomes('an empty name', $$update people set display_name = ' ' where id = tests.person('crew')$$, '{"23514": "owner crew"}');
select tests.outcomes('a short name with a long tail of blanks',
  $$update people set display_name = 'Cy' || repeat(' ', 119) where id = tests.person('crew')$$, '{"23514": "owner crew"}');
select tests.outcomes('a zone that is none', $$update people set time_zone = 'Berlin' where id = tests.person('crew')$$, '{"23514": "crew"}');
select throws_ok($$insert into people (organization_id, user_id, display_name)
  values (tests.org(), tests.user_of('crew'), 'Twin')$$, '23505', null, 'a login is one person in an organisation');
select lives_ok($$insert into people (organization_id, user_id, display_name)
  values (tests.org('stranger'), tests.user_of('crew'), 'Crew Abroad')$$, 'the same login may be a person elsewhere');
create function pg_temp.spy(id uuid) returns text language sql stable as $$
  select format('insert into people (id, organization_id, display_name) values (%L, %L, %L)', id, tests.org('stranger'), 'Spy') $$;
select tests.outcomes('a person who would follow another organisation', pg_temp.spy(tests.org()), '{"BL410 exists": "stranger"}');
select tests.outcomes('a person who would follow another''s desk', pg_temp.spy(sync.staff_scope(tests.org())), '{"BL410 exists": "stranger"}');
select tests.outcomes('a person who would hear another login', pg_temp.spy(tests.user_of('owner')), '{"BL410 exists": "stranger"}');
select tests.outcomes('a person with an id of their own', pg_temp.spy(gen_random_uuid()), '{"1": "stranger"}');
delete from auth.users where id = tests.user_of('booking');
select results_eq($$select user_id, display_name from people where id = tests.person('booking')$$,
  $$values (null::uuid, 'Booking')$$, 'a person outlives the login');
select is_empty($$select from memberships where id = tests.membership('booking')$$, 'the membership does not');
select * from finish();
