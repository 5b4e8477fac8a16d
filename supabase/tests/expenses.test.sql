select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('b0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
create function pg_temp.category(of_code text, of_org uuid default tests.org()) returns uuid language sql stable as $$
  select id from public.expense_categories where code = of_code and organization_id = of_org $$;
grant execute on function pg_temp.id(integer), pg_temp.category(text, uuid) to public;
create function pg_temp.claim(n integer, actor text, amount bigint default 1000, code text default 'per_diem') returns void language sql as $$
  insert into public.expenses (id, organization_id, person_id, category_id, amount_minor, currency, expense_date, description)
  values (pg_temp.id(n), tests.org(actor), tests.person(actor), pg_temp.category(code, tests.org(actor)), amount, 'EUR', '2026-03-01', 'Lunch') $$;
-- What a command answers, or the refusal.
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
  return concat_ws(' ', answer ->> 's', answer #>> '{row,status}', answer ->> 'f');
end $$;
create function pg_temp.seen(amount bigint) returns jsonb language sql as $$
  select jsonb_build_object('seen', jsonb_build_object('amount_minor', amount, 'currency', 'EUR', 'status', 'submitted')) $$;

-- categories
select is((select count(*) from expense_categories where organization_id = tests.org()), 13::bigint, 'a new organisation has categories');
select tests.outcomes('categories, read', 'select from expense_categories',
  '{"13": "owner admin manager accountant artist crew stranger", "0": "suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('categories, add', $$insert into expense_categories (organization_id, name, code) values (tests.org(), 'Visa', 'visa')$$,
  '{"1": "owner admin accountant", "42501": "finance_director manager booking artist crew stranger suspended anon"}');
select tests.outcomes('categories, change', $$update expense_categories set active = false where code = 'other'$$,
  '{"1": "owner admin accountant stranger", "0": "manager artist crew suspended", "42501": "anon"}');
select tests.outcomes('categories, delete', 'delete from expense_categories', '{"42501": "owner accountant artist anon"}');
select throws_ok($$insert into expense_categories (organization_id, name, code) values (tests.org(), 'Meals', 'meals2')$$, '23505', null, 'a category name is unique');
select throws_ok($$update expense_categories set max_amount_minor = 5, currency = null$$, '23514', null, 'a limit has a currency');

-- claims: who sees and writes them
select pg_temp.claim(1, 'artist'), pg_temp.claim(2, 'crew'), pg_temp.claim(3, 'stranger');
select tests.outcomes('claims, read', 'select from expenses',
  '{"2": "owner admin manager finance_director accountant booking", "1": "artist crew stranger", "0": "suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('claims, draft as the artist', $$insert into expenses (organization_id, person_id, currency, expense_date)
    values (tests.org(), tests.person('artist'), 'EUR', '2026-03-01')$$,
  '{"1": "artist", "42501": "owner manager accountant crew stranger suspended revoked nobody anon"}');
select tests.outcomes('claims, correct a draft', $$update expenses set merchant = 'Bar' where id = pg_temp.id(1)$$,
  '{"1": "artist", "0": "owner admin manager accountant crew stranger suspended revoked", "42501": "anon"}');
select tests.outcomes('claims, throw a draft away', $$delete from expenses where id = pg_temp.id(1)$$,
  '{"1": "artist", "0": "owner accountant crew stranger revoked", "42501": "anon"}');
select tests.outcomes('claims, write the status', $$update expenses set status = 'approved' where id = pg_temp.id(1)$$, '{"42501": "artist owner accountant anon"}');
select tests.outcomes('claims, write the person', $$update expenses set person_id = tests.person('crew') where id = pg_temp.id(1)$$, '{"42501": "artist owner"}');
select tests.outcomes('claims, insert an approved one', $$insert into expenses (organization_id, person_id, currency, expense_date, amount_minor, status)
    values (tests.org(), tests.person('artist'), 'EUR', '2026-03-01', 5, 'approved')$$, '{"42501": "artist owner"}');
select tests.outcomes('claims, dated after today', $$update expenses set expense_date = '2199-01-01' where id = pg_temp.id(1)$$, '{"BL422 future_date": "artist"}');
select tests.outcomes('claims, dated today on the date line',
  $$update expenses set expense_date = (now() at time zone 'Pacific/Kiritimati')::date where id = pg_temp.id(1)$$, '{"1": "artist"}');
select tests.outcomes('claims, nothing', $$update expenses set amount_minor = 0 where id = pg_temp.id(1)$$, '{"23514": "artist"}');
select tests.outcomes('claims, a long description', $$update expenses set description = repeat('x', 501) where id = pg_temp.id(1)$$, '{"23514": "artist"}');

-- the way of a claim, step by step
select is(pg_temp.run('crew', 'submit', 1), 'BL404 gone', 'somebody else does not know the claim');
select is(pg_temp.run('accountant', 'submit', 1), 'BL403 not_permitted', 'the desk does not hand in for others');
select is(pg_temp.run('artist', 'approve', 1, pg_temp.seen(1000)), 'conflict draft ["status"]', 'a draft is not approved');
select is(pg_temp.run('artist', 'submit', 1), 'applied submitted', 'the claimant hands it in');
select is(pg_temp.run('artist', 'submit', 1), 'applied submitted', 'and once more from another device');
select tests.outcomes('claims, correct one handed in', $$update expenses set amount_minor = 9 where id = pg_temp.id(1)$$, '{"0": "artist owner"}');
select tests.outcomes('claims, delete one handed in', $$delete from expenses where id = pg_temp.id(1)$$, '{"0": "artist owner"}');
select is(pg_temp.run('manager', 'approve', 1, pg_temp.seen(1000)), 'BL403 not_permitted', 'a manager reads but does not approve');
select is(pg_temp.run('artist', 'approve', 1, pg_temp.seen(1000)), 'BL403 not_permitted', 'the claimant does not approve');
select is(pg_temp.run('stranger', 'approve', 1, pg_temp.seen(1000)), 'BL404 gone', 'another organisation does not know the claim');
select is(pg_temp.run('revoked', 'approve', 1, pg_temp.seen(1000)), 'BL404 gone', 'an ended session approves nothing');
select is(pg_temp.run('accountant', 'approve', 1), 'BL400 missing_seen', 'an approval says what was seen');
select is(pg_temp.run('accountant', 'approve', 1, pg_temp.seen(999)), 'conflict submitted ["amount_minor"]', 'what was seen is no longer so: no approval');
select is(pg_temp.run('accountant', 'reject', 1), 'BL422 missing_reason', 'a rejection has a reason');
select is(pg_temp.run('accountant', 'reject', 1, '{"args": {"reason": "  Blurred  "}}'), 'applied rejected', 'the desk sends it back');
select is((select rejection_reason from expenses where id = pg_temp.id(1)), 'Blurred', 'with its reason');
select tests.outcomes('claims, correct a rejected one', $$update expenses set amount_minor = 1100 where id = pg_temp.id(1)$$, '{"1": "artist", "0": "owner"}');
select is(pg_temp.run('artist', 'submit', 1), 'conflict rejected ["status"]', 'a rejected claim is reopened first');
select is(pg_temp.run('artist', 'reopen', 1), 'applied draft', 'the claimant takes it up again');
select tests.outcomes('claims, delete one that was handed in before', $$delete from expenses where id = pg_temp.id(1)$$, '{"0": "artist"}');
select is(pg_temp.run('artist', 'submit', 1), 'applied submitted', 'and hands it in again');
select is((select row(rejection_reason, decided_by)::text from expenses where id = pg_temp.id(1)), '(,)', 'the old decision is gone from it');
select is(pg_temp.run('accountant', 'approve', 1, pg_temp.seen(1000)), 'applied approved', 'an accountant approves');
select is((select decided_by from expenses where id = pg_temp.id(1)), tests.person('accountant'), 'and is named');
select is(pg_temp.run('finance_director', 'approve', 1, pg_temp.seen(1000)), 'conflict approved ["status"]', 'nobody approves twice');
select is(pg_temp.run('accountant', 'reject', 1, '{"args": {"reason": "Second thoughts"}}'), 'BL403 not_permitted', 'an approval is undone by a higher level only');
select is(pg_temp.run('artist', 'cancel', 1), 'conflict approved ["status"]', 'an approved claim is not taken back');
select is(pg_temp.run('manager', 'pay', 1), 'BL403 not_permitted', 'a manager does not pay');
select is(pg_temp.run('accountant', 'pay', 1), 'applied paid', 'an accountant pays');
select is(pg_temp.run('finance_director', 'reject', 1, '{"args": {"reason": "Late"}}'), 'conflict paid ["status"]', 'what is paid is not rejected');
select is(pg_temp.run('accountant', 'archive', 1), 'applied archived', 'and puts it away');
select is(pg_temp.run('artist', 'cancel', 2), 'BL404 gone', 'nobody takes back a claim of others');
select is(pg_temp.run('crew', 'cancel', 2), 'applied cancelled', 'a draft is taken back');
select is(pg_temp.run('crew', 'submit', 2), 'conflict cancelled ["status"]', 'and stays so');
select is((select array_agg(action order by action) from activity where entity_id = pg_temp.id(1)),
  '{approved,archived,draft,paid,rejected,submitted,submitted}'::text[], 'each step is in the activity');
select is((select actor_name from activity where entity_id = pg_temp.id(1) and action = 'approved'), 'Accountant', 'with the name of who did it');
select isnt_empty($$select from audit_log where entity_type = 'expenses' and changes -> 'status' is not null$$, 'and in the audit log');

-- a higher level undoes an approval
select pg_temp.claim(4, 'artist');
select is(pg_temp.run('artist', 'submit', 4), 'applied submitted', 'another claim');
select is(pg_temp.run('accountant', 'approve', 4, pg_temp.seen(1000)), 'applied approved', 'is approved');
select is(pg_temp.run('finance_director', 'reject', 4, '{"args": {"reason": "Private"}}'), 'applied rejected', 'and rejected by the finance director');

-- own claims, limits, receipts
select pg_temp.claim(5, 'accountant'), pg_temp.claim(6, 'artist', 1000001), pg_temp.claim(7, 'artist', 1000, 'meals'), pg_temp.claim(8, 'artist', 5001);
select is(pg_temp.run('accountant', 'submit', 5), 'applied submitted', 'an accountant has expenses too');
select is(pg_temp.run('accountant', 'approve', 5, pg_temp.seen(1000)), 'BL422 own_claim', 'but does not approve them');
select is(pg_temp.run('accountant', 'reject', 5, '{"args": {"reason": "no"}}'), 'BL422 own_claim', 'nor reject them');
select is(pg_temp.run('finance_director', 'approve', 5, pg_temp.seen(1000)), 'applied approved', 'somebody else does');
select is(pg_temp.run('artist', 'submit', 6), 'applied submitted', 'a claim above the limit is handed in');
select is((select over_limit from expenses where id = pg_temp.id(6)), true, 'and marked');
select is(pg_temp.run('accountant', 'approve', 6, pg_temp.seen(1000001)), 'BL403 insufficient_approval_limit', 'an accountant may not approve it');
select is(pg_temp.run('finance_director', 'approve', 6, pg_temp.seen(1000001)), 'applied approved', 'the finance director may');
update expense_categories set max_amount_minor = 5000, currency = 'EUR' where code = 'per_diem';
select is(pg_temp.run('artist', 'submit', 8), 'applied submitted', 'a claim above the limit of its category is handed in');
select is((select over_limit from expenses where id = pg_temp.id(8)), true, 'and marked too');
select is(pg_temp.run('artist', 'submit', 7), 'BL422 missing_receipts', 'a category that wants a receipt wants one');
update expenses set description = '  ' where id = pg_temp.id(7);
select is(pg_temp.run('artist', 'submit', 7), 'BL422 missing_description', 'a description is needed');
update expenses set amount_minor = null where id = pg_temp.id(7);
select is(pg_temp.run('artist', 'submit', 7), 'BL422 missing_amount', 'an amount is needed');
update expenses set amount_minor = 1, description = 'x', category_id = pg_temp.category('per_diem') where id = pg_temp.id(7);
update expense_categories set active = false where code = 'per_diem';
select is(pg_temp.run('artist', 'submit', 7), 'BL422 inactive_category', 'a category out of use is not claimed');
update expense_categories set active = true, requires_approval = false where code = 'per_diem';
select is(pg_temp.run('artist', 'submit', 7), 'applied approved', 'what needs no decision is approved at once');
select is((select decided_by from expenses where id = pg_temp.id(7)), null, 'by nobody in person');

-- the table of transitions holds for everyone
select throws_ok($$update expenses set status = 'paid' where id = pg_temp.id(3)$$, 'BL422', 'bad_transition', 'not even the owner of the database skips a step');

-- activity
select tests.outcomes('activity, read the finished claim', $$select from activity where entity_id = pg_temp.id(1)$$,
  '{"7": "owner manager accountant booking artist", "0": "crew stranger suspended revoked", "42501": "anon"}');
select tests.outcomes('activity, write', $$insert into activity (organization_id, person_id, entity_type, entity_id, action)
    values (tests.org(), tests.person('artist'), 'expenses', pg_temp.id(1), 'paid')$$, '{"42501": "owner artist stranger anon"}');
select tests.outcomes('activity, rewrite', $$update activity set action = 'x'$$, '{"42501": "owner artist anon"}');
select tests.outcomes('activity, remove', 'delete from activity', '{"42501": "owner artist anon"}');

select * from finish();
