select no_plan();
select tests.stage();
select tests.make_member('director', tests.org(), 'finance_director');
select tests.make_member('second', tests.org(), 'accountant');

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('c0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
create function pg_temp.category(of_code text) returns uuid language sql stable as $$
  select id from public.expense_categories where code = of_code and organization_id = tests.org() $$;
create function pg_temp.run(actor text, command text, n integer, more jsonb default '{}') returns text language plpgsql as $$
declare
  answer jsonb;
begin
  perform tests.sign_in_as(actor);
  begin
    answer := sync.apply_command(jsonb_build_object('op', 'cmd', 't', 'expenses', 'cmd', 'expenses.' || command, 'id', pg_temp.id(n)) || more);
  exception when others then
    perform tests.sign_out();
    return concat_ws(' ', sqlstate, sqlerrm);
  end;
  perform tests.sign_out();
  return concat_ws(' ', answer ->> 's', answer #>> '{row,status}', answer #>> '{row,waits_for_level}', answer ->> 'f');
end $$;
create function pg_temp.seen(amount bigint, level integer default 1) returns jsonb language sql as $$
  select jsonb_build_object('seen', jsonb_build_object('amount_minor', amount, 'currency', 'EUR', 'status', 'submitted', 'waits_for_level', level)) $$;
-- A claim that is handed in; the category wants no photo.
create function pg_temp.submit(n integer, actor text, amount bigint, code text default 'per_diem') returns text language plpgsql as $$
begin
  insert into public.expenses (id, organization_id, person_id, category_id, amount_minor, currency, expense_date, description)
  values (pg_temp.id(n), tests.org(actor), tests.person(actor), pg_temp.category(code), amount, 'EUR', '2026-03-01', 'Lunch');
  return pg_temp.run(actor, 'submit', n);
end $$;
create function pg_temp.chain(n integer) returns text language sql stable as $$
  select string_agg(wanted || ' ' || status, ', ' order by level) from public.expense_approvals where expense_id = pg_temp.id(n) $$;
grant execute on all functions in schema pg_temp to public;
update expense_categories set requires_receipt = false;

-- who may read and write the rules
insert into approval_rules (id, organization_id, over_minor, levels) values (pg_temp.id(900), tests.org(), 100000, '{role:manager,role:finance_director}');
insert into approval_rules (organization_id, over_minor, levels) values (tests.org('stranger'), 0, '{any}');
select tests.outcomes('rules, read', 'select from approval_rules', '{"1": "owner manager accountant artist crew stranger", "0": "suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('rules, add', $$insert into approval_rules (organization_id, category_id, over_minor, levels)
    values (tests.org(), pg_temp.category('hotel'), 0, '{any}')$$, '{"1": "owner admin", "42501": "manager finance_director accountant artist stranger suspended revoked nobody anon"}');
select tests.outcomes('rules, change', $$update approval_rules set levels = '{high}' where id = pg_temp.id(900)$$,
  '{"1": "owner admin", "0": "manager finance_director accountant artist stranger suspended revoked", "42501": "anon"}');
select tests.outcomes('rules, remove', $$delete from approval_rules where id = pg_temp.id(900)$$, '{"1": "owner admin", "0": "accountant artist stranger revoked", "42501": "anon"}');
select throws_ok($$insert into approval_rules (organization_id, over_minor, levels) values (tests.org(), 100000, '{any}')$$, '23505', null, 'one rule for one amount of one category');
select throws_ok(format($$insert into approval_rules (organization_id, over_minor, levels) values (tests.org(), 1, %L)$$, levels), '23514', null, 'no chain: ' || levels)
from unnest('{"{}","{any,any,any,any}","{role:crew}","{person:x}","{NULL}"}'::text[]) levels;
select throws_ok(format($$insert into approval_rules (organization_id, over_minor, levels) values (tests.org(), 1, array['person:%s', 'person:%1$s'])$$, tests.person('owner')), '23514', null, 'nobody is named twice');
select throws_ok(format($$insert into approval_rules (organization_id, over_minor, levels) values (tests.org(), 1, array['person:%s'])$$, tests.person('stranger')), 'BL422', 'link_missing', 'a level names people of this organisation');

-- limits
select tests.outcomes('limits, set', $$insert into approval_limits (organization_id, role, max_minor) values (tests.org(), 'accountant', 50000)$$,
  '{"1": "owner admin", "42501": "manager finance_director accountant artist stranger suspended revoked nobody anon"}');
insert into approval_limits (id, organization_id, role, max_minor) values (pg_temp.id(901), tests.org(), 'accountant', 50000);
select tests.outcomes('limits, read', 'select from approval_limits', '{"1": "owner accountant artist", "0": "stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('limits, raise', 'update approval_limits set max_minor = 9', '{"1": "owner admin", "0": "accountant artist stranger revoked", "42501": "anon"}');
select tests.outcomes('limits, lift', 'delete from approval_limits', '{"1": "owner admin", "0": "accountant artist stranger revoked", "42501": "anon"}');
select throws_ok($$insert into approval_limits (organization_id, max_minor) values (tests.org(), 1)$$, '23514', null, 'a limit is for a role or a person');

-- one level, within and beyond limits
select is(pg_temp.submit(1, 'artist', 50000), 'applied submitted 1', 'a claim is handed in');
select is(pg_temp.chain(1), 'any waiting', 'without a rule for it anybody who approves may');
select is(pg_temp.run('accountant', 'approve', 1, pg_temp.seen(50000)), 'applied approved', 'up to the limit of their role');
select is(pg_temp.submit(2, 'artist', 50001), 'applied submitted 1', 'one cent more');
select is(pg_temp.run('accountant', 'approve', 2, pg_temp.seen(50001)), 'BL403 insufficient_approval_limit', 'is beyond it');
select is(pg_temp.run('manager', 'approve', 2, pg_temp.seen(50001)), 'BL403 not_permitted', 'a manager is not named here');
insert into approval_limits (organization_id, person_id, max_minor) values (tests.org(), tests.person('accountant'), 60000);
select is(pg_temp.run('accountant', 'approve', 2, pg_temp.seen(50001)), 'applied approved', 'a limit of their own comes before that of their role');

-- two levels
select is(pg_temp.submit(3, 'artist', 100001), 'applied submitted 1', 'a claim over the amount of a rule');
select is(pg_temp.chain(3), 'role:manager waiting, role:finance_director waiting', 'gets the levels of the rule');
update approval_rules set levels = '{any}' where id = pg_temp.id(900);
select is(pg_temp.chain(3), 'role:manager waiting, role:finance_director waiting', 'and keeps them when the rule changes');
update approval_rules set levels = '{role:manager,role:finance_director}' where id = pg_temp.id(900);
select tests.outcomes('levels, read', $$select from expense_approvals where expense_id = pg_temp.id(3)$$,
  '{"2": "owner manager accountant booking artist", "0": "crew stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('levels, write', $$update expense_approvals set status = 'approved'$$, '{"42501": "owner finance_director artist anon"}');
select tests.outcomes('levels, add', $$insert into expense_approvals (organization_id, person_id, expense_id, level, wanted)
    values (tests.org(), tests.person('artist'), pg_temp.id(3), 3, 'any')$$, '{"42501": "owner artist anon"}');
select tests.outcomes('levels, remove', 'delete from expense_approvals', '{"42501": "owner artist anon"}');
select tests.outcomes('the waiting level, write', $$update expenses set waits_for_level = 2$$, '{"42501": "owner artist anon"}');
select is(pg_temp.run('finance_director', 'approve', 3, pg_temp.seen(100001)), 'BL403 not_your_level', 'the second level waits for the first');
select is(pg_temp.run('admin', 'approve', 3, pg_temp.seen(100001)), 'BL403 not_your_level', 'an admin does not skip it');
select is(pg_temp.run('artist', 'approve', 3, pg_temp.seen(100001)), 'BL403 not_permitted', 'the claimant approves nothing');
select is(pg_temp.run('stranger', 'approve', 3, pg_temp.seen(100001)), 'BL404 gone', 'another organisation knows nothing of it');
select is(pg_temp.run('manager', 'approve', 3, pg_temp.seen(100002)), 'conflict submitted 1 ["amount_minor"]', 'what was seen at the first level is no longer so');
select is(pg_temp.run('manager', 'approve', 3, pg_temp.seen(100001)), 'applied submitted 2', 'the manager passes it on');
select is(pg_temp.chain(3), 'role:manager approved, role:finance_director waiting', 'the first level is done');
select is(pg_temp.run('manager', 'approve', 3, pg_temp.seen(100001)), 'conflict submitted 2 ["waits_for_level"]', 'an approval of the first level does not count for the second');
select is(pg_temp.run('manager', 'approve', 3, pg_temp.seen(100001, 2)), 'BL422 approved_before', 'nobody approves two levels');
select is(pg_temp.run('finance_director', 'approve', 3, pg_temp.seen(99999, 2)), 'conflict submitted 2 ["amount_minor"]', 'what was seen at the second level counts too');
select is(pg_temp.run('finance_director', 'approve', 3, pg_temp.seen(100001, 2)), 'applied approved', 'the finance director completes it');
select is((select array_agg(concat_ws(' ', action, actor_name) order by action) from activity where entity_id = pg_temp.id(3)),
  '{"approved Finance_Director","level_approved Manager","submitted Artist"}'::text[], 'the history shows each level');
select is(pg_temp.run('accountant', 'reject', 3, '{"args": {"reason": "no"}}'), 'BL403 not_permitted', 'what is approved comes back by a higher level only');
select is(pg_temp.run('finance_director', 'reject', 3, '{"args": {"reason": "Private"}}'), 'applied rejected', 'which can');

-- rejected on the way, and handed in again
select is(pg_temp.submit(4, 'artist', 100001), 'applied submitted 1', 'another one');
select is(pg_temp.run('manager', 'approve', 4, pg_temp.seen(100001)), 'applied submitted 2', 'passes the first level');
select is(pg_temp.run('booking', 'reject', 4, '{"args": {"reason": "no"}}'), 'BL403 not_permitted', 'who has no part in it sends nothing back');
select is(pg_temp.run('director', 'reject', 4, '{"args": {"reason": "Which show?"}}'), 'applied rejected', 'and comes back from the second');
select is(pg_temp.chain(4), 'role:manager approved, role:finance_director rejected', 'which the levels say');
select is(pg_temp.run('artist', 'reopen', 4), 'applied draft', 'it is taken up');
select is(pg_temp.run('artist', 'submit', 4), 'applied submitted 1', 'and begins at the first level again');
select is(pg_temp.chain(4), 'role:manager waiting, role:finance_director waiting', 'with nothing approved');

-- categories and limits choose the chain
insert into approval_rules (organization_id, category_id, over_minor, levels) values
  (tests.org(), pg_temp.category('hotel'), 0, array['person:' || tests.person('second')]), (tests.org(), pg_temp.category('fuel'), 30000, '{role:manager}');
select is(pg_temp.submit(5, 'artist', 2000, 'hotel'), 'applied submitted 1', 'a category with a rule of its own');
select is(pg_temp.run('accountant', 'approve', 5, pg_temp.seen(2000)), 'BL403 not_your_level', 'wants the person it names');
select is(pg_temp.run('second', 'approve', 5, pg_temp.seen(2000)), 'applied approved', 'who decides');
select is(pg_temp.submit(6, 'artist', 2000000, 'fuel'), 'applied submitted 1', 'a claim over the limit of the organisation');
select is(pg_temp.chain(6), 'role:manager waiting, high waiting', 'gets a high level at its end');
update expense_categories set requires_approval = false where code = 'phone';
select is(pg_temp.submit(7, 'artist', 2000, 'phone'), 'applied approved', 'a category without approval passes');
select is(pg_temp.chain(7), null, 'without any level');

-- nobody left
select is(pg_temp.submit(8, 'artist', 2000, 'hotel'), 'applied submitted 1', 'a claim for one person');
update memberships set status = 'ended' where id = tests.membership('second');
select is(pg_temp.run('second', 'approve', 8, pg_temp.seen(2000)), 'BL404 gone', 'who has left');
select is(pg_temp.run('accountant', 'approve', 8, pg_temp.seen(2000)), 'BL403 not_your_level', 'is not for just anybody');
select is(pg_temp.run('admin', 'approve', 8, pg_temp.seen(2000)), 'applied approved', 'but for an administrator');
select is(pg_temp.submit(9, 'manager', 100001), 'applied submitted 1', 'the only manager claims');
select is(pg_temp.run('manager', 'approve', 9, pg_temp.seen(100001)), 'BL422 own_claim', 'and does not approve it');
select is(pg_temp.run('owner', 'approve', 9, pg_temp.seen(100001)), 'applied submitted 2', 'an owner steps in');
select is(pg_temp.run('owner', 'approve', 9, pg_temp.seen(100001, 2)), 'BL422 approved_before', 'for one level only');

-- lending
select tests.outcomes('loans, lend one''s own', $$insert into approval_delegations (organization_id, lender_id, borrower_id, starts_on, ends_on, reason)
    values (tests.org(), tests.person('finance_director'), tests.person('booking'), '2026-01-01', '2026-06-01', 'Holiday')$$,
  '{"1": "finance_director owner admin", "42501": "booking manager director artist stranger suspended revoked nobody anon"}');
select throws_ok(format($$insert into approval_delegations (organization_id, lender_id, borrower_id, starts_on, ends_on, reason)
    values (tests.org(), tests.person('owner'), %s, '2026-01-01', %L, %L)$$, borrower, until, why), '23514', null, 'no loan: ' || borrower || until || why)
from (values ('tests.person(''owner'')', '2026-02-01', 'x'), ('tests.person(''admin'')', '2025-02-01', 'x'),
  ('tests.person(''admin'')', '2028-02-01', 'x'), ('tests.person(''admin'')', '2026-02-01', ' ')) bad (borrower, until, why);
select throws_ok($$insert into approval_delegations (organization_id, lender_id, borrower_id, starts_on, ends_on, reason)
    values (tests.org(), tests.person('owner'), tests.person('stranger'), '2026-01-01', '2026-02-01', 'x')$$, '23503', null, 'nothing is lent to another organisation');
create function pg_temp.lend(n integer, lender text, borrower text, from_day integer default 0, to_day integer default 7) returns void language sql as $$
  insert into public.approval_delegations (id, organization_id, lender_id, borrower_id, starts_on, ends_on, reason)
  values (pg_temp.id(n), tests.org(), tests.person(lender), tests.person(borrower), private.today_at(tests.org()) + from_day,
    private.today_at(tests.org()) + to_day, 'Holiday') $$;
select pg_temp.lend(801, 'accountant', 'booking'), pg_temp.lend(802, 'booking', 'manager'), pg_temp.lend(803, 'accountant', 'crew'),
  pg_temp.lend(804, 'finance_director', 'booking', 1, 9), pg_temp.lend(805, 'finance_director', 'booking', -9, -1);
select tests.outcomes('loans, read', 'select from approval_delegations', '{"5": "owner artist crew", "0": "stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('loans, end', $$update approval_delegations set ended_at = now() where id = pg_temp.id(801)$$,
  '{"1": "accountant owner admin", "0": "booking manager artist stranger suspended revoked", "42501": "anon"}');
select is(pg_temp.submit(10, 'artist', 2000), 'applied submitted 1', 'a claim for whoever approves');
select is(pg_temp.run('manager', 'approve', 10, pg_temp.seen(2000)), 'BL403 not_permitted', 'what is borrowed is not lent on');
select is(pg_temp.run('crew', 'approve', 10, pg_temp.seen(2000)), 'BL404 gone', 'who sees no claims approves none');
select is(pg_temp.run('booking', 'approve', 10, pg_temp.seen(2000)), 'applied approved', 'the one who stands in may approve');
select is((select row(decided_by, for_person_id)::text from expense_approvals where expense_id = pg_temp.id(10)),
  row(tests.person('booking'), tests.person('accountant'))::text, 'both are named with the level');
select is((select actor_name || ' for ' || (detail ->> 'for') from activity where entity_id = pg_temp.id(10) and action = 'approved'), 'Booking for Accountant', 'in the history');
select is((select metadata ->> 'said' from audit_log where entity_id = pg_temp.id(10) and action = 'approved'), 'Booking for Accountant', 'and in the audit log');
select is(pg_temp.submit(11, 'artist', 60001), 'applied submitted 1', 'beyond the limit of the lender');
select is(pg_temp.run('booking', 'approve', 11, pg_temp.seen(60001)), 'BL403 not_permitted', 'nothing is lent');
select is(pg_temp.submit(12, 'accountant', 2000), 'applied submitted 1', 'the lender has expenses');
select is(pg_temp.run('booking', 'approve', 12, pg_temp.seen(2000)), 'BL422 lenders_claim', 'which the one who stands in does not approve');
select is(pg_temp.submit(13, 'booking', 2000), 'applied submitted 1', 'nor their own');
select is(pg_temp.run('booking', 'approve', 13, pg_temp.seen(2000)), 'BL403 not_permitted', 'whatever is lent to them');
update approval_delegations set ended_at = now() where id = pg_temp.id(801);
select is(pg_temp.submit(14, 'artist', 2000), 'applied submitted 1', 'a loan that is over');
select is(pg_temp.run('booking', 'approve', 14, pg_temp.seen(2000)), 'BL403 not_permitted', 'gives nothing');
select pg_temp.lend(806, 'finance_director', 'accountant');
select is(pg_temp.submit(15, 'finance_director', 2000), 'applied submitted 1', 'a finance director claims while away');
select is(pg_temp.run('accountant', 'approve', 15, pg_temp.seen(2000)), 'BL422 lenders_claim', 'the stand-in does not, although an accountant could');
select is(pg_temp.run('accountant', 'reject', 15, '{"args": {"reason": "no"}}'), 'BL422 lenders_claim', 'nor send it back');
update expenses set waits_for_level = 2 where id = pg_temp.id(4);
update expense_approvals set status = 'approved', decided_by = tests.person('finance_director') where expense_id = pg_temp.id(4) and level = 1;
select is(pg_temp.run('accountant', 'approve', 4, pg_temp.seen(100001, 2)), 'BL403 not_your_level', 'nor the second level for somebody who approved the first');

-- the last person of a level leaves
delete from approval_delegations;
select is(pg_temp.submit(16, 'artist', 100001), 'applied submitted 1', 'a claim of two levels');
update memberships set status = 'ended' where id in (tests.membership('manager'), tests.membership('admin'), tests.membership('revoked'));
select is(pg_temp.run('owner', 'approve', 16, pg_temp.seen(100001)), 'applied submitted 2', 'an owner passes it on');
update memberships set status = 'ended' where id in (tests.membership('finance_director'), tests.membership('director'));
select is((select status from expenses where id = pg_temp.id(16)), 'approved', 'nobody is left for the second level: it is not kept waiting');
select is(pg_temp.chain(16), 'role:manager approved, role:finance_director skipped', 'and the level says so');
select is((select count(*) from activity where entity_id = pg_temp.id(16) and action = 'level_skipped'), 1::bigint, 'in the history too');
select is(pg_temp.submit(17, 'artist', 100001), 'applied submitted 1', 'a first level');
select is((select count(*) from expenses where id = pg_temp.id(17) and status = 'submitted'), 1::bigint, 'is never passed without anybody');

select * from finish();
