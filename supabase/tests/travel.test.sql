select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('a0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
grant execute on function pg_temp.id(integer) to public;
insert into venues (id, organization_id, name, city, country, time_zone) values
  (pg_temp.id(1), tests.org(), 'Hall', 'Berlin', 'DE', 'Europe/Berlin'), (pg_temp.id(2), tests.org(), 'Club', 'Oslo', 'NO', 'Europe/Oslo');
insert into tours (id, organization_id, name, currency) values (pg_temp.id(11), tests.org(), 'Autumn', 'EUR'), (pg_temp.id(13), tests.org('stranger'), 'South', 'USD');
insert into tour_people (organization_id, tour_id, person_id, part) values (tests.org(), pg_temp.id(11), tests.person('artist'), 'vocals');
insert into shows (id, organization_id, tour_id, venue_id, title, show_date, time_zone) values
  (pg_temp.id(31), tests.org(), pg_temp.id(11), pg_temp.id(1), 'Berlin', '2026-10-24', 'Europe/Berlin');
insert into travel_legs (id, organization_id, tour_id, mode, from_place, from_date, from_wall, from_zone, to_place, to_date, to_wall, to_zone) values
  (pg_temp.id(81), tests.org(), pg_temp.id(11), 'flight', 'NRT', '2026-10-24', '17:00', 'Asia/Tokyo', 'LAX', '2026-10-24', '11:00', 'America/Los_Angeles'),
  (pg_temp.id(82), tests.org(), pg_temp.id(11), 'drive', 'Berlin', '2026-10-25', null, 'Europe/Berlin', 'Hamburg', '2026-10-25', null, 'Europe/Berlin'),
  (pg_temp.id(83), tests.org('stranger'), pg_temp.id(13), 'bus', 'Austin', '2026-10-25', null, 'America/Chicago', 'Dallas', '2026-10-25', null, 'America/Chicago');
insert into travel_people (id, organization_id, leg_id, person_id, seat) values
  (pg_temp.id(91), tests.org(), pg_temp.id(81), tests.person('artist'), '12A'), (pg_temp.id(92), tests.org(), pg_temp.id(81), tests.person('crew'), '31F'),
  (pg_temp.id(93), tests.org('stranger'), pg_temp.id(83), tests.person('stranger'), null);
insert into hotels (id, organization_id, tour_id, name, check_in, check_out, time_zone) values
  (pg_temp.id(101), tests.org(), pg_temp.id(11), 'Grand', '2026-10-24', '2026-10-25', 'Europe/Berlin'),
  (pg_temp.id(102), tests.org(), pg_temp.id(11), 'Annex', '2026-10-24', '2026-10-24', 'Europe/Berlin'),
  (pg_temp.id(103), tests.org('stranger'), pg_temp.id(13), 'Motel', '2026-10-24', '2026-10-25', 'America/Chicago');
insert into rooming (id, organization_id, hotel_id, person_id, room, kind) values
  (pg_temp.id(111), tests.org(), pg_temp.id(101), tests.person('artist'), '404', 'suite'), (pg_temp.id(112), tests.org(), pg_temp.id(101), tests.person('crew'), '12', 'twin'),
  (pg_temp.id(113), tests.org('stranger'), pg_temp.id(103), tests.person('stranger'), '1', 'double');
insert into road_contacts (id, organization_id, tour_id, venue_id, name) values
  (pg_temp.id(121), tests.org(), pg_temp.id(11), null, 'Promoter'), (pg_temp.id(122), tests.org(), null, pg_temp.id(1), 'Stage door'),
  (pg_temp.id(123), tests.org(), null, pg_temp.id(2), 'Elsewhere'), (pg_temp.id(124), tests.org('stranger'), pg_temp.id(13), null, 'South');

select tests.outcomes('legs, read', 'select from travel_legs', '{"2": "owner manager accountant", "1": "artist crew stranger", "0": "suspended nobody", "42501": "anon"}');
select tests.outcomes('legs, book', $$insert into travel_legs (organization_id, tour_id, mode, from_place, from_date, from_zone, to_place, to_date, to_zone)
  values (tests.org(), pg_temp.id(11), 'train', 'A', '2026-10-26', 'UTC', 'B', '2026-10-26', 'UTC')$$, '{"1": "owner manager booking", "42501": "accountant artist crew stranger anon"}');
select tests.outcomes('legs, rebook', $$update travel_legs set number = 'X1'$$, '{"2": "manager", "1": "stranger", "0": "accountant artist crew"}');
select tests.outcomes('legs, cancel', 'delete from travel_legs', '{"2": "manager", "1": "stranger", "0": "accountant artist crew"}');
select tests.outcomes('legs, forge the instant', 'update travel_legs set departs_at = now()', '{"42501": "owner"}');
select tests.outcomes('legs, arrive before leaving', $$update travel_legs set to_wall = '00:30' where id = pg_temp.id(81)$$, '{"23514": "manager"}');
select is((select array[departs_at, arrives_at] from travel_legs where id = pg_temp.id(81)), array['2026-10-24 08:00Z', '2026-10-24 18:00Z']::timestamptz[],
  'across the date line one arrives, by the clocks, before one left');

select tests.outcomes('seats, read', 'select from travel_people', '{"2": "owner manager accountant", "1": "artist crew stranger", "0": "suspended", "42501": "anon"}');
select tests.outcomes('seats, give', $$insert into travel_people (organization_id, leg_id, person_id) values (tests.org(), pg_temp.id(82), tests.person('artist'))$$,
  '{"1": "owner manager", "42501": "accountant artist crew stranger"}');
select tests.outcomes('seats, change', $$update travel_people set seat = '1A'$$, '{"2": "manager", "1": "stranger", "0": "artist crew"}');
select tests.outcomes('seats, take away', 'delete from travel_people', '{"2": "manager", "1": "stranger", "0": "artist crew"}');
select tests.outcomes('seats, of another organisation', $$insert into travel_people (organization_id, leg_id, person_id) values (tests.org(), pg_temp.id(83), tests.person('artist'))$$, '{"23503": "owner"}');

select tests.outcomes('hotels, read', 'select from hotels', '{"2": "owner manager accountant", "1": "artist crew stranger", "0": "suspended", "42501": "anon"}');
select tests.outcomes('hotels, book', $$insert into hotels (organization_id, name, check_in, check_out, time_zone) values (tests.org(), 'X', '2026-01-01', '2026-01-02', 'UTC')$$,
  '{"1": "owner manager", "42501": "accountant artist crew stranger"}');
select tests.outcomes('hotels, change', $$update hotels set name = 'X'$$, '{"2": "manager", "1": "stranger", "0": "artist crew accountant"}');
select tests.outcomes('hotels, cancel', 'delete from hotels', '{"2": "manager", "1": "stranger", "0": "artist crew accountant"}');
select tests.outcomes('hotels, leave before arriving', $$update hotels set check_out = '2026-10-01' where id = pg_temp.id(101)$$, '{"23514": "manager"}');

select tests.outcomes('rooming, read', 'select from rooming', '{"2": "owner manager accountant", "1": "artist crew stranger", "0": "suspended", "42501": "anon"}');
select tests.outcomes('rooming, give', $$insert into rooming (organization_id, hotel_id, person_id) values (tests.org(), pg_temp.id(102), tests.person('artist'))$$,
  '{"1": "owner manager", "42501": "accountant artist crew stranger"}');
select tests.outcomes('rooming, change', $$update rooming set room = '9'$$, '{"2": "manager", "1": "stranger", "0": "artist crew"}');
select tests.outcomes('rooming, take back', 'delete from rooming', '{"2": "manager", "1": "stranger", "0": "artist crew"}');

select tests.outcomes('contacts, read', 'select from road_contacts', '{"3": "owner manager accountant", "2": "artist", "1": "stranger", "0": "crew suspended", "42501": "anon"}');
select tests.outcomes('contacts, note', $$insert into road_contacts (organization_id, venue_id, name) values (tests.org(), pg_temp.id(1), 'Rep')$$,
  '{"1": "owner manager", "42501": "accountant artist crew stranger"}');
select tests.outcomes('contacts, of nowhere', $$insert into road_contacts (organization_id, name) values (tests.org(), 'Rep')$$, '{"23514": "manager"}');
select tests.outcomes('contacts, correct', $$update road_contacts set phone = '+49 30 1'$$, '{"3": "manager", "1": "stranger", "0": "artist crew"}');
select tests.outcomes('contacts, remove', 'delete from road_contacts', '{"3": "manager", "1": "stranger", "0": "artist crew"}');

-- scopes follow
create function pg_temp.in_scope(item integer, actor text) returns boolean language sql as $$
  select coalesce((select not gone from sync.head where id = pg_temp.id(item) and scope = tests.person(actor)), false) $$;
select is(pg_temp.in_scope(n, 'artist'), expected, format('row %s and the artist', n))
from (values (81, true), (82, false), (91, true), (92, false), (101, true), (102, false), (111, true), (112, false), (121, true), (122, true), (123, false)) s (n, expected);
update shows set venue_id = pg_temp.id(2);
select is(array[pg_temp.in_scope(122, 'artist'), pg_temp.in_scope(123, 'artist')], '{false,true}', 'a show at another venue brings that venue''s contacts');
insert into shows (organization_id, tour_id, venue_id, title, show_date, time_zone) values (tests.org(), pg_temp.id(11), pg_temp.id(1), 'Again', '2026-11-01', 'Europe/Berlin');
select is(pg_temp.in_scope(122, 'artist'), true, 'and so does a new show');
delete from travel_people where id = pg_temp.id(91);
delete from rooming where id = pg_temp.id(111);
select is(array[pg_temp.in_scope(81, 'artist'), pg_temp.in_scope(101, 'artist'), pg_temp.in_scope(81, 'crew')], '{false,false,true}', 'who is taken off sees it no more');
select * from finish();
