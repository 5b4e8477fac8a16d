select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('a0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
insert into venues (id, organization_id, name, city, country, time_zone) values
  (pg_temp.id(1), tests.org(), 'Hall', 'Berlin', 'DE', 'Europe/Berlin'),
  (pg_temp.id(2), tests.org('stranger'), 'Barn', 'Austin', 'US', 'America/Chicago');
insert into tours (id, organization_id, name, currency) values
  (pg_temp.id(11), tests.org(), 'Autumn', 'EUR'), (pg_temp.id(12), tests.org(), 'Winter', 'EUR'),
  (pg_temp.id(13), tests.org('stranger'), 'South', 'USD');
insert into tour_people (id, organization_id, tour_id, person_id, part) values
  (pg_temp.id(21), tests.org(), pg_temp.id(11), tests.person('artist'), 'vocals');
insert into shows (id, organization_id, tour_id, venue_id, title, show_date, time_zone) values
  (pg_temp.id(31), tests.org(), pg_temp.id(11), pg_temp.id(1), 'Berlin', '2026-10-01', 'Europe/Berlin'),
  (pg_temp.id(32), tests.org(), pg_temp.id(12), null, 'TBA', '2026-12-01', 'Europe/Berlin'),
  (pg_temp.id(33), tests.org('stranger'), pg_temp.id(13), null, 'Austin', '2026-10-01', 'America/Chicago');
-- Statements below run as people at the API, who have no use for this schema otherwise.
grant execute on function pg_temp.id(integer) to public;

-- venues
select tests.outcomes('venues, read', 'select from venues',
  '{"1": "owner admin manager finance_director accountant booking artist crew stranger", "0": "suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('venues, add', $$insert into venues (organization_id, name, city, country, time_zone)
    values (tests.org(), 'Club', 'Oslo', 'NO', 'Europe/Oslo')$$,
  '{"1": "owner admin manager booking", "42501": "finance_director accountant artist crew stranger suspended revoked nobody anon"}');
select tests.outcomes('venues, change', $$update venues set capacity = 900$$,
  '{"1": "owner admin manager booking stranger", "0": "finance_director accountant artist crew suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('venues, remove one in use', $$delete from venues where name = 'Hall'$$,
  '{"23503": "owner manager", "0": "accountant artist stranger", "42501": "anon"}');
select tests.outcomes('venues, remove an unused one', $$delete from venues where name = 'Barn'$$, '{"1": "stranger", "0": "owner"}');
select tests.outcomes('venues, move to another organisation', 'update venues set organization_id = tests.org(''stranger'')', '{"42501": "owner stranger"}');
select throws_ok($$insert into venues (organization_id, name, city, country, time_zone) values (tests.org(), 'X', 'Y', 'DE', 'CET')$$,
  '23514', null, 'a venue needs a zone that browsers know');
select throws_ok($$insert into venues (organization_id, name, city, country, time_zone) values (tests.org(), 'X', 'Y', 'de', 'UTC')$$,
  '23514', null, 'a country is two capital letters');

-- tours
select tests.outcomes('tours, read', 'select from tours',
  '{"2": "owner admin manager finance_director accountant booking", "1": "artist stranger", "0": "crew suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('tours, open', $$insert into tours (organization_id, name, currency) values (tests.org(), 'New', 'EUR')$$,
  '{"1": "owner admin manager booking", "42501": "accountant artist crew stranger suspended revoked nobody anon"}');
select tests.outcomes('tours, change', $$update tours set name = 'Fall'$$,
  '{"2": "owner manager booking", "1": "stranger", "0": "accountant artist crew suspended", "42501": "anon"}');
select tests.outcomes('tours, delete', 'delete from tours', '{"42501": "owner manager artist anon"}');
select throws_ok($$insert into tours (organization_id, name, currency, starts_on, ends_on) values (tests.org(), 'X', 'EUR', '2026-02-01', '2026-01-01')$$,
  '23514', null, 'a tour does not end before it starts');

-- tour_people
select tests.outcomes('tour people, read', 'select from tour_people',
  '{"1": "owner manager accountant booking artist", "0": "crew stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('tour people, put on', $$insert into tour_people (organization_id, tour_id, person_id, part)
    values (tests.org(), pg_temp.id(12), tests.person('crew'), 'lights')$$,
  '{"1": "owner manager booking", "42501": "accountant artist crew stranger suspended anon"}');
select tests.outcomes('tour people, change the part', $$update tour_people set part = 'bass'$$,
  '{"1": "owner manager booking", "0": "accountant artist crew stranger", "42501": "anon"}');
select tests.outcomes('tour people, change the person', 'update tour_people set person_id = tests.person(''crew'')', '{"42501": "owner manager"}');
select tests.outcomes('tour people, take off', 'delete from tour_people',
  '{"1": "owner manager booking", "0": "accountant artist crew stranger", "42501": "anon"}');
select tests.outcomes('tour people, somebody of another organisation', $$insert into tour_people (organization_id, tour_id, person_id, part)
    values (tests.org(), pg_temp.id(12), tests.person('stranger'), 'bass')$$, '{"23503": "owner"}');
select tests.outcomes('tour people, a tour of another organisation', $$insert into tour_people (organization_id, tour_id, person_id, part)
    values (tests.org(), pg_temp.id(13), tests.person('crew'), 'bass')$$, '{"23503": "owner"}');
select throws_ok($$insert into tour_people (organization_id, tour_id, person_id, part) values (tests.org(), pg_temp.id(11), tests.person('artist'), 'bass')$$,
  '23505', null, 'nobody is on a tour twice');

-- shows
select tests.outcomes('shows, read', 'select from shows',
  '{"2": "owner admin manager finance_director accountant booking", "1": "artist stranger", "0": "crew suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('shows, enter', $$insert into shows (organization_id, title, show_date, time_zone)
    values (tests.org(), 'One-off', '2026-11-11', 'Europe/Paris')$$,
  '{"1": "owner admin manager booking", "42501": "finance_director accountant artist crew stranger suspended anon"}');
select tests.outcomes('shows, change', $$update shows set status = 'confirmed'$$,
  '{"2": "owner manager booking", "1": "stranger", "0": "accountant artist crew", "42501": "anon"}');
select tests.outcomes('shows, delete one that no import made', 'delete from shows', '{"0": "owner manager artist", "42501": "anon"}');
select tests.outcomes('shows, at a venue of another organisation', $$update shows set venue_id = pg_temp.id(2) where title = 'Berlin'$$, '{"23503": "owner"}');
select throws_ok($$update shows set status = 'maybe'$$, '23514', null, 'a show has one of the known states');

-- a person on two tours in one organisation sees the shows of both, and of no other
insert into tour_people (organization_id, tour_id, person_id, part) values (tests.org(), pg_temp.id(12), tests.person('artist'), 'vocals');
select tests.outcomes('shows, on both tours', 'select from shows', '{"2": "artist"}');
select is((select count(*) from sync.head h where h.scope = tests.person('artist') and h.table_number = (select number from sync.tables where name = 'shows') and not h.gone),
  2::bigint, 'both shows are in the scope of the person');
delete from tour_people where tour_id = pg_temp.id(12);
select is((select gone from sync.head where id = pg_temp.id(32) and scope = tests.person('artist')), true, 'and out of it when they leave the tour');


-- Days that no calendar on a device can show.
select tests.outcomes('shows, a day out of every calendar', format($$insert into shows (organization_id, title, show_date, time_zone)
  values (tests.org(), 'Never', %L, 'UTC')$$, day), '{"23514": "manager"}') from unnest('{infinity,-infinity,5874897-01-01}'::text[]) day;
select tests.outcomes('tours, a day out of every calendar', format($$insert into tours (organization_id, name, currency, starts_on)
  values (tests.org(), 'Never', 'EUR', %L)$$, day), '{"23514": "manager"}') from unnest('{infinity,-infinity,0044-03-15 BC}'::text[]) day;
select tests.outcomes('tours, without an end', $$insert into tours (organization_id, name, currency, ends_on)
  values (tests.org(), 'Never', 'EUR', 'infinity')$$, '{"23514": "manager"}');
select tests.outcomes('shows, a title with a tail of blanks', $$insert into shows (organization_id, title, show_date, time_zone)
  values (tests.org(), 'Never' || repeat(' ', 200), '2026-05-01', 'UTC')$$, '{"23514": "manager"}');
select * from finish();
