select no_plan();
select tests.stage();
create temp table phones as select gen_random_uuid() phone, gen_random_uuid() laptop, gen_random_uuid() second_session;
grant select on phones to public;
insert into auth.sessions (id, user_id, created_at) select second_session, tests.user_of('crew'), now() from phones;

select tests.outcomes('register a device', $$select register_device(phone, 'Phone', true) from phones$$, '{
  "1": "owner crew stranger suspended", "BL401 signed_out": "revoked nobody", "42501": "anon"}');
select tests.outcomes('list devices', 'select from my_devices()', '{"0": "owner crew", "BL401 signed_out": "revoked", "42501": "anon"}');
select tests.outcomes('end an unknown device', 'select end_device(gen_random_uuid())', '{
  "BL404 device_not_found": "owner crew", "BL401 signed_out": "revoked", "42501": "anon"}');
select tests.outcomes('end the others when there are none', 'select end_other_devices()', '{"1": "crew", "BL401 signed_out": "revoked", "42501": "anon"}');

select tests.sign_in_as('crew');
select set_config('request.headers', '{"x-forwarded-for":"203.0.113.9","user-agent":"Phone/1"}', true);
select register_device(phone, ' ', false) from phones;
select register_device(phone, 'Crew''s phone', true) from phones;
select results_eq('select name, trusted, host(ip), user_agent, is_this_device from my_devices()',
  $$values ('Crew''s phone', true, '203.0.113.9', 'Phone/1', true)$$, 'registering again updates the one entry');
select tests.sign_in_as(tests.user_of('crew'), second_session) from phones;
select register_device(laptop, '', false) from phones;
select results_eq('select name, is_this_device from my_devices() order by name',
  $$values ('Crew''s phone', false), ('Device', true)$$, 'a second device stands beside the first; the nameless one gets a name');
select tests.sign_out();

select tests.outcomes('the table', 'select from device_sessions', '{"2": "crew", "0": "owner admin stranger revoked", "42501": "anon"}');
select tests.outcomes('write to the table', $$insert into device_sessions (user_id, session_id, device_id, name)
  values (tests.user_of('crew'), gen_random_uuid(), gen_random_uuid(), 'Fake')$$, '{"42501": "crew owner anon"}');
select tests.outcomes('rewrite the table', $$update device_sessions set trusted = true$$, '{"42501": "crew owner anon"}');
select tests.outcomes('delete from the table', 'delete from device_sessions', '{"42501": "crew owner anon"}');
select tests.outcomes('end somebody else''s device', $$select end_device(d.id) from device_sessions d$$, '{"0": "owner stranger"}');
select tests.outcomes('work on the phone', 'select from access.my_orgs()', '{"1": "crew"}');

-- The laptop ends the phone.
create temp table the_phone as select id from device_sessions where session_id = tests.session_of('crew');
grant select on the_phone to public;
select tests.outcomes('end a stranger''s device by id', 'select end_device(id) from the_phone', '{"BL404 device_not_found": "owner stranger"}');
select tests.sign_in_as(tests.user_of('crew'), second_session) from phones;
select lives_ok('select end_device(id) from the_phone', 'a device is ended from another');
select results_eq('select name from my_devices()', $$values ('Device')$$, 'it leaves the list');
select isnt_empty('select from access.my_orgs()', 'the device that ended it works on');
select tests.sign_out();
select is_empty($$select from auth.sessions where id = tests.session_of('crew')$$, 'Auth will not renew its session');
select tests.outcomes('work on the ended phone', 'select from access.my_orgs()', '{"0": "crew"}');
select tests.outcomes('see people on the ended phone', 'select from people', '{"0": "crew"}');
select tests.outcomes('write on the ended phone', $$update people set title = 'x' where id = tests.person('crew')$$, '{"0": "crew"}');
select tests.outcomes('pull on the ended phone, which must not take silence for a deletion', 'select sync_pull()', '{"BL401 signed_out": "crew"}');
select tests.outcomes('ask on the ended phone', 'select from my_devices()', '{"BL401 signed_out": "crew"}');
select tests.outcomes('register the ended phone again', $$select register_device(phone, 'Phone', true) from phones$$, '{"BL401 signed_out": "crew"}');

-- A device that signs in anew leaves its earlier session behind.
select tests.sign_in_as('owner');
select register_device(phone, 'Old', false) from phones;
select tests.sign_out();
create temp table fresh as select tests.create_session(tests.user_of('owner')) session;
grant select on fresh to public;
select tests.sign_in_as(tests.user_of('owner'), session) from fresh;
select register_device(phone, 'New', false) from phones;
select results_eq('select name from my_devices()', $$values ('New')$$, 'one device, one session');
select tests.sign_out();
select tests.outcomes('the earlier session', 'select from access.my_orgs()', '{"0": "owner"}');

-- Everywhere else at once; and a session that Auth dropped is dead although nobody revoked it here.
select tests.make_member('traveller', tests.org(), 'manager');
select tests.sign_in_as('traveller');
select register_device(gen_random_uuid(), 'Home', false);
select tests.sign_out();
create temp table trips as select tests.create_session(tests.user_of('traveller')) session from generate_series(1, 2);
grant select on trips to public;
select tests.sign_in_as(tests.user_of('traveller'), session), register_device(gen_random_uuid(), 'Trip', false) from trips;
select is((select count(*) from my_devices()), 3::bigint, 'three devices');
select is(end_other_devices(), 2, 'the two others are ended');
select results_eq('select is_this_device from my_devices()', $$values (true)$$, 'this one stays');
select tests.sign_out();
select tests.outcomes('at home', 'select from access.my_orgs()', '{"0": "traveller"}');
select tests.sign_in_as('admin');
select register_device(gen_random_uuid(), 'Desk', false);
select tests.sign_out();
select tests.outcomes('before sign-out', 'select from access.my_orgs()', '{"1": "admin"}');
delete from auth.sessions where id = tests.session_of('admin');
select tests.outcomes('with the token left over after sign-out', 'select from access.my_orgs()', '{"0": "admin"}');

-- Whoever stole a password need not register a device: the session is ended all the same.
create temp table thief as select tests.create_session(tests.user_of('manager')) session;
grant select on thief to public;
create function pg_temp.as_thief() returns bigint language plpgsql as $$
declare
  seen bigint;
begin
  perform tests.sign_in_as(tests.user_of('manager'), t.session) from thief t;
  select count(*) into seen from access.my_orgs();
  perform tests.sign_out();
  return seen;
end $$;
select is(pg_temp.as_thief(), 1::bigint, 'a session without a registered device works');
select tests.sign_in_as('manager');
select is(end_other_devices(), 1, 'it is one of the others and ends with them');
select tests.sign_out();
select is(pg_temp.as_thief(), 0::bigint, 'its token opens nothing any more');
select is_empty('select from auth.sessions s join thief t on t.session = s.id', 'and Auth will not renew it');
select isnt_empty($$select from auth.sessions where id = tests.session_of('manager')$$, 'the one that asked goes on');
update thief set session = tests.create_session(tests.user_of('manager'));
delete from auth.sessions s using thief t where s.id = t.session;
select is(pg_temp.as_thief(), 0::bigint, 'signed out by Auth, an unregistered session is dead at once too');

update private.revoked_sessions set revoked_at = now() - interval '8 days';
select private.end_sessions('{}');
select is_empty('select from private.revoked_sessions', 'revocations are forgotten when no token can be left');
select * from finish();
