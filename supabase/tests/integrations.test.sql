select no_plan();
select tests.stage();
create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('e0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
create function pg_temp.op(id uuid) returns text language sql as $$ select format('jsonb_build_object(''op'', ''cmd'', ''id'', %L)', id) $$;
create function pg_temp.told() returns void language sql as $$ set constraints jobs._500_tell immediate; set constraints jobs._500_tell deferred $$;
create function pg_temp.here() returns public.integrations language sql as $$
  select * from integrations where organization_id = tests.org() and provider = 'xero' $$;
create function pg_temp.at_work() returns public.deliveries language sql as $$
  select * from deliveries where subject_id = pg_temp.id(1) and provider = 'xero' $$;
grant execute on function pg_temp.id(integer), pg_temp.here(), pg_temp.at_work() to public;
create function pg_temp.lane() returns jobs.lanes language sql as $$
  select * from jobs.lanes where organization_id = tests.org() and provider = 'xero' $$;
create function pg_temp.fail(class text, code text default 'down', retry_after double precision default null) returns timestamptz language sql as $$
  select worker.fail(j.id, j.lease_token, class, code, 'x', retry_after) from worker.claim('{xero.push_bill}') j $$;

insert into expenses (id, organization_id, person_id, amount_minor, currency, expense_date, description)
select pg_temp.id(n), tests.org(), tests.person('artist'), 100, 'EUR', '2026-03-01', 'Claim' from generate_series(1, 2) n;
select worker.put_credentials(tests.org(), 'xero', 'k', 'w', 's');
select worker.connect(tests.org(), 'xero', 'North Ltd', 'tenant-1', tests.user_of('admin'), true);
select worker.connect(tests.org('stranger'), 'xero', 'South Ltd', 'tenant-2');

-- Who sees how an organisation stands.
select tests.outcomes('integrations, read', 'select from integrations',
  '{"1": "owner admin finance_director accountant manager booking stranger", "0": "artist crew suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('integrations, enter', $$insert into integrations (organization_id, provider) values (tests.org(), 'docusign')$$, '{"42501": "owner admin stranger anon"}');
select tests.outcomes('integrations, change', $$update integrations set status = 'paused'$$, '{"42501": "owner admin anon"}');
select tests.outcomes('integrations, delete', 'delete from integrations', '{"42501": "owner admin anon"}');
select is(concat_ws(' ', i.status, i.account_name, i.sandbox, i.connected_by = tests.person('admin')), 'connected North Ltd t t', 'connected by whom is known') from pg_temp.here() i;
select is(array(select worker.organizations_of('xero', 'tenant-1')), array[tests.org()], 'an account leads to its organisation');
select is((select count(*)::integer from audit_log where entity_type = 'integrations'), 2, 'connecting is in the log');

-- A delivery follows its errand.
select jobs.enqueue('xero.push_bill', tests.org(), '{}', 'bill:1', 'expenses', pg_temp.id(1));
select pg_temp.told();
select is(concat_ws(' ', d.state, d.reader, d.person_id = tests.person('artist')), 'queued expenses:read t', 'it is queued, and belongs to whom the claim belongs') from pg_temp.at_work() d;
select tests.outcomes('deliveries, read', 'select from deliveries',
  '{"1": "owner admin finance_director accountant manager booking artist", "0": "crew stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('deliveries, enter', $$insert into deliveries (organization_id, provider, subject_table, subject_id, state)
  values (tests.org(), 'xero', 'expenses', gen_random_uuid(), 'sent')$$, '{"42501": "owner artist anon"}');
select tests.outcomes('deliveries, change', $$update deliveries set state = 'sent'$$, '{"42501": "owner artist anon"}');
select tests.outcomes('deliveries, delete', 'delete from deliveries', '{"42501": "owner artist anon"}');
select pg_temp.fail('unknown', 'timed_out');
select pg_temp.told();
select ok(d.state = 'retrying' and d.tries = 1 and d.error_code = 'timed_out' and d.next_try_at > now(), 'after a failure it says when it goes out again') from pg_temp.at_work() d;
select ok(i.error_code = 'timed_out' and i.next_try_at = (pg_temp.at_work()).next_try_at, 'and so does the integration') from pg_temp.here() i;
update jobs.jobs set run_at = now();
select pg_temp.fail('throttle', 'too_many_requests', 600);
select pg_temp.told();
select cmp_ok((pg_temp.at_work()).next_try_at, '>', now() + interval '9 minutes', 'what they ask for is what people are told');
update jobs.lanes set throttled_until = null, open_until = null;
update jobs.jobs set run_at = now();
select is((select j.look_first from worker.claim('{xero.push_bill}') j), true, 'that an outcome is unknown is not forgotten for being told to wait');
select pg_temp.told();
select is((pg_temp.at_work()).state, 'sending', 'it is on its way');
select worker.complete(id, lease_token, '{"external_id": "b-1", "external_url": "https://go.xero.com/b-1"}', 900) from jobs.jobs where state = 'running';
select pg_temp.told();
select is(concat_ws(' ', d.state, d.external_id, d.external_url, d.error_code), 'sent b-1 https://go.xero.com/b-1', 'it is there, and where') from pg_temp.at_work() d;
select is(concat_ws(' ', i.error_code, i.next_try_at, i.succeeded_at is not null), 't', 'and the integration is well') from pg_temp.here() i;
select is((select look_first from jobs.jobs where state = 'done'), false, 'nothing is in doubt any more');
select is((select count(*)::integer from audit_log where entity_type = 'integrations' and action = 'update'), 0, 'its pulse is not in the log');

-- Pausing, resuming, disconnecting.
select tests.outcomes('integrations, pause', format('select commands.integrations_pause(%s)', pg_temp.op((pg_temp.here()).id)),
  '{"1": "owner admin", "BL403 not_permitted": "finance_director accountant manager", "BL404 gone": "artist crew stranger suspended nobody", "42501": "anon"}');
select tests.outcomes('integrations, disconnect', format('select commands.integrations_disconnect(%s)', pg_temp.op((pg_temp.here()).id)),
  '{"1": "owner admin", "BL403 not_permitted": "accountant", "BL404 gone": "crew stranger", "42501": "anon"}');
select tests.outcomes('integrations, retry', format('select commands.integrations_retry(%s)', pg_temp.op((pg_temp.here()).id)),
  '{"1": "owner admin finance_director accountant", "BL403 not_permitted": "manager", "BL404 gone": "crew stranger", "42501": "anon"}');
select tests.sign_in_as('admin');
select is(commands.integrations_pause(jsonb_build_object('id', (pg_temp.here()).id)) -> 'row' ->> 'status', 'paused', 'paused');
select is(commands.integrations_pause(jsonb_build_object('id', (pg_temp.here()).id)) -> 'row' ->> 'status', 'paused', 'twice is the same');
select tests.sign_out();
select is((pg_temp.lane()).held, 'paused', 'nothing leaves');
select tests.sign_in_as('admin');
select is(commands.integrations_resume(jsonb_build_object('id', (pg_temp.here()).id)) -> 'row' ->> 'status', 'connected', 'resumed');
select tests.sign_out();
select is((pg_temp.lane()).held, null, 'it leaves again');
select cmp_ok((select count(*)::integer from audit_log where entity_type = 'integrations' and action = 'update'), '=', 2, 'both are in the log');

-- Retrying and giving up one thing, or everything.
select jobs.enqueue('xero.push_bill', tests.org(), '{}', 'bill:1', 'expenses', pg_temp.id(1));
select pg_temp.fail('fatal', 'account_unknown');
select pg_temp.told();
select is(concat_ws(' ', d.state, d.error_code, d.next_try_at), 'failed account_unknown', 'what they do not accept has failed') from pg_temp.at_work() d;
select is((pg_temp.here()).error_code, null, 'but says nothing about the provider');
select tests.outcomes('deliveries, retry', format('select commands.deliveries_retry(%s)', pg_temp.op((pg_temp.at_work()).id)),
  '{"1": "owner admin finance_director accountant", "BL403 not_permitted": "manager artist", "BL404 gone": "crew stranger", "42501": "anon"}');
select tests.outcomes('deliveries, give up', format('select commands.deliveries_cancel(%s)', pg_temp.op((pg_temp.at_work()).id)),
  '{"1": "owner accountant", "BL403 not_permitted": "manager artist", "BL404 gone": "crew stranger", "42501": "anon"}');
select tests.sign_in_as('accountant');
select is(commands.deliveries_retry(jsonb_build_object('id', (pg_temp.at_work()).id)) -> 'row' ->> 'state', 'queued', 'tried again');
select is(commands.deliveries_cancel(jsonb_build_object('id', (pg_temp.at_work()).id)) -> 'row' ->> 'error_code', 'given_up', 'given up');
select is(commands.deliveries_cancel(jsonb_build_object('id', (pg_temp.at_work()).id)) -> 'row' ->> 'error_code', 'given_up', 'twice is the same');
select is(commands.deliveries_retry(jsonb_build_object('id', (pg_temp.at_work()).id)) -> 'row' ->> 'state', 'queued', 'and taken up again');
select tests.sign_out();
select count(*) from worker.claim('{xero.push_bill}');
select pg_temp.told();
select tests.outcomes('deliveries, give up what is leaving', format('select commands.deliveries_cancel(%s)', pg_temp.op((pg_temp.at_work()).id)), '{"BL422 left_already": "owner"}');
select worker.fail(id, lease_token, 'retry', 'down') from jobs.jobs where state = 'running';
update jobs.lanes set open_until = now() + interval '10 minutes' where id = (pg_temp.lane()).id;
select tests.sign_in_as('accountant');
select is(commands.integrations_retry(jsonb_build_object('id', (pg_temp.here()).id)) ->> 's', 'applied', 'everything now');
select tests.sign_out();
select is((select count(*)::integer from worker.claim('{xero.push_bill}')), 1, 'goes out, through an open breaker as its probe');

-- Signed out over there, and in again; disconnecting forgets.
select worker.fail(id, lease_token, 'fatal', 'sign_in_again') from jobs.jobs where state = 'running';
select pg_temp.told();
select is(concat_ws(' ', i.status, i.error_code), 'needs_attention sign_in_again', 'somebody must sign in again') from pg_temp.here() i;
select tests.outcomes('integrations, resume without a sign-in', format('select commands.integrations_resume(%s)', pg_temp.op((pg_temp.here()).id)), '{"BL422 not_connected": "owner"}');
select worker.connect(tests.org(), 'xero', 'North Ltd', 'tenant-1', tests.user_of('owner'));
select is((select count(*)::integer from worker.claim('{xero.push_bill}')), 1, 'then what waited leaves at once');
select tests.sign_in_as('admin');
select is(commands.integrations_disconnect(jsonb_build_object('id', (pg_temp.here()).id)) -> 'row' ->> 'status', 'disconnected', 'disconnected');
select tests.sign_out();
select is_empty($$select from worker.credentials(tests.org(), 'xero')$$, 'the sign-in is forgotten');
select is_empty($$select worker.organizations_of('xero', 'tenant-1')$$, 'and whose account it was');

-- Connecting.
select tests.outcomes('tickets, get', $$select connect_ticket(tests.org(), 'xero')$$,
  '{"1": "owner admin", "BL403 not_permitted": "accountant artist stranger suspended", "BL401 signed_out": "revoked", "42501": "anon"}');
select tests.outcomes('tickets, for what needs none', $$select connect_ticket(tests.org(), 'mail')$$, '{"BL400 unknown_provider": "owner"}');
select tests.sign_in_as('owner');
create temp table ticket as select connect_ticket(tests.org(), 'xero') as id;
select tests.sign_out();
create temp table begun as select b.* from ticket t, worker.begin_connection(t.id) b;
select is((select organization_id from begun), tests.org(), 'a ticket opens the way there');
select is_empty('select from ticket t, worker.begin_connection(t.id)', 'once');
select is((select r.user_id from begun b, worker.return_connection(b.state) r), tests.user_of('owner'), 'its state leads back');
select is_empty('select from begun b, worker.return_connection(b.state)', 'once');

-- For operators.
select worker.fail(id, lease_token, 'fatal', 'bad_request') from jobs.jobs where state = 'running';
select is((select error_code from ops.dead_letters), 'bad_request', 'operators see what died');
select is((select count(*)::integer from ops.breakers where provider = 'xero'), 2, 'and every lane');
select ok(exists (select from ops.queue_depth where kind = 'xero.push_bill' and state = 'dead'), 'and how deep the queue is');
update jobs.lanes set slow_ms = 4000 where provider = 'xero';
select is((select average_ms::integer from ops.slow_providers), 4000, 'and who is slow');
select worker.receive('xero', 'e', '{}');
select is((select tellings::integer from ops.webhook_backlog), 1, 'and what nobody has worked on');
select is(ops.retry(id), true, 'they try again') from ops.dead_letters;
select is(ops.cancel(id), true, 'or give up') from jobs.jobs where kind = 'xero.push_bill' and state = 'waiting';
select tests.outcomes('ops, look', 'select from ops.dead_letters', '{"42501": "owner admin anon service"}');
select is(jobs.due(), true, 'whoever pokes knows that something is due');
delete from jobs.jobs;
select is(jobs.due(), false, 'and that nothing is');
select * from finish();
