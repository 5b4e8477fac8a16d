select no_plan();
select tests.stage();

create function pg_temp.id(n integer) returns uuid language sql immutable as $$
  select ('a0000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid $$;
grant execute on function pg_temp.id(integer) to public;
insert into venues (id, organization_id, name, city, country, time_zone) values
  (pg_temp.id(1), tests.org(), 'Hall', 'Berlin', 'DE', 'Europe/Berlin'),
  (pg_temp.id(2), tests.org('stranger'), 'Barn', 'Austin', 'US', 'America/Chicago');
insert into tours (id, organization_id, name, currency) values
  (pg_temp.id(11), tests.org(), 'Autumn', 'EUR'), (pg_temp.id(12), tests.org(), 'Winter', 'EUR'),
  (pg_temp.id(13), tests.org('stranger'), 'South', 'USD');
insert into tour_people (organization_id, tour_id, person_id, part, crew) values
  (tests.org(), pg_temp.id(11), tests.person('artist'), 'vocals', 'artist');
insert into shows (id, organization_id, tour_id, venue_id, title, show_date, time_zone) values
  (pg_temp.id(31), tests.org(), pg_temp.id(11), pg_temp.id(1), 'Berlin', '2026-10-24', 'Europe/Berlin'),
  (pg_temp.id(32), tests.org(), pg_temp.id(12), null, 'TBA', '2026-12-01', 'Europe/Berlin'),
  (pg_temp.id(33), tests.org('stranger'), pg_temp.id(13), pg_temp.id(2), 'Austin', '2026-10-24', 'America/Chicago');
insert into tour_days (id, organization_id, tour_id, day, kind, time_zone) values
  (pg_temp.id(41), tests.org(), pg_temp.id(11), '2026-10-25', 'off', 'Europe/Berlin'),
  (pg_temp.id(42), tests.org('stranger'), pg_temp.id(13), '2026-10-25', 'travel', 'America/Chicago');
insert into venue_rooms (id, organization_id, venue_id, name) values
  (pg_temp.id(51), tests.org(), pg_temp.id(1), 'Main stage'), (pg_temp.id(52), tests.org('stranger'), pg_temp.id(2), 'Loft');
-- One line of each visibility on the artist's tour, one hidden, one that only crew is called to, one of the stranger.
insert into schedule_items (id, organization_id, show_id, kind, title, local_date, wall_start, day_offset, end_offset, wall_end, time_zone, visibility, crew, certainty) values
  (pg_temp.id(61), tests.org(), pg_temp.id(31), 'doors', 'Doors', '2026-10-24', '19:00', 0, 0, '20:00', 'Europe/Berlin', 'everyone', null, 'exact'),
  (pg_temp.id(62), tests.org(), pg_temp.id(31), 'load_in', 'Get-in', '2026-10-24', '10:00', 0, 0, null, 'Europe/Berlin', 'group', 'crew', 'exact'),
  (pg_temp.id(63), tests.org(), pg_temp.id(31), 'press', 'Radio', '2026-10-24', '15:00', 0, 0, null, 'Europe/Berlin', 'group', 'artist', 'approx'),
  (pg_temp.id(64), tests.org(), pg_temp.id(31), 'meeting', 'Budget', '2026-10-24', '12:00', 0, 0, null, 'Europe/Berlin', 'people', null, 'exact'),
  (pg_temp.id(65), tests.org(), pg_temp.id(31), 'set', 'Secret guest', '2026-10-24', '21:00', 0, 0, null, 'Europe/Berlin', 'everyone', null, 'hidden'),
  (pg_temp.id(66), tests.org(), null, 'call_time', 'Van check', '2026-10-24', '02:30', 1, 1, '03:30', 'Europe/Berlin', 'people', null, 'exact'),
  (pg_temp.id(67), tests.org('stranger'), pg_temp.id(33), 'doors', 'Doors', '2026-10-24', '19:00', 0, 0, null, 'America/Chicago', 'everyone', null, 'exact');
insert into schedule_people (id, organization_id, item_id, person_id) values
  (pg_temp.id(71), tests.org(), pg_temp.id(66), tests.person('crew')),
  (pg_temp.id(72), tests.org(), pg_temp.id(66), tests.person('artist')),
  (pg_temp.id(73), tests.org(), pg_temp.id(65), tests.person('artist')),
  (pg_temp.id(74), tests.org('stranger'), pg_temp.id(67), tests.person('stranger'));

-- tour days
select tests.outcomes('tour days, read', 'select from tour_days',
  '{"1": "owner manager accountant booking artist stranger", "0": "crew suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('tour days, lay out', $$insert into tour_days (organization_id, tour_id, day, kind, time_zone)
    values (tests.org(), pg_temp.id(12), '2026-12-02', 'travel', 'Europe/Berlin')$$,
  '{"1": "owner manager booking", "42501": "accountant artist crew stranger suspended anon"}');
select tests.outcomes('tour days, change', $$update tour_days set kind = 'dark'$$,
  '{"1": "owner manager booking stranger", "0": "accountant artist crew", "42501": "anon"}');
select tests.outcomes('tour days, take out', 'delete from tour_days', '{"1": "manager stranger", "0": "accountant artist crew", "42501": "anon"}');
select tests.outcomes('tour days, on a tour of another organisation', $$insert into tour_days (organization_id, tour_id, day, kind, time_zone)
    values (tests.org(), pg_temp.id(13), '2026-12-02', 'travel', 'Europe/Berlin')$$, '{"23503": "owner"}');

-- rooms
select tests.outcomes('rooms, read', 'select from venue_rooms',
  '{"1": "owner manager accountant artist crew stranger", "0": "suspended nobody", "42501": "anon"}');
select tests.outcomes('rooms, add', $$insert into venue_rooms (organization_id, venue_id, name) values (tests.org(), pg_temp.id(1), 'Green room')$$,
  '{"1": "owner manager", "42501": "accountant artist crew stranger anon"}');
select tests.outcomes('rooms, change', $$update venue_rooms set name = 'Stage'$$, '{"1": "manager stranger", "0": "accountant artist"}');
select tests.outcomes('rooms, remove', 'delete from venue_rooms', '{"1": "manager stranger", "0": "accountant artist"}');

-- lines of the day
select tests.outcomes('lines, read', 'select from schedule_items',
  '{"6": "owner admin manager finance_director accountant booking", "3": "artist", "1": "crew stranger", "0": "suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('lines, read what is hidden', $$select from schedule_items where certainty = 'hidden'$$, '{"1": "manager", "0": "artist crew"}');
select tests.outcomes('lines, read what others are called to', 'select from schedule_items where id = pg_temp.id(64)', '{"1": "manager", "0": "artist crew stranger"}');
select tests.outcomes('lines, read what is for another group', 'select from schedule_items where id = pg_temp.id(62)', '{"1": "manager", "0": "artist"}');
select tests.outcomes('lines, write', $$insert into schedule_items (organization_id, show_id, title, local_date, time_zone, certainty)
    values (tests.org(), pg_temp.id(31), 'Dinner', '2026-10-24', 'Europe/Berlin', 'tbd')$$,
  '{"1": "owner manager booking", "42501": "accountant artist crew stranger suspended revoked nobody anon"}');
select tests.outcomes('lines, change', $$update schedule_items set title = 'X'$$,
  '{"6": "owner manager booking", "1": "stranger", "0": "accountant artist crew", "42501": "anon"}');
select tests.outcomes('lines, take out', 'delete from schedule_items', '{"6": "manager", "1": "stranger", "0": "accountant artist crew", "42501": "anon"}');
select tests.outcomes('lines, forge the instant', $$update schedule_items set starts_at = now()$$, '{"42501": "owner artist"}');
select tests.outcomes('lines, forge the tour', $$update schedule_items set tour_id = pg_temp.id(12)$$, '{"42501": "owner"}');
select tests.outcomes('lines, of a show of another organisation', $$update schedule_items set show_id = pg_temp.id(33) where id = pg_temp.id(61)$$, '{"23503": "owner"}');
select tests.outcomes('lines, at a venue of another organisation', $$update schedule_items set venue_id = pg_temp.id(2) where id = pg_temp.id(61)$$, '{"23503": "owner"}');
select tests.outcomes(what, format($$insert into schedule_items (organization_id, title, local_date, time_zone, %s) values (tests.org(), 'X', '2026-10-24', 'Europe/Berlin', %s)$$, columns, given),
  jsonb_build_object(outcome, 'manager'))
from (values
  ('lines, an unknown time', 'wall_start', $$'25:00'$$, '23514'),
  ('lines, an end before the start', 'wall_start, wall_end', $$'20:00', '19:00'$$, '23514'),
  ('lines, an end past midnight', 'wall_start, wall_end, end_offset', $$'20:00', '01:00', 1$$, '1'),
  ('lines, 48 hours', 'wall_start, wall_end, end_offset', $$'20:00', '20:00', 2$$, '1'),
  ('lines, an end without a start', 'wall_end', $$'19:00'$$, '23514'),
  ('lines, about when?', 'certainty', $$'approx'$$, '23514'),
  ('lines, for which group?', 'visibility', $$'group'$$, '23514'),
  ('lines, an endless recurrence', 'recurrence', $$'FREQ=WEEKLY'$$, '23514'),
  ('lines, a recurrence with an end', 'recurrence', $$'FREQ=WEEKLY;BYDAY=MO;COUNT=8'$$, '1'),
  ('lines, no recurrence at all', 'recurrence', $$'every day'$$, '23514')
) bad (what, columns, given, outcome);
select throws_ok($$update schedule_items set time_zone = 'Mars/Olympus'$$, '23514', null, 'an unknown zone is refused');

-- people called
select tests.outcomes('calls, read', 'select from schedule_people',
  '{"3": "owner manager accountant", "2": "artist crew", "1": "stranger", "0": "suspended nobody", "42501": "anon"}');
select tests.outcomes('calls, call somebody', $$insert into schedule_people (organization_id, item_id, person_id) values (tests.org(), pg_temp.id(61), tests.person('crew'))$$,
  '{"1": "owner manager booking", "42501": "accountant artist crew stranger anon"}');
select tests.outcomes('calls, somebody of another organisation', $$insert into schedule_people (organization_id, item_id, person_id) values (tests.org(), pg_temp.id(61), tests.person('stranger'))$$, '{"23503": "owner"}');
select tests.outcomes('calls, answer past the command', $$update schedule_people set status = 'confirmed'$$, '{"42501": "owner artist crew"}');
select tests.outcomes('calls, change the part', $$update schedule_people set role = 'driver'$$, '{"3": "manager", "1": "stranger", "0": "accountant artist crew"}');
select tests.outcomes('calls, let off', 'delete from schedule_people', '{"3": "manager", "1": "stranger", "0": "accountant artist crew"}');

-- answering
create function pg_temp.op(n integer, args jsonb) returns jsonb language sql immutable as $$
  select jsonb_build_object('id', pg_temp.id(n), 'args', args, 'seen', '{}'::jsonb) $$;
grant execute on function pg_temp.op(integer, jsonb) to public;
select tests.outcomes('calls, confirm', $$select commands.schedule_people_answer(pg_temp.op(71, '{"status": "confirmed", "revision": 1}'))$$,
  '{"1": "crew", "BL404 gone": "owner manager artist stranger"}');
select tests.outcomes('calls, confirm a hidden one', $$select commands.schedule_people_answer(pg_temp.op(73, '{"status": "confirmed", "revision": 1}'))$$, '{"BL404 gone": "artist"}');
select tests.outcomes('calls, confirm what it was before', $$select commands.schedule_people_answer(pg_temp.op(71, '{"status": "confirmed", "revision": 0}'))$$, '{"BL409 call_changed": "crew"}');
select tests.outcomes('calls, a novel as a note', format($$select commands.schedule_people_answer(pg_temp.op(71, '{"status": "confirmed", "revision": 1, "note": "%s"}'))$$, repeat('x', 501)), '{"BL422 note_too_long": "crew"}');
select tests.outcomes('calls, an unknown answer', $$select commands.schedule_people_answer(pg_temp.op(71, '{"status": "maybe", "revision": 1}'))$$, '{"BL400 malformed": "crew"}');
select tests.outcomes('calls, leave before arriving', $$select commands.schedule_people_check(pg_temp.op(71, '{"way": "out"}'))$$, '{"BL422 not_checked_in": "crew", "BL404 gone": "artist"}');
select tests.outcomes('calls, arrive', $$select commands.schedule_people_check(pg_temp.op(71, '{"way": "in"}'))$$, '{"1": "crew", "BL404 gone": "manager"}');

-- SM6: a changed time or place asks again, and remembers what was acknowledged
update schedule_items set requires_acknowledgment = true where id = pg_temp.id(66);
select is((select revision from schedule_items where id = pg_temp.id(66)), 1, 'to ask for an acknowledgement is no change of time');
select tests.sign_in_as('crew');
select lives_ok($$select commands.schedule_people_answer(pg_temp.op(71, '{"status": "confirmed", "revision": 1, "note": "on my way"}'))$$);
select tests.sign_out();
select is((select array[status, note] from schedule_people where id = pg_temp.id(71)), '{confirmed,on my way}', 'the answer and its note are kept');
update schedule_items set notes = 'Bring keys' where id = pg_temp.id(66);
select is((select status from schedule_people where id = pg_temp.id(71)), 'confirmed', 'a note asks nobody again');
update schedule_items set wall_start = '02:45' where id = pg_temp.id(66);
select is((select array[status, (acknowledged_at is null)::text, seen ->> 'wall_start'] from schedule_people where id = pg_temp.id(71)),
  '{invited,true,02:30}', 'another time asks again and says what it was');
select is((select revision from schedule_items where id = pg_temp.id(66)), 2, 'and is the second of its kind');

-- instants: the same answers as app/kernel/zone.ts
select is(private.instant_of(d::date, w, o, z), i::timestamptz, format('%s %s +%s in %s', d, w, o, z)) from (values
  ('2026-11-14', '21:30', 0, 'Europe/Berlin', '2026-11-14 20:30Z'),
  ('2026-11-14', '01:30', 1, 'Europe/Berlin', '2026-11-15 00:30Z'),
  ('2026-03-28', '02:30', 1, 'Europe/Berlin', '2026-03-29 01:30Z'),
  ('2026-10-25', '02:30', 0, 'Europe/Berlin', '2026-10-25 00:30Z'),
  ('2026-11-01', '01:30', 0, 'America/New_York', '2026-11-01 05:30Z'),
  ('2026-10-04', '02:15', 0, 'Australia/Lord_Howe', '2026-10-03 15:45Z'),
  ('2026-04-05', '01:45', 0, 'Australia/Lord_Howe', '2026-04-04 14:45Z'),
  ('2011-12-30', '12:00', 0, 'Pacific/Apia', '2011-12-30 22:00Z'),
  ('2026-06-01', '12:00', 0, 'Asia/Kathmandu', '2026-06-01 06:15Z')
) known (d, w, o, z, i);
select is((select starts_at from schedule_items where id = pg_temp.id(61)), '2026-10-24 17:00Z'::timestamptz, 'a line knows its instant');
select is((select array[starts_at, ends_at] from schedule_items where id = pg_temp.id(66)), array['2026-10-25 00:45Z', '2026-10-25 02:30Z']::timestamptz[],
  'also on the night the clock is put back');
select is(private.recompute_instants(), 0::bigint, 'nothing to derive anew while the zone data are the same');
alter table schedule_items disable trigger user;
update schedule_items set starts_at = starts_at + interval '1 hour' where id = pg_temp.id(61);
alter table schedule_items enable trigger user;
select is(private.recompute_instants(), 1::bigint, 'an instant of older zone data is found');
select is((select array[starts_at::text, revision::text] from schedule_items where id = pg_temp.id(61)),
  array['2026-10-24 17:00Z'::timestamptz::text, '1'], 'and derived anew, which is no change of the plan');

-- scopes follow
create function pg_temp.in_scope(item integer, actor text) returns boolean language sql as $$
  select coalesce((select not gone from sync.head where id = pg_temp.id(item) and scope = tests.person(actor)), false) $$;
select is(pg_temp.in_scope(n, 'artist'), expected, format('line %s and the artist', n))
from (values (61, true), (62, false), (63, true), (64, false), (65, false), (66, true), (73, false)) s (n, expected);
update schedule_items set certainty = 'exact' where id = pg_temp.id(65);
select is(pg_temp.in_scope(65, 'artist') and pg_temp.in_scope(73, 'artist'), true, 'what is shown comes with its calls');
update tour_people set crew = 'crew';
select is(array[pg_temp.in_scope(62, 'artist'), pg_temp.in_scope(63, 'artist')], '{true,false}', 'another group, another day');
update shows set tour_id = pg_temp.id(12) where id = pg_temp.id(31);
select is((select tour_id from schedule_items where id = pg_temp.id(61)), pg_temp.id(12), 'a show takes its lines to another tour');
select is(pg_temp.in_scope(61, 'artist'), false, 'away from those who are not on it');
delete from schedule_people where id = pg_temp.id(72);
select is(array[pg_temp.in_scope(66, 'artist'), pg_temp.in_scope(71, 'artist'), pg_temp.in_scope(66, 'crew')], '{false,false,true}', 'who is let off sees it no more');
select * from finish();
