select no_plan();
select tests.stage();

create function pg_temp.path(n integer, ending text default '.jpg') returns text language sql stable as $$
  select tests.org() || '/' || tests.person('artist') || '/' || ('d0000000-0000-4000-a000-' || lpad(n::text, 12, '0')) || ending $$;
create function pg_temp.store(name text, bucket text default 'receipts') returns void language sql as $$
  insert into storage.objects (bucket_id, name, created_at, updated_at) values (bucket, name, now() - interval '8 days', now() - interval '8 days') $$;
create function pg_temp.found() returns text[] language sql as $$
  select coalesce(array_agg(o.name order by o.name), '{}') from public.orphaned_files() o $$;

insert into expenses (id, organization_id, person_id, amount_minor, currency, expense_date, description)
values ('d0000000-0000-4000-a000-0000000000ff', tests.org(), tests.person('artist'), 100, 'EUR', '2026-03-01', 'Draft');
insert into expense_receipts (id, organization_id, expense_id, person_id, path, thumbnail_path, byte_size, mime_type)
select ('d0000000-0000-4000-a000-' || lpad('1', 12, '0'))::uuid, tests.org(), 'd0000000-0000-4000-a000-0000000000ff',
  tests.person('artist'), pg_temp.path(1), pg_temp.path(1, '.thumb.jpg'), 1000, 'image/jpeg';
select pg_temp.store(pg_temp.path(1)), pg_temp.store(pg_temp.path(1, '.thumb.jpg')), pg_temp.store(pg_temp.path(2));
insert into storage.buckets (id, name) values ('elsewhere', 'elsewhere');
select pg_temp.store('untold.jpg', 'elsewhere');

select is(pg_temp.found(), array[pg_temp.path(2)], 'a file that no row names is an orphan; photos, thumbnails and untold buckets are not');
update storage.objects set updated_at = now() where name = pg_temp.path(2);
select is(pg_temp.found(), '{}', 'one that was stored again a moment ago may still get its row');
select is((select count(*)::integer from public.orphaned_files(interval '0')), 0, 'nobody can ask for files of today');
delete from expense_receipts where path = pg_temp.path(1);
select is(pg_temp.found(), array[pg_temp.path(1), pg_temp.path(1, '.thumb.jpg')], 'a removed receipt leaves both its files');
select is((select count(*)::integer from public.orphaned_files(at_most => 1)), 1, 'they are given in portions');

select tests.outcomes('orphaned files, ask', 'select from public.orphaned_files()', '{"42501": "owner accountant artist stranger anon"}');
select throws_ok($$select private.names_files('receipts', 'public.expense_receipts', 'no_such')$$, 'public.expense_receipts has no column no_such');

select * from finish();
