select no_plan();
select tests.stage();
create function pg_temp.try(actor text, valid boolean) returns text language plpgsql as $$
declare
  answer jsonb := private.hook__password_verification_attempt(
    jsonb_build_object('user_id', tests.user_of(actor), 'valid', valid));
begin
  return coalesce(answer ->> 'decision', concat(answer #>> '{error,http_code}', ' ', answer #>> '{error,message}'));
end $$;
create function pg_temp.later(actor text, pause interval) returns void language plpgsql as $$
begin
  update private.password_attempts set locked_until = locked_until - pause,
    failures = array(select f - pause from unnest(failures) f)
  where user_id = tests.user_of(actor);
end $$;

-- Five in a minute.
select is(pg_temp.try('crew', false), 'continue', 'wrong password ' || n || ' is answered by Auth') from generate_series(1, 5) n;
select is(pg_temp.try('crew', false), '429 too_many_attempts; retry_after=60', 'the sixth within a minute has to wait');
select is(pg_temp.try('crew', true), '429 too_many_attempts; retry_after=60', 'so has the right one');
select is((select consecutive from private.password_attempts where user_id = tests.user_of('crew')), 5, 'a refused try is not counted');
select is(pg_temp.try('artist', false), 'continue', 'another login does not wait');
select pg_temp.later('crew', interval '45 seconds');
select is(pg_temp.try('crew', true), '429 too_many_attempts; retry_after=15', 'the wait grows shorter');
select pg_temp.later('crew', interval '15 seconds');
select is(pg_temp.try('crew', true), 'continue', 'after a minute the right password is let in');
select is((select consecutive from private.password_attempts where user_id = tests.user_of('crew')), 0, 'and the row of failures is broken');

-- Ten in fifteen minutes, though a right one came between.
select pg_temp.later('crew', interval '1 minute');
select is(pg_temp.try('crew', false), 'continue', 'failure ' || n || ' of the second five') from generate_series(6, 10) n;
select pg_temp.later('crew', interval '1 minute');
select is(pg_temp.try('crew', true), '429 too_many_attempts; retry_after=720', 'ten in fifteen minutes wait until the first is old');
select pg_temp.later('crew', interval '12 minutes');
select is(pg_temp.try('crew', true), 'continue', 'then the right one is let in');

-- Ten in a row.
create function pg_temp.fail_slowly(actor text, times integer) returns void language plpgsql as $$
begin
  for n in 1..times loop
    perform pg_temp.try(actor, false), pg_temp.later(actor, interval '2 minutes');
  end loop;
end $$;
select pg_temp.fail_slowly('manager', 9);
select is(pg_temp.try('manager', false), 'continue', 'the tenth in a row is answered by Auth');
select is(pg_temp.try('manager', true), '429 account_locked; retry_after=1800', 'then even the right one is locked out for 30 minutes');
select pg_temp.later('manager', interval '29 minutes');
select is(pg_temp.try('manager', false), '429 account_locked; retry_after=60', 'the lock holds to its end');
select is(pg_temp.try('manager', true), '429 account_locked; retry_after=60', 'and tries do not lengthen it');
select pg_temp.later('manager', interval '1 minute');
select is(pg_temp.try('manager', false), 'continue', 'after it, one more mistake does not lock again');
select is(pg_temp.try('manager', true), 'continue', 'and the right password opens');
select is((select cardinality(failures) from private.password_attempts where user_id = tests.user_of('manager')), 10,
  'no more than ten failures are kept');
select results_eq($$select organization_id, entity_id, metadata ? 'until' from audit_log where action = 'locked_out'$$,
  $$select tests.org(), tests.user_of('manager'), true$$, 'the lock-out is in the organisation''s audit log, once');

select pg_temp.fail_slowly('artist', 9);
select is(pg_temp.try('artist', true), '429 account_locked; retry_after=1680', 'a locked login');
update auth.users set encrypted_password = 'new hash' where id = tests.user_of('artist');
select is(pg_temp.try('artist', true), 'continue', 'opens at once to a password chosen anew by e-mail');

-- Slow mistakes never lock: ten spread over hours are only a row of ten.
select pg_temp.fail_slowly('booking', 4);
select is(pg_temp.try('booking', true), 'continue', 'a right one after four wrong ones');
select pg_temp.later('booking', interval '1 hour'), pg_temp.fail_slowly('booking', 9);
select is(pg_temp.try('booking', true), 'continue', 'nine in a row do not lock');

-- Who may call.
select ok(has_function_privilege('supabase_auth_admin', 'private.hook__password_verification_attempt(jsonb)', 'execute')
  and has_schema_privilege('supabase_auth_admin', 'private', 'usage'), 'Auth may call the password hook');
select ok(has_function_privilege('supabase_auth_admin', 'private.hook__custom_access_token(jsonb)', 'execute'), 'and the token hook');
select tests.outcomes('call the password hook', $$select private.hook__password_verification_attempt('{}')$$, '{
  "42501": "owner crew anon service"}');
select tests.outcomes('read the failures', 'select from private.password_attempts', '{"42501": "owner crew anon service"}');

-- How long a session lives.
create function pg_temp.renew(actor text) returns text language plpgsql as $$
declare
  answer jsonb := private.hook__custom_access_token(jsonb_build_object('user_id', tests.user_of(actor),
    'claims', jsonb_build_object('sub', tests.user_of(actor), 'session_id', tests.session_of(actor))));
begin
  return coalesce(answer #>> '{error,message}', answer #>> '{claims,sub}');
end $$;
select is(pg_temp.renew('crew'), tests.user_of('crew')::text, 'a young session is renewed, its claims untouched');
update auth.sessions set created_at = now() - interval '8 days' where id = tests.session_of('crew');
select is(pg_temp.renew('crew'), 'session_expired', 'a session unused for more than 7 days is not');
update auth.sessions set refreshed_at = (now() - interval '6 days') at time zone 'UTC' where id = tests.session_of('crew');
select is(pg_temp.renew('crew'), tests.user_of('crew')::text, 'use keeps it alive');
update auth.sessions set created_at = now() - interval '20 days', refreshed_at = (now() - interval '19 days') at time zone 'UTC'
where id = tests.session_of('crew');
select is(pg_temp.renew('crew'), 'session_expired', 'nineteen idle days are too long');
insert into device_sessions (user_id, session_id, device_id, name, trusted)
values (tests.user_of('crew'), tests.session_of('crew'), gen_random_uuid(), 'Phone', true);
select is(pg_temp.renew('crew'), tests.user_of('crew')::text, 'but not on a trusted device');
update auth.sessions set created_at = now() - interval '31 days', refreshed_at = now() at time zone 'UTC' where id = tests.session_of('crew');
select is(pg_temp.renew('crew'), 'session_expired', 'after 30 days everybody signs in again');
select is(pg_temp.renew('revoked'), 'session_expired', 'an ended session is not renewed');
select is(private.hook__custom_access_token('{"claims":{"sub":"x"}}'), '{"claims":{"sub":"x"}}', 'a token without a session passes');
select * from finish();
