select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('c0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
create function pg_temp.path(actor text, n integer) returns text language sql stable as $$
  select tests.org(actor) || '/' || tests.person(actor) || '/' || pg_temp.id(n) || '.jpg' $$;
create function pg_temp.receipt(actor text, n integer, expense integer, more text default '') returns text language sql stable as $$
  select format($f$insert into expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type)
    values (%L, %L, %L, %L, %L, %s)$f$, pg_temp.id(n), tests.org(actor), pg_temp.id(expense), tests.person(actor), pg_temp.path(actor, n),
    coalesce(nullif(more, ''), $m$1000, 'image/jpeg'$m$)) $$;
grant execute on function pg_temp.id(integer), pg_temp.path(text, integer) to public;
insert into expenses (id, organization_id, person_id, amount_minor, currency, expense_date, description) values
  (pg_temp.id(1), tests.org(), tests.person('artist'), 100, 'EUR', '2026-03-01', 'Draft'),
  (pg_temp.id(2), tests.org(), tests.person('artist'), 100, 'EUR', '2026-03-01', 'Handed in'),
  (pg_temp.id(3), tests.org(), tests.person('crew'), 100, 'EUR', '2026-03-01', 'Of the crew');

-- rows
select tests.outcomes('receipts, add to a draft', pg_temp.receipt('artist', 11, 1), '{"1": "artist", "42501": "owner accountant crew stranger suspended revoked nobody anon"}');
select tests.outcomes('receipts, add to the claim of another', pg_temp.receipt('artist', 11, 3), '{"42501": "artist"}');
select tests.outcomes('receipts, in the folder of another',
  replace(pg_temp.receipt('artist', 11, 1), tests.org() || '/' || tests.person('artist'), tests.org() || '/' || tests.person('crew')), '{"23514": "artist"}');
select tests.outcomes('receipts, too large', pg_temp.receipt('artist', 11, 1, $$10485761, 'image/jpeg'$$), '{"23514": "artist"}');
select tests.outcomes('receipts, of a type nobody can look at', pg_temp.receipt('artist', 11, 1, $$1000, 'text/html'$$), '{"23514": "artist"}');
insert into expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type)
select pg_temp.id(10 + n), tests.org(), pg_temp.id(1), tests.person('artist'), pg_temp.path('artist', 10 + n), 1000, 'image/jpeg' from generate_series(1, 4) n;
select tests.outcomes('receipts, a fifth', pg_temp.receipt('artist', 19, 1), '{"1": "artist"}');
insert into expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type)
values (pg_temp.id(15), tests.org(), pg_temp.id(1), tests.person('artist'), pg_temp.path('artist', 15), 1000, 'image/jpeg');
select tests.outcomes('receipts, a sixth', pg_temp.receipt('artist', 19, 1), '{"BL422 too_many_receipts": "artist"}');
select tests.outcomes('receipts, read', 'select from expense_receipts',
  '{"5": "owner admin manager finance_director accountant booking artist", "0": "crew stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('receipts, change', 'update expense_receipts set byte_size = 5', '{"42501": "owner artist anon"}');
select tests.outcomes('receipts, remove from a draft', 'delete from expense_receipts where expense_id = pg_temp.id(1)',
  '{"5": "artist", "0": "owner accountant crew stranger revoked", "42501": "anon"}');

-- a claim that was handed in keeps its receipts
insert into expense_receipts (id, organization_id, expense_id, person_id, path, thumbnail_path, byte_size, mime_type) values
  (pg_temp.id(21), tests.org(), pg_temp.id(2), tests.person('artist'), pg_temp.path('artist', 21), replace(pg_temp.path('artist', 21), '.jpg', '.thumb.jpg'), 1000, 'image/jpeg');
update expenses set status = 'submitted' where id = pg_temp.id(2);
select tests.outcomes('receipts, add to one handed in', pg_temp.receipt('artist', 22, 2), '{"42501": "artist owner"}');
select tests.outcomes('receipts, remove from one handed in', 'delete from expense_receipts where expense_id = pg_temp.id(2)', '{"0": "artist owner"}');

-- files
select tests.outcomes('files, upload into the artist''s folder',
  format($$insert into storage.objects (bucket_id, name) values ('receipts', %L)$$, pg_temp.path('artist', 21)),
  '{"1": "artist", "42501": "owner accountant crew stranger suspended revoked nobody anon"}');
select tests.outcomes('files, upload beside every folder', $$insert into storage.objects (bucket_id, name) values ('receipts', 'loose.jpg')$$, '{"42501": "artist owner"}');
select tests.outcomes('files, into a folder inside the folder',
  format($$insert into storage.objects (bucket_id, name) values ('receipts', %L)$$, replace(pg_temp.path('artist', 21), '.jpg', '/x.jpg')), '{"42501": "artist"}');
select tests.outcomes('receipts, arrived before the file',
  format($$select commands.expense_receipts_arrived(jsonb_build_object('id', %L))$$, pg_temp.id(21)), '{"BL422 not_uploaded": "artist", "BL404 gone": "owner crew stranger"}');
insert into storage.objects (bucket_id, name) values ('receipts', pg_temp.path('artist', 21));
select tests.outcomes('files, read', 'select from storage.objects',
  '{"1": "artist owner admin manager finance_director accountant booking", "0": "crew stranger suspended revoked nobody anon"}');
select tests.outcomes('files, upload again while it may be on its way', 'update storage.objects set metadata = ''{}''', '{"1": "artist", "0": "owner accountant crew stranger"}');
select tests.outcomes('receipts, arrived', format($$select commands.expense_receipts_arrived(jsonb_build_object('id', %L))$$, pg_temp.id(21)), '{"1": "artist"}');
select tests.sign_in_as('artist');
select is(commands.expense_receipts_arrived(jsonb_build_object('id', pg_temp.id(21))) ->> 's', 'applied', 'the arrival is noted');
select is(commands.expense_receipts_arrived(jsonb_build_object('id', pg_temp.id(21))) ->> 's', 'applied', 'and may be noted twice');
select tests.sign_out();
select isnt((select uploaded_at from expense_receipts where id = pg_temp.id(21)), null, 'with its time');
select tests.outcomes('files, replace the proof of a claim that was handed in', 'update storage.objects set metadata = ''{}''', '{"0": "artist"}');
insert into expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type, uploaded_at)
values (pg_temp.id(23), tests.org(), pg_temp.id(2), tests.person('artist'), pg_temp.path('artist', 23), 1000, 'image/jpeg', now());
insert into storage.objects (bucket_id, name) values ('receipts', pg_temp.path('artist', 24));
select tests.outcomes('files, upload a new one again beside a sealed one without thumbnail',
  format($$update storage.objects set metadata = '{}' where name = %L$$, pg_temp.path('artist', 24)), '{"1": "artist"}');

-- Nobody approves or pays on proof that may still be exchanged.
insert into expenses (id, organization_id, person_id, amount_minor, currency, expense_date, description)
values (pg_temp.id(4), tests.org(), tests.person('artist'), 100, 'EUR', '2026-03-01', 'Photo on its way');
insert into expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type)
values (pg_temp.id(25), tests.org(), pg_temp.id(4), tests.person('artist'), pg_temp.path('artist', 25), 1000, 'image/jpeg');
update expenses set status = 'submitted' where id = pg_temp.id(4);
insert into storage.objects (bucket_id, name) values ('receipts', pg_temp.path('artist', 25));
create temp table decide as select format(
  $$select commands.expenses_%s('{"id": "%s", "seen": {"amount_minor": 100, "currency": "EUR"}}')$$, verb, pg_temp.id(4)) step, verb
from unnest('{approve,pay}'::text[]) verb;
select tests.outcomes('receipts, approve before they arrived', step, '{"BL422 receipts_not_arrived": "accountant owner"}') from decide where verb = 'approve';
update expense_receipts set uploaded_at = now() where id = pg_temp.id(25);
select tests.outcomes('receipts, approve when they are there', step, '{"1": "accountant owner"}') from decide where verb = 'approve';
update expense_receipts set uploaded_at = null where id = pg_temp.id(25);
update expenses set status = 'approved' where id = pg_temp.id(4);
select tests.outcomes('receipts, pay what the books took unseen', step, '{"BL422 receipts_not_arrived": "accountant owner"}') from decide where verb = 'pay';
select tests.outcomes('files, delete', $$select set_config('storage.allow_delete_query', 'true', true); delete from storage.objects$$, '{"0": "artist owner stranger"}');
select is((select row(public, file_size_limit)::text from storage.buckets where id = 'receipts'), '(f,10485760)', 'the bucket is private and takes 10 MB');

select * from finish();
