select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('b0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
grant execute on function pg_temp.id(integer) to public;
insert into shows (id, organization_id, title, show_date, time_zone, created_at) values
  (pg_temp.id(1), tests.org(), 'Imported', '2026-10-01', 'Europe/Berlin', now()),
  (pg_temp.id(2), tests.org(), 'Typed', '2026-10-02', 'Europe/Berlin', now() - interval '1 day'),
  (pg_temp.id(3), tests.org('stranger'), 'Elsewhere', '2026-10-02', 'Europe/Berlin', now());
insert into show_sources (organization_id, import_id, show_id, file_name, line, made) values
  (tests.org(), pg_temp.id(9), pg_temp.id(1), 'tour.csv', 2, '{show}');

select tests.outcomes('sources, read', 'select from show_sources',
  '{"1": "owner admin manager finance_director accountant booking", "0": "artist crew stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('sources, add', $$insert into show_sources (organization_id, import_id, show_id, file_name, line)
    values (tests.org(), pg_temp.id(8), pg_temp.id(2), 'tour.csv', 3)$$,
  '{"1": "owner admin manager booking", "42501": "finance_director accountant artist crew stranger suspended anon"}');
select tests.outcomes('sources, of a show elsewhere', $$insert into show_sources (organization_id, import_id, show_id, file_name, line)
    values (tests.org(), pg_temp.id(8), pg_temp.id(3), 'tour.csv', 3)$$, '{"23503": "owner"}');
select tests.outcomes('sources, claim a show that was there before', $$insert into show_sources (organization_id, import_id, show_id, file_name, line, made)
    values (tests.org(), pg_temp.id(8), pg_temp.id(2), 'tour.csv', 3, '{show}')$$, '{"BL422 not_made_here": "owner manager"}');
select tests.outcomes('sources, change', $$update show_sources set line = 4$$, '{"42501": "owner manager artist anon"}');
select tests.outcomes('sources, take back', 'delete from show_sources',
  '{"1": "owner admin manager booking", "0": "accountant artist crew stranger", "42501": "anon"}');

select tests.outcomes('shows, take back what an import made', 'delete from shows',
  '{"1": "owner admin manager booking", "0": "accountant artist crew stranger suspended", "42501": "anon"}');
select tests.sign_in_as('manager');
delete from shows;
select tests.sign_out();
select is((select array_agg(title order by title) from shows), '{Elsewhere,Typed}', 'a typed show stays, whoever deletes');
select is((select count(*)::integer from show_sources), 0, 'the line goes with its show');
select throws_ok($$insert into show_sources (organization_id, import_id, show_id, file_name, line, made)
  values (tests.org(), pg_temp.id(8), pg_temp.id(2), 'tour.csv', 3, '{rows}')$$, '23514', null, 'an import makes shows, venues and tours only');
select * from finish();
