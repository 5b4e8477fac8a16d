select no_plan();
select tests.stage();

-- Only edge functions, and only by the door.
select tests.outcomes('jobs, read', 'select from jobs.jobs', '{"42501": "owner admin accountant crew stranger nobody anon service"}');
select tests.outcomes('lanes, read', 'select from jobs.lanes', '{"42501": "owner anon service"}');
select tests.outcomes('webhook events, read', 'select from jobs.webhook_events', '{"42501": "owner anon service"}');
select tests.outcomes('jobs, enqueue past the door', $$select jobs.enqueue('mail.invitations')$$, '{"42501": "owner anon service"}');
select tests.outcomes('jobs, enqueue', $$select worker.enqueue('mail.invitations')$$, '{"42501": "owner admin crew stranger anon", "1": "service"}');
select tests.outcomes('jobs, claim', $$select worker.claim('{mail.invitations}')$$, '{"42501": "owner admin crew stranger anon", "0": "service"}');
select tests.outcomes('jobs, complete', 'select worker.complete(1, gen_random_uuid())', '{"42501": "owner anon", "BL409 lease_lost": "service"}');
select tests.outcomes('jobs, fail', $$select worker.fail(1, gen_random_uuid(), 'retry', 'x')$$, '{"42501": "owner anon", "BL409 lease_lost": "service"}');
select tests.outcomes('webhooks, tell', $$select worker.receive('xero', 'e', '{}')$$, '{"42501": "owner anon", "1": "service"}');

create function pg_temp.put(kind text, key text default null, payload jsonb default '{}') returns bigint language sql as $$
  select jobs.enqueue(kind, tests.org(), payload, key) $$;
create function pg_temp.take(kinds text[] default '{sendgrid.a,xero.a,docusign.a,twilio.a}', at_most integer default 10) returns setof jobs.jobs
language sql as $$ select * from worker.claim(kinds, at_most) $$;
create function pg_temp.job(job bigint) returns jobs.jobs language sql as $$ select * from jobs.jobs where id = job $$;
create function pg_temp.lane(provider text) returns jobs.lanes language sql as $$
  select * from jobs.lanes l where l.provider = lane.provider and l.organization_id = tests.org() $$;
create function pg_temp.lease(job bigint) returns uuid language sql as $$ select lease_token from jobs.jobs where id = job $$;
create function pg_temp.fail(job bigint, class text, code text default 'down', retry_after double precision default null) returns timestamptz
language sql as $$ select worker.fail(job, pg_temp.lease(job), class, code, 'It says so.', retry_after) $$;
create function pg_temp.empty() returns void language sql as $$ delete from jobs.jobs; delete from jobs.lanes $$;
create function pg_temp.due(job bigint) returns void language sql as $$ update jobs.jobs set run_at = now() where id = job $$;

-- Enqueue.
select throws_ok($$select pg_temp.put('nobody.a')$$, 'BL400', 'unknown_provider');
select throws_ok($$select pg_temp.put('Xero a')$$, 'BL400', 'unknown_provider');
select is(pg_temp.put('sendgrid.a', 'k'), pg_temp.put('sendgrid.a', 'k'), 'the same key gives the errand that is open');
select is((select count(*)::integer from jobs.jobs), 1, 'and no second one');
select isnt(pg_temp.put('sendgrid.a', 'l'), pg_temp.put('sendgrid.a', 'k'), 'another key another one');
select isnt(jobs.enqueue('sendgrid.a', tests.org('stranger'), '{}', 'k'), pg_temp.put('sendgrid.a', 'k'), 'another organisation another one');
select is(jobs.enqueue('sendgrid.a', null, '{}', 'k'), jobs.enqueue('sendgrid.a', null, '{}', 'k'), 'our own errands are deduplicated too');
select pg_temp.empty();

-- A life.
create temp table it as select pg_temp.put('sendgrid.a', 'k', '{"n": 1}') as job;
select is((select array_agg(t.state || t.attempts) from pg_temp.take() t), '{running1}', 'a due errand is taken');
select is((select count(*)::integer from pg_temp.take()), 0, 'by one worker only');
select is(pg_temp.put('sendgrid.a', 'k', '{"n": 2}'), (select job from it), 'asked for while it runs it is the same errand');
select throws_ok($$select worker.complete((select job from it), gen_random_uuid())$$, 'BL409', 'lease_lost');
select is(worker.complete(job, pg_temp.lease(job)), 'waiting', 'then it runs once more') from it;
select is((select t.payload ->> 'n' from pg_temp.take() t), '2', 'with what was asked last');
select is(worker.complete(job, pg_temp.lease(job), '{"external_id": "x"}', 120), 'done', 'and is done') from it;
select throws_ok($$select worker.extend((select job from it), gen_random_uuid(), 5)$$, 'BL409', 'lease_lost');
select isnt(pg_temp.put('sendgrid.a', 'k'), job, 'after that the key is free') from it;
select is(jobs.cancel(job), false, 'what is done cannot be called back') from it;
select is(jobs.requeue(job), false, 'nor done again') from it;
select pg_temp.empty();

-- Failing: the rest doubles, a part of it is chance, twelve times is enough.
update it set job = pg_temp.put('sendgrid.a');
select ok(bool_and(jobs.rest_after(1) between interval '7.5 seconds' and interval '15 seconds'
    and jobs.rest_after(5) between interval '2 minutes' and interval '4 minutes'
    and jobs.rest_after(40) between interval '3 hours' and interval '6 hours'), 'rests grow, and end at six hours') from generate_series(1, 50);
select cmp_ok((select count(distinct jobs.rest_after(4))::integer from generate_series(1, 20)), '>', 15, 'and no two are alike');
select count(*) from pg_temp.take();
select cmp_ok(pg_temp.fail(job, 'retry', 'down', 300), '>=', clock_timestamp() + interval '299 seconds', 'what they ask for is heeded') from it;
select is(concat_ws(' ', j.state, j.attempts, j.error_class, j.error_code, j.error_message, j.lease_token), 'waiting 1 retry down It says so.', 'the error is kept') from it, pg_temp.job(job) j;
select is((select count(*)::integer from pg_temp.take()), 0, 'it rests');
select pg_temp.put('sendgrid.b', 'rest');
update jobs.jobs set attempts = 3, run_at = now() + interval '1 hour' where kind = 'sendgrid.b';
select cmp_ok((pg_temp.job(pg_temp.put('sendgrid.b', 'rest'))).run_at, '>', now() + interval '50 minutes', 'asking again does not cut the rest short');
update jobs.jobs set attempts = 11 where id = (select job from it);
select pg_temp.due(job) from it;
select count(*) from pg_temp.take();
select is(pg_temp.fail(job, 'unknown'), null, 'the twelfth time it is dead') from it;
select is((pg_temp.job(job)).state, 'dead', 'and says so') from it;
select is(jobs.requeue(job), true, 'somebody may try it again') from it;
select is((select t.attempts from pg_temp.take() t), 1, 'from the start');
select is(pg_temp.fail(job, 'fatal', 'bad_request'), null, 'what they refuse is not asked twice') from it;
select is(jobs.cancel(job), true, 'what is dead can be given up') from it;
select pg_temp.empty();

-- An expired lease.
update it set job = pg_temp.put('sendgrid.a');
select count(*) from pg_temp.take();
update jobs.jobs set leased_until = clock_timestamp() - interval '1 second';
create temp table old_lease as select pg_temp.lease(job) as lease from it;
select is((select concat_ws(' ', t.attempts, t.error_class, t.error_code) from pg_temp.take() t), '2 unknown lease_expired', 'is taken over, with the outcome unknown');
select throws_ok($$select worker.complete((select job from it), (select lease from old_lease))$$, 'BL409', 'lease_lost');
update jobs.jobs set leased_until = clock_timestamp() - interval '1 second', attempts = 12;
select is((select count(*)::integer from pg_temp.take()), 0, 'an errand that always kills its worker is not taken for ever');
select is((pg_temp.job(job)).state, 'dead', 'it is dead') from it;
select pg_temp.empty();

-- Lanes: somebody must have signed in; what runs at once and in a minute is limited.
select pg_temp.put('xero.a') from generate_series(1, 12);
select is((pg_temp.lane('xero')).held, 'disconnected', 'nothing leaves for where nobody has signed in');
select is((select count(*)::integer from pg_temp.take()), 0, 'so it waits');
update jobs.lanes set held = null;
select is((select count(*)::integer from pg_temp.take()), 5, 'five at once');
select is((select count(*)::integer from pg_temp.take()), 0, 'not six');
select worker.complete(id, lease_token) from jobs.jobs where state = 'running' order by id limit 2;
select is((select count(*)::integer from pg_temp.take()), 2, 'two come back, two go out');
update jobs.lanes set asked_today = 4999;
select worker.complete(id, lease_token) from jobs.jobs where state = 'running';
select is((select count(*)::integer from pg_temp.take()), 1, 'the day has an end');
update jobs.lanes set day = day - 1;
select cmp_ok(worker.permit(id, lease_token), '=', 0::double precision, 'the next day has room') from jobs.jobs where state = 'running';
select is((pg_temp.lane('xero')).asked_today, 1, 'and counts anew');
update jobs.lanes set tokens = 0, filled_at = clock_timestamp();
select ok(worker.permit(id, lease_token) between 0.5 and 1.6, 'an empty bucket says how long to wait') from jobs.jobs where state = 'running';
update jobs.lanes set tokens = 0, filled_at = clock_timestamp() - interval '1 minute';
select is((select count(*)::integer from generate_series(1, 60) turn, jobs.jobs j where j.state = 'running' and case when turn > 0 then worker.permit(j.id, j.lease_token) end = 0), 20, 'after a rest a third of the minute may go at once');
select throws_ok('select worker.permit(1, gen_random_uuid())', 'BL409', 'lease_lost');
select pg_temp.empty();

-- Being asked to wait: the lane waits, the attempt does not count, the breaker stays shut.
select pg_temp.put('sendgrid.a') from generate_series(1, 8);
select pg_temp.fail(id, 'throttle', 'too_many', 600) from pg_temp.take() order by id;
select is((select sum(attempts)::integer from jobs.jobs), 0, 'being throttled costs no attempt');
select is(jobs.breaker(pg_temp.lane('sendgrid')), 'closed', 'however often, it opens no breaker');
select pg_temp.put('sendgrid.a');
select is((select count(*)::integer from pg_temp.take()), 0, 'nobody else of the lane asks meanwhile');
select jobs.enqueue('sendgrid.a', tests.org('stranger'));
select is((select count(*)::integer from pg_temp.take()), 1, 'another organisation is not held up');
select pg_temp.empty();

-- The breaker.
select pg_temp.put('sendgrid.a') from generate_series(1, 12);
select pg_temp.fail(id, 'retry') from pg_temp.take(at_most => 4);
select is(jobs.breaker(pg_temp.lane('sendgrid')), 'closed', 'four failures are bad luck');
select pg_temp.fail(id, 'unknown') from pg_temp.take(at_most => 1);
select is(jobs.breaker(pg_temp.lane('sendgrid')), 'open', 'five open the breaker');
select jobs.enqueue('sendgrid.a', tests.org('stranger'));
select is((select array_agg(t.organization_id) from pg_temp.take() t), array[tests.org('stranger')], 'of this organisation only');
update jobs.lanes set open_until = clock_timestamp() - interval '1 second' where organization_id = tests.org();
select is((select count(*)::integer from pg_temp.take()), 1, 'half-open lets one probe through');
select is((select count(*)::integer from pg_temp.take()), 0, 'and no second');
select pg_temp.fail(id, 'throttle', 'too_many', 1) from jobs.jobs where state = 'running' and organization_id = tests.org();
select is(jobs.breaker(pg_temp.lane('sendgrid')), 'half_open', 'a throttled probe tells nothing');
update jobs.lanes set throttled_until = null;
select pg_temp.fail(id, 'retry') from pg_temp.take();
select cmp_ok((pg_temp.lane('sendgrid')).open_until, '>', clock_timestamp() + interval '110 seconds', 'a failed probe opens it for twice as long');
update jobs.lanes set open_until = clock_timestamp() - interval '1 second' where organization_id = tests.org();
select worker.complete(id, lease_token) from pg_temp.take();
select is(jobs.breaker(pg_temp.lane('sendgrid')), 'closed', 'a probe that comes home closes it');
update jobs.lanes set failures = 4;
select pg_temp.fail(id, 'fatal', 'bad_request') from pg_temp.take(at_most => 1);
select is((pg_temp.lane('sendgrid')).failures, 0, 'a refusal is an answer: somebody is there');
select pg_temp.empty();

-- Signed out over there.
update it set job = pg_temp.put('xero.a');
update jobs.lanes set held = null;
select isnt(pg_temp.fail(t.id, 'fatal', 'sign_in_again'), null, 'an errand that found us signed out is kept') from pg_temp.take() t;
select is((pg_temp.lane('xero')).held, 'needs_attention', 'its lane waits for somebody');
select is((pg_temp.job(job)).attempts, 0, 'and no attempt is lost') from it;
select pg_temp.empty();

-- Lanes take turns.
select pg_temp.put('sendgrid.a') from generate_series(1, 20);
select count(*) from pg_temp.take(at_most => 2);
select jobs.enqueue('sendgrid.a', tests.org('stranger')) from generate_series(1, 2);
select is((select array_agg(t.organization_id) from pg_temp.take(at_most => 2) t), array[tests.org('stranger'), tests.org('stranger')], 'who has not been served comes first');
select is((select count(*)::integer from pg_temp.take('{sendgrid.b}')), 0, 'kinds that a worker does not know stay where they are');
select pg_temp.empty();

-- Webhooks.
select is(worker.receive('xero', 'e1', '{"a":1}', tests.org()), true, 'a telling is kept');
select is(worker.receive('xero', 'e1', '{"a":1}', tests.org()), false, 'the same one is known');
select is(worker.receive('docusign', 'e1', '{}', tests.org()), true, 'another provider''s is another');
select is((select count(*)::integer from jobs.jobs where kind = 'xero.webhook'), 1, 'one errand works on it');
select is((select e.told || e.body from jobs.jobs j, worker.webhook_event((j.payload ->> 'event')::bigint) e where j.kind = 'xero.webhook'), '2{"a":1}', 'and finds it as it came');
select worker.settle_event((payload ->> 'event')::bigint) from jobs.jobs where kind = 'xero.webhook';
update jobs.webhook_events set settled_at = now() - interval '31 days' where state = 'done';
update jobs.jobs set state = 'done', finished_at = now() - interval '15 days' where kind = 'docusign.webhook';
update jobs.jobs set state = 'dead', finished_at = now() - interval '90 days' where kind = 'xero.webhook';
select is(worker.tidy(), 2, 'what is over is forgotten in time');
select is((select array_agg(state) from jobs.jobs), '{dead}', 'what died is kept until somebody has looked');

-- Credentials.
select is(worker.put_credentials(tests.org(), 'xero', 'k1', 'w', 's', now()), 1::bigint, 'an envelope is kept');
select tests.outcomes('credentials, read', 'select from jobs.credentials', '{"42501": "owner admin crew stranger anon service"}');
select tests.outcomes('credentials, open', $$select from worker.credentials(tests.org(), 'xero')$$, '{"42501": "owner admin crew stranger anon", "1": "service"}');
select tests.outcomes('credentials, put', $$select worker.put_credentials(tests.org(), 'xero', 'k', 'w', 's')$$, '{"42501": "owner admin anon", "1": "service"}');
create temp table lease as select worker.lease_refresh(tests.org(), 'xero', 1) as token;
select isnt(token, null, 'one may refresh') from lease;
select is(worker.lease_refresh(tests.org(), 'xero', 1), null, 'and nobody beside');
select is(worker.put_credentials(tests.org(), 'xero', 'k1', 'w', 's2', now(), token), 2::bigint, 'who holds the lease may write') from lease;
select throws_ok($$select worker.put_credentials(tests.org(), 'xero', 'k1', 'w', 's3', now(), (select token from lease))$$, 'BL409', 'lease_lost');
select is(worker.lease_refresh(tests.org(), 'xero', 1), null, 'what was seen is out of date');
update lease set token = worker.lease_refresh(tests.org(), 'xero', 2, 0);
select isnt(worker.lease_refresh(tests.org(), 'xero', 2), null, 'a lease that ran out is free');
select is((select count(*)::integer from worker.credentials_under('k1')), 1, 'whose envelopes a key still opens is known');
select worker.drop_credentials(tests.org(), 'xero');
select is_empty($$select from worker.credentials(tests.org(), 'xero')$$, 'signing out forgets them');
select * from finish();
