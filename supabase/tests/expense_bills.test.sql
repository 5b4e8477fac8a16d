select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('b1000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
create function pg_temp.category(of_code text, of_org uuid default tests.org()) returns uuid language sql stable as $$
  select id from public.expense_categories where code = of_code and organization_id = of_org $$;
create function pg_temp.claim(n integer, code text default 'per_diem') returns void language plpgsql as $$
begin
  insert into public.expenses (id, organization_id, person_id, category_id, amount_minor, currency, expense_date, description)
  values (pg_temp.id(n), tests.org(), tests.person('artist'), pg_temp.category(code), 6420, 'EUR', '2026-03-01', 'Lunch');
  perform pg_temp.step(n, 'submitted');
end $$;
create function pg_temp.step(n integer, target text) returns void language sql as $$
  select private.move_expense(e, target, case when target = 'rejected' then 'No' end) from public.expenses e where e.id = pg_temp.id(n) $$;
create function pg_temp.run(actor text, n integer) returns text language plpgsql as $$
declare
  answer jsonb;
begin
  perform tests.sign_in_as(actor);
  begin
    answer := sync.apply_command(jsonb_build_object('op', 'cmd', 't', 'expenses', 'cmd', 'expenses.bill', 'id', pg_temp.id(n)));
  exception when others then
    perform tests.sign_out();
    return concat_ws(' ', sqlstate, sqlerrm);
  end;
  perform tests.sign_out();
  return answer ->> 's';
end $$;
create function pg_temp.bills(n integer) returns text language sql as $$
  select string_agg(concat_ws(' ', round, state, objection), ', ' order by round) from public.expense_bills where expense_id = pg_temp.id(n) $$;
create function pg_temp.bill(n integer) returns uuid language sql as $$
  select id from public.expense_bills where expense_id = pg_temp.id(n) order by round desc limit 1 $$;
create function pg_temp.errands(kind text) returns bigint language sql as $$
  select count(*) from jobs.jobs j where j.kind = errands.kind and j.organization_id = tests.org() and j.state = 'waiting' $$;

grant execute on function pg_temp.id(integer) to public;

-- Without books nothing happens.
select pg_temp.claim(1), pg_temp.step(1, 'approved');
select is(pg_temp.bills(1), null, 'an organisation without books has no bills');
select is(pg_temp.run('accountant', 1), 'BL422 books_not_connected', 'and nobody can ask for one');

-- The books are opened and read.
select lives_ok($$select worker.connect(tests.org(), 'xero', 'Northlight Books', 'tenant-1')$$, 'somebody lets us into the books');
select is(worker.books(tests.org()), '{"tenant_id": "tenant-1", "tracking": []}', 'which are known by their own name');
select is(worker.books(tests.org('stranger')), null, 'another organisation has none');
select lives_ok($$select worker.put_books(tests.org(), 'EUR',
  '[{"code": "449", "name": "Motor Vehicle Expenses", "tax_name": "20%", "active": true}, {"code": "420", "name": "Entertainment", "active": true}]',
  '[{"id": "t", "name": "Tour", "options": []}]')$$, 'the books say what they hold');
select tests.outcomes('accounts, read', 'select from books_accounts',
  '{"2": "owner admin manager accountant finance_director", "0": "artist crew stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('accounts, write', $$insert into books_accounts (organization_id, code, name) values (tests.org(), '1', 'x')$$,
  '{"42501": "owner admin accountant artist stranger anon"}');
select tests.outcomes('accounts, change', $$update books_accounts set name = 'x'$$, '{"42501": "owner accountant artist anon"}');

-- An approved claim becomes a bill; what is missing is said at once.
select pg_temp.claim(2), pg_temp.step(2, 'approved');
select is(pg_temp.bills(2), '1 error no_account', 'without an account of its category a bill cannot go');
select is(pg_temp.errands('xero.bills'), 1::bigint, 'an errand is ordered');
update expense_categories set xero_account_code = '999' where id = pg_temp.category('per_diem');
select is(pg_temp.bills(2), '1 error no_account', 'an account that the books do not know changes nothing');
update expense_categories set xero_account_code = '420' where id = pg_temp.category('per_diem');
select is(pg_temp.bills(2), '1 queued', 'once it has one, the bill goes by itself');
select pg_temp.claim(3), pg_temp.step(3, 'approved');
select is(pg_temp.bills(3), '1 queued', 'and the next ones at once');
select is(pg_temp.errands('xero.bills'), 1::bigint, 'many bills, one errand');
select is(pg_temp.run('accountant', 3), 'applied', 'sent again by hand');
select is(pg_temp.bills(3), '1 queued', 'it is still one bill');

-- Who sees and asks.
select tests.outcomes('bills, read', 'select from expense_bills',
  '{"2": "owner admin manager accountant finance_director booking artist", "0": "crew stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('bills, write', $$insert into expense_bills (organization_id, person_id, expense_id, round)
  values (tests.org(), tests.person('artist'), pg_temp.id(2), 2)$$, '{"42501": "owner admin accountant artist crew stranger anon"}');
select tests.outcomes('bills, change', $$update expense_bills set state = 'synced'$$, '{"42501": "owner accountant artist anon"}');
select tests.outcomes('bills, delete', 'delete from expense_bills', '{"42501": "owner accountant artist anon"}');
select is(pg_temp.run('manager', 2), 'BL403 not_permitted', 'who only reads does not send');
select is(pg_temp.run('artist', 2), 'BL404 gone', 'nor does the claimant');
select is(pg_temp.run('stranger', 2), 'BL404 gone', 'nor anybody else');
select is(pg_temp.run('revoked', 2), 'BL404 gone', 'nor an ended session');
select tests.outcomes('the door of the errand', $$select worker.waiting_bills(tests.org())$$, '{"42501": "owner admin accountant artist anon"}');

-- What the errand gets and says.
select is(jsonb_array_length(worker.waiting_bills(tests.org())), 2, 'both wait');
select is(jsonb_array_length(worker.waiting_bills(tests.org('stranger'))), 0, 'another organisation has none');
select is(worker.waiting_bills(tests.org()) -> 0 ->> 'account_code', '420', 'with the account to post to');
select is(worker.waiting_bills(tests.org()) #>> '{0,person,name}', (select display_name from people where id = tests.person('artist')), 'and whom it is owed to');
update expense_categories set xero_account_code = null where id = pg_temp.category('per_diem');
select is(worker.waiting_bills(tests.org()), '[]', 'a category that lost its account while claims wait: nothing is asked');
select is(pg_temp.bills(2), '1 error no_account', 'and the claim says what to mend');
update expense_categories set xero_account_code = '420' where id = pg_temp.category('per_diem');
select is(jsonb_array_length(worker.waiting_bills(tests.org())), 2, 'mended, they wait again');
select worker.put_books(tests.org(), 'EUR', '[{"code": "449", "name": "Motor Vehicle Expenses", "active": true}]', '[]');
select is(worker.waiting_bills(tests.org()), '[]', 'nor is anything asked for an account that is out of use');
select is(pg_temp.bills(2), '1 error account_archived', 'which is said too');
select worker.put_books(tests.org(), 'EUR', '[{"code": "420", "name": "Entertainment", "active": true}]', '[]');
select is(pg_temp.bills(2), '1 queued', 'and forgotten when it is back');
select worker.bill_refused(pg_temp.bill(3), 'period_locked', repeat('x', 900));
select is((select refusals || ' ' || length(said) from expense_bills where id = pg_temp.bill(3)), '1 500', 'a refusal is counted, and its words cut');
select is(pg_temp.run('accountant', 3), 'applied', 'somebody tries again');
select is(pg_temp.bills(3), '1 queued', 'and it goes');
select worker.bill_written(pg_temp.bill(2), 'remote-2'), worker.bill_done(pg_temp.bill(2));
select is(pg_temp.bills(2), '1 synced', 'the books have it');

-- Payments: only what was fetched counts, and only once.
select is(worker.bill_seen(tests.org(), 'remote-9', 'paid', '2026-03-05'), 'unknown', 'a bill of somebody else is not ours');
select is(worker.bill_seen(tests.org('stranger'), 'remote-2', 'paid', '2026-03-05'), 'unknown', 'nor is ours anybody else''s');
select is((select status from expenses where id = pg_temp.id(2)), 'approved', 'so nothing is paid');
select is(worker.bill_seen(tests.org(), 'remote-2', 'open'), 'open', 'an open bill changes nothing');
select is(worker.bill_seen(tests.org(), 'remote-2', 'paid', '2026-03-05'), 'paid', 'it is paid');
select is((select status from expenses where id = pg_temp.id(2)), 'paid', 'and so is the claim');
select is((select paid_on from expense_bills where id = pg_temp.bill(2)), '2026-03-05'::date, 'with its day');
select is((select actor_name || coalesce(actor_person_id::text, '') from activity where entity_id = pg_temp.id(2) and action = 'paid'), 'Xero', 'by nobody of ours');
select is(worker.bill_seen(tests.org(), 'remote-2', 'paid', '2026-03-05'), 'paid', 'told ten times');
select is((select count(*) from activity where entity_id = pg_temp.id(2) and action = 'paid'), 1::bigint, 'it happened once');
select is(worker.bill_seen(tests.org(), 'remote-2', 'open'), 'taken_back', 'a payment that was taken back');
select is(pg_temp.bills(2), '1 synced payment_taken_back', 'is there to be looked at');
select is((select status from expenses where id = pg_temp.id(2)), 'paid', 'the claim waits for a person');

-- Sent back after approval: the bill is taken back.
select worker.bill_written(pg_temp.bill(3), 'remote-3'), worker.bill_done(pg_temp.bill(3));
select pg_temp.step(3, 'rejected');
select is(pg_temp.bills(3), '1 voiding', 'the bill is to be void');
select is(worker.voiding_bills(tests.org()) #>> '{0,remote_id}', 'remote-3', 'the errand hears of it');
select worker.bill_done(pg_temp.bill(3));
select is(pg_temp.bills(3), '1 voiding', 'what was on its way does not bring it back');
select is(worker.bill_seen(tests.org(), 'remote-3', 'paid', '2026-03-05'), 'unknown', 'nor does a late hint pay a claim that was sent back');
select worker.bill_void(pg_temp.bill(3));
select pg_temp.step(3, 'draft'), pg_temp.step(3, 'submitted'), pg_temp.step(3, 'approved');
select is(pg_temp.bills(3), '1 void, 2 queued', 'approved again, it gets another bill');
select worker.bill_written(pg_temp.bill(3), 'remote-3b'), worker.bill_done(pg_temp.bill(3));
select is(worker.bill_seen(tests.org(), 'remote-3b', 'void'), 'void', 'somebody made it void over there');
select is(pg_temp.bills(3), '1 void, 2 error void_there', 'which is said');
select is(pg_temp.run('accountant', 3), 'applied', 'somebody sends it anew');
select is(pg_temp.bills(3), '1 void, 2 void, 3 queued', 'as a bill of its own');
select is(pg_temp.run('accountant', 2), 'BL422 bill_needs_approval', 'a paid claim needs no bill');
-- A bill that its claim outran.
select worker.bill_written(pg_temp.bill(3), 'remote-3c'), pg_temp.step(3, 'rejected');
select worker.bill_refused(pg_temp.bill(3), 'already_paid', 'x');
select is(worker.bill_seen(tests.org(), 'remote-3c', 'paid', '2026-03-06'), 'paid', 'paid over there before it could be taken back');
select is(pg_temp.bills(3), '1 void, 2 void, 3 error already_paid', 'somebody must settle that');
select is((select status from expenses where id = pg_temp.id(3)), 'rejected', 'the claim stays as it was decided');

-- Books shut: nothing new goes, nothing is lost.
update integrations set status = 'disconnected' where organization_id = tests.org();
select pg_temp.claim(4), pg_temp.step(4, 'approved');
select is(pg_temp.bills(4), null, 'without books again no bills');
select is(pg_temp.bills(2), '1 synced payment_taken_back', 'what was is kept');
select * from finish();
