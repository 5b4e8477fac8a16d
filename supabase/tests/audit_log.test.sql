select no_plan();
select tests.stage();

select tests.outcomes('read the log', 'select from audit_log limit 1', '{
  "1": "owner admin finance_director stranger service",
  "0": "manager accountant booking artist crew suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('write to the log', $$insert into audit_log (organization_id, action, entity_type)
  values (tests.org(), 'insert', 'people')$$, '{"42501": "owner admin crew stranger nobody anon service"}');
select tests.outcomes('rewrite the log', $$update audit_log set user_id = null$$, '{"42501": "owner admin finance_director crew anon service"}');
select tests.outcomes('erase from the log', 'delete from audit_log', '{"42501": "owner admin finance_director crew anon service"}');
select tests.outcomes('empty the log', 'truncate audit_log', '{"42501": "owner admin anon service"}');
select tests.outcomes('reach around to a partition', 'select from private.audit_log_rest', '{"42501": "owner admin crew anon service"}');
select throws_ok('update audit_log set user_id = null', 'BL403', 'append_only', 'even the owner of the database does not rewrite it');
select throws_ok('delete from audit_log', 'BL403', 'append_only', 'nor erase from it');
select throws_ok('truncate audit_log', 'BL403', 'append_only', 'nor empty it');
select tests.sign_in_as('owner');
select is_empty($$select from audit_log where organization_id is distinct from tests.org()$$, 'an owner sees the own organisation''s log only');
select tests.sign_out();

-- What an entry says.
select tests.sign_in_as('admin');
select set_config('request.headers', '{"x-forwarded-for":"203.0.113.7, 10.0.0.1","user-agent":"Portal/1"}', true);
update people set display_name = 'Cruz', title = 'Rigger' where id = tests.person('crew');
select tests.sign_out();
select results_eq(
  $$select user_id, session_id, organization_id, action, entity_type, host(ip), user_agent from audit_log
    where entity_id = tests.person('crew') and action = 'update'$$,
  $$select tests.user_of('admin'), tests.session_of('admin'), tests.org(), 'update', 'people', '203.0.113.7', 'Portal/1'$$,
  'an entry names the person, the session, the address and the browser');
select is((select changes from audit_log where entity_id = tests.person('crew') and action = 'update'),
  '{"display_name": {"old": "Crew", "new": "Cruz"}, "title": {"new": "Rigger"}}', 'an update keeps only what changed, old and new');
select is((select changes -> 'display_name' from audit_log where entity_id = tests.person('crew') and action = 'insert'),
  '{"new": "Crew"}', 'an insert keeps what was written');
select ok(not (select changes ?| '{created_at,updated_at,row_version,created_by}' from audit_log
  where entity_id = tests.person('crew') and action = 'insert'), 'the stamps are left out');

select set_config('request.headers', '{"x-forwarded-for":"not an address"}', true);
update people set title = 'Chief rigger' where id = tests.person('crew');
select is((select count(*) from audit_log where entity_id = tests.person('crew') and ip is null and action = 'update'), 1::bigint,
  'an unreadable address is left empty');
select set_config('request.headers', 'no json', true);
update people set title = 'Head rigger' where id = tests.person('crew');
select set_config('request.headers', '', true);
update people set title = 'Rigger' where id = tests.person('crew');
select is((select count(*) from audit_log where entity_id = tests.person('crew') and action = 'update'), 4::bigint,
  'without headers a write is recorded all the same');
update people set title = title where id = tests.person('crew');
select is((select count(*) from audit_log where entity_id = tests.person('crew') and action = 'update'), 4::bigint,
  'a write that changes nothing is not recorded');
delete from people where id = tests.person('crew');
select is((select changes -> 'display_name' from audit_log where entity_id = tests.person('crew') and action = 'delete'),
  '{"old": "Cruz"}', 'a deletion keeps what was lost');

-- Private columns.
insert into person_details (id, organization_id, phone, email, currency) values
  (tests.person('artist'), tests.org(), '+49 30 555', 'a@private.test', 'EUR'),
  (tests.person('manager'), tests.org(), '+49 30 555', 'm@private.test', 'EUR');
select is_empty($$select from audit_log where changes::text like '%30 555%' or changes::text like '%private.test%'$$,
  'phone and e-mail never reach the log');
select is((select changes -> 'currency' -> 'new' from audit_log where entity_type = 'person_details'
  and entity_id = tests.person('artist')), '"EUR"', 'other columns do');
select matches((select changes -> 'phone' ->> 'new' from audit_log where entity_type = 'person_details'
  and entity_id = tests.person('artist')), '^sha256:[0-9a-f]{64}$', 'a private value leaves a placeholder');
select is((select count(distinct changes -> 'phone') from audit_log where entity_type = 'person_details'), 1::bigint,
  'equal values leave equal placeholders');
select isnt((select changes -> 'phone' ->> 'new' from audit_log where entity_type = 'person_details' limit 1),
  'sha256:' || encode(sha256(convert_to('"+49 30 555"', 'UTF8')), 'hex'), 'a placeholder cannot be guessed from the value alone');
update person_details set phone = null where id = tests.person('artist');
select ok((select (changes -> 'phone') ? 'old' and not (changes -> 'phone') ? 'new' from audit_log
  where entity_type = 'person_details' and action = 'update'), 'removing a private value shows that it went');
insert into invitations (organization_id, email, roles, message) values (tests.org(), 'x@private.test', '{crew}', 'secret words');
select is_empty($$select from audit_log where changes::text like '%secret words%' or changes::text like '%x@private%'$$,
  'invitations keep their address and message to themselves');

-- Years.
select has_table('private', 'audit_log_2026', 'a year has a partition');
select private.audit_year(2040);
select has_table('private', 'audit_log_2040', 'another year can be added');
select lives_ok('select private.audit_year(2040)', 'adding it twice is harmless');
select is((select count(*) from audit_log where tableoid = 'private.audit_log_rest'::regclass), 0::bigint, 'nothing strays');
select * from finish();
