select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('c0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
-- A receipt of the artist's draft with these columns and values of a reading.
create function pg_temp.read(columns text, reading text) returns text language sql stable as $$
  select format($f$insert into expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type, %s)
    values (%L, %L, %L, %L, %L, 1000, 'image/jpeg', %s)$f$, columns, pg_temp.id(11), tests.org(), pg_temp.id(1),
    tests.person('artist'), tests.org() || '/' || tests.person('artist') || '/' || pg_temp.id(11) || '.jpg', reading) $$;
grant execute on function pg_temp.id(integer), pg_temp.read(text, text) to public;
insert into expenses (id, organization_id, person_id, amount_minor, currency, expense_date, description) values
  (pg_temp.id(1), tests.org(), tests.person('artist'), 4210, 'EUR', '2026-05-03', 'Draft');

select tests.outcomes('reading, comes with the photo', pg_temp.read(
  'extracted_amount_minor, extracted_currency, extracted_date, extracted_merchant, extracted_confidence, extracted_data, processed_at',
  $$4210, 'EUR', '2026-05-03', 'Gasthof Adler', 0.93, '{"v": 1}', now()$$),
  '{"1": "artist", "42501": "owner accountant crew stranger suspended revoked nobody anon"}');
select tests.outcomes('reading, found nothing', pg_temp.read('processed_at', 'now()'), '{"1": "artist"}');
select tests.outcomes('reading, surer than sure', pg_temp.read('processed_at, extracted_confidence', 'now(), 1.01'), '{"23514": "artist"}');
select tests.outcomes('reading, less than unsure', pg_temp.read('processed_at, extracted_confidence', 'now(), -0.01'), '{"23514": "artist"}');
select tests.outcomes('reading, no money', pg_temp.read('processed_at, extracted_amount_minor, extracted_currency', $$now(), 0, 'EUR'$$), '{"23514": "artist"}');
select tests.outcomes('reading, a sum of nothing', pg_temp.read('processed_at, extracted_amount_minor', 'now(), 100'), '{"23514": "artist"}');
select tests.outcomes('reading, no currency', pg_temp.read('processed_at, extracted_currency', $$now(), 'eur'$$), '{"23514": "artist"}');
select tests.outcomes('reading, a day before there were receipts', pg_temp.read('processed_at, extracted_date', $$now(), '1999-12-31'$$), '{"23514": "artist"}');
select tests.outcomes('reading, a novel for a name', pg_temp.read('processed_at, extracted_merchant', $$now(), repeat('x', 121)$$), '{"23514": "artist"}');
select tests.outcomes('reading, of no time', pg_temp.read('extracted_merchant', $$'Adler'$$), '{"23514": "artist"}');
select tests.outcomes('reading, raw data as a list', pg_temp.read('processed_at, extracted_data', $$now(), '[]'$$), '{"23514": "artist"}');
select tests.outcomes('reading, raw data of 4 KB', pg_temp.read('processed_at, extracted_data',
  $$now(), jsonb_build_object('t', repeat('x', 4085))$$), '{"1": "artist"}');
select tests.outcomes('reading, more raw data than that', pg_temp.read('processed_at, extracted_data',
  $$now(), jsonb_build_object('t', repeat('x', 4097))$$), '{"23514": "artist"}');

insert into expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type, extracted_merchant, processed_at)
values (pg_temp.id(12), tests.org(), pg_temp.id(1), tests.person('artist'),
  tests.org() || '/' || tests.person('artist') || '/' || pg_temp.id(12) || '.jpg', 1000, 'image/jpeg', 'Adler', now());
select tests.outcomes('reading, changed afterwards', $$update expense_receipts set extracted_merchant = 'Post'$$,
  '{"42501": "owner accountant artist crew stranger anon"}');
select tests.outcomes('reading, seen', $$select from expense_receipts where extracted_merchant = 'Adler'$$,
  '{"1": "owner admin manager finance_director accountant booking artist", "0": "crew stranger suspended revoked nobody", "42501": "anon"}');

select * from finish();
