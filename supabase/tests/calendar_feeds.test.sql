select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('c0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
create function pg_temp.hash(word text) returns text language sql immutable as $$ select encode(sha256(word::bytea), 'hex') $$;
grant execute on function pg_temp.id(integer), pg_temp.hash(text) to public;
insert into tours (id, organization_id, name, currency) values
  (pg_temp.id(11), tests.org(), 'Autumn', 'EUR'), (pg_temp.id(12), tests.org(), 'Winter', 'EUR');
insert into tour_people (organization_id, tour_id, person_id, part) values
  (tests.org(), pg_temp.id(11), tests.person('artist'), 'vocals');
insert into venues (id, organization_id, name, city, country, time_zone) values
  (pg_temp.id(21), tests.org(), 'Hall', 'Berlin', 'DE', 'Europe/Berlin');
insert into venue_rooms (id, organization_id, venue_id, name) values (pg_temp.id(41), tests.org(), pg_temp.id(21), 'Stage');
insert into shows (id, organization_id, tour_id, venue_id, title, show_date, time_zone, status) values
  (pg_temp.id(31), tests.org(), pg_temp.id(11), pg_temp.id(21), 'Berlin', '2026-10-01', 'Europe/Berlin', 'confirmed'),
  (pg_temp.id(32), tests.org(), pg_temp.id(12), null, 'Oslo', '2026-12-01', 'Europe/Oslo', 'hold'),
  (pg_temp.id(33), tests.org(), pg_temp.id(11), null, 'Bremen', '2026-10-03', 'Europe/Berlin', 'cancelled');
insert into calendar_feeds (id, organization_id, person_id, tour_id, secret_hash) values
  (pg_temp.id(1), tests.org(), tests.person('artist'), null, pg_temp.hash('artist')),
  (pg_temp.id(2), tests.org(), tests.person('artist'), pg_temp.id(11), pg_temp.hash('autumn')),
  (pg_temp.id(3), tests.org(), tests.person('manager'), null, pg_temp.hash('manager')),
  (pg_temp.id(4), tests.org(), tests.person('crew'), null, pg_temp.hash('crew'));

select tests.outcomes('addresses, read', 'select from calendar_feeds',
  '{"2": "artist", "1": "manager crew", "0": "owner admin accountant stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('addresses, make for oneself', $$insert into calendar_feeds (organization_id, person_id, secret_hash)
    select m.organization_id, m.person_id, pg_temp.hash('new') from memberships m where m.user_id = auth.uid()$$,
  '{"1": "owner admin accountant", "23505": "artist manager", "0": "nobody", "42501": "anon"}');
select tests.outcomes('addresses, make for somebody else', $$insert into calendar_feeds (organization_id, person_id, secret_hash)
    values (tests.org(), tests.person('owner'), pg_temp.hash('new'))$$, '{"1": "owner", "42501": "admin manager artist stranger anon"}');
select tests.outcomes('addresses, of a tour one is not on', $$insert into calendar_feeds (organization_id, person_id, tour_id, secret_hash)
    values (tests.org(), tests.person('artist'), pg_temp.id(12), pg_temp.hash('new'))$$, '{"42501": "artist manager"}');
select tests.outcomes('addresses, change the secret', $$update calendar_feeds set secret_hash = pg_temp.hash(auth.uid()::text) where tour_id is null$$,
  '{"1": "artist manager crew", "0": "owner stranger suspended", "42501": "anon"}');
select tests.outcomes('addresses, hand over', $$update calendar_feeds set person_id = tests.person('owner')$$, '{"42501": "artist manager owner"}');
select tests.outcomes('addresses, take away', 'delete from calendar_feeds',
  '{"2": "artist", "1": "manager crew", "0": "owner stranger suspended", "42501": "anon"}');
select throws_ok($$update calendar_feeds set secret_hash = 'plain'$$, '23514', null, 'only a hash is kept');

select tests.outcomes('addresses, of a tour and a room at once', $$insert into calendar_feeds (organization_id, person_id, tour_id, room_id, secret_hash)
    values (tests.org(), tests.person('manager'), pg_temp.id(12), pg_temp.id(41), pg_temp.hash('new'))$$, '{"23514": "manager"}');

-- What an address shows.
create function pg_temp.titles(secret text) returns text[] language plpgsql as $$
declare
  content jsonb;
begin
  perform tests.as_service();
  content := public.read_calendar_feed(pg_temp.hash(secret));
  perform tests.sign_out();
  return array(select s ->> 'title' from jsonb_array_elements(content -> 'shows') s);
end $$;
insert into schedule_items (id, organization_id, show_id, room_id, title, local_date, wall_start, time_zone, visibility, crew, certainty) values
  (pg_temp.id(51), tests.org(), pg_temp.id(31), pg_temp.id(41), 'Doors', '2026-10-01', '19:00', 'Europe/Berlin', 'everyone', null, 'exact'),
  (pg_temp.id(52), tests.org(), pg_temp.id(31), pg_temp.id(41), 'Focus', '2026-10-01', '15:00', 'Europe/Berlin', 'group', 'production', 'exact'),
  (pg_temp.id(53), tests.org(), pg_temp.id(31), null, 'Surprise', '2026-10-01', '20:00', 'Europe/Berlin', 'everyone', null, 'hidden'),
  (pg_temp.id(54), tests.org(), pg_temp.id(32), null, 'Bus call', '2026-12-01', '08:00', 'Europe/Oslo', 'people', null, 'exact');
insert into schedule_people (organization_id, item_id, person_id) values (tests.org(), pg_temp.id(54), tests.person('crew'));
insert into travel_legs (id, organization_id, tour_id, mode, from_place, from_date, from_wall, from_zone, to_place, to_date, to_wall, to_zone) values
  (pg_temp.id(61), tests.org(), pg_temp.id(11), 'train', 'Berlin', '2026-10-02', '10:00', 'Europe/Berlin', 'Bremen', '2026-10-02', '13:00', 'Europe/Berlin');
insert into travel_people (organization_id, leg_id, person_id, seat) values (tests.org(), pg_temp.id(61), tests.person('artist'), '12A');
insert into calendar_feeds (organization_id, person_id, room_id, secret_hash) values
  (tests.org(), tests.person('manager'), pg_temp.id(41), pg_temp.hash('stage'));
create function pg_temp.parts(secret text, part text) returns text[] language plpgsql as $$
declare
  content jsonb;
begin
  perform tests.as_service();
  content := public.read_calendar_feed(pg_temp.hash(secret));
  perform tests.sign_out();
  return array(select coalesce(s ->> 'title', concat_ws(' ', s ->> 'from_place', s ->> 'seat')) from jsonb_array_elements(content -> part) s order by 1);
end $$;
select is(pg_temp.parts('artist', 'items'), '{Doors}', 'what is shown to everyone, and neither hidden lines nor those of another group');
select is(pg_temp.parts('manager', 'items'), '{Bus call,Doors,Focus,Surprise}', 'every line for a planner');
select is(pg_temp.parts('crew', 'items'), '{Bus call}', 'a line one is called to, on whatever tour');
select is(pg_temp.parts('stage', 'items'), '{Doors,Focus}', 'the lines of a room');
select is(pg_temp.parts('stage', 'shows'), '{}', 'a room holds no whole days');
select is(pg_temp.parts('artist', 'legs'), '{Berlin 12A}', 'one''s own journeys, with the seat');
select is(pg_temp.parts('manager', 'legs'), '{}', 'not those of others');
select is(pg_temp.titles('artist'), '{Berlin,Bremen}', 'one''s own days, cancelled shows included');
select is(pg_temp.titles('autumn'), '{Berlin,Bremen}', 'a tour');
select is(pg_temp.titles('manager'), '{Berlin,Bremen,Oslo}', 'the whole schedule for a planner who is on no tour');
select is(pg_temp.titles('crew'), '{}', 'nothing for somebody who may see nothing');
delete from tour_people;
select is(pg_temp.titles('autumn'), '{}', 'a tour one has left is empty, though the address is still known');
update memberships set status = 'suspended' where person_id = tests.person('manager');
select is(pg_temp.titles('manager'), '{}', 'a suspended member reads nothing');

select tests.outcomes('feeds, read directly', $$select public.read_calendar_feed(pg_temp.hash('artist'))$$, '{"42501": "owner artist stranger anon"}');
select tests.outcomes('feeds, enter directly', $$select access.enter_feed(pg_temp.hash('artist'), 1, '1 minute')$$, '{"42501": "owner artist anon"}');
select throws_ok($$select pg_temp.titles('never heard of')$$, 'BL404', 'unknown_feed', 'an unknown secret opens nothing');
delete from calendar_feeds where id = pg_temp.id(4);
select throws_ok($$select pg_temp.titles('crew')$$, 'BL404', 'unknown_feed', 'nor does one that was taken away');

-- Too often.
update private.feed_visits set visits = 30, since = now() - interval '1 minute' where feed_id = pg_temp.id(1);
select tests.as_service();
select is(public.read_calendar_feed(pg_temp.hash('artist')), '{"wait_seconds": 240}', 'after thirty visits one waits for the window to end');
select tests.sign_out();
update private.feed_visits set since = now() - interval '6 minutes' where feed_id = pg_temp.id(1);
select is(pg_temp.titles('artist'), '{}', 'then it goes on');
select * from finish();
