-- One believable season: an agency and a venue that share an artist, a tour of 24 shows, and what it cost on the road.
-- Ids are fixed, dates hang on today, so the demo is always in the middle of its tour. Password: see demo-accounts.json.

create function pg_temp.key(name text) returns uuid language sql immutable as $$
  select (left(h, 12) || '4' || substr(h, 14, 3) || 'a' || substr(h, 18))::uuid from md5('season:' || name) h $$;

-- A number from 0 to n - 1 that is always the same for the same text.
create function pg_temp.pick(from_text text, n integer) returns integer language sql immutable as $$
  select (('x' || left(md5(from_text), 8))::bit(32)::bigint % n)::integer $$;

-- ---------------------------------------------------------------- who
create temp table cast_list (
  key text, org text, first_name text, last_name text, title text, time_zone text, email text, phone text, roles text[]
) on commit drop;
insert into cast_list values
  ('ines', 'northlight', 'Ines', 'Albrecht', 'Managing director', 'Europe/Berlin', 'ines@northlight.example', '+49 30 5550101', '{owner}'),
  ('jonas', 'northlight', 'Jonas', 'Weber', 'Office administrator', 'Europe/Berlin', 'jonas@northlight.example', '+49 30 5550102', '{admin}'),
  ('priya', 'northlight', 'Priya', 'Raman', 'Finance director', 'Europe/Berlin', 'priya@northlight.example', '+49 30 5550103', '{finance_director}'),
  ('tomas', 'northlight', 'Tomás', 'Silva', 'Accountant', 'Europe/Lisbon', 'tomas@northlight.example', '+351 21 555 0104', '{accountant}'),
  ('hannah', 'northlight', 'Hannah', 'Okafor', 'Tour manager', 'Europe/London', 'hannah@northlight.example', '+44 20 7946 0105', '{manager}'),
  ('luca', 'northlight', 'Luca', 'Moretti', 'Booking agent', 'Europe/Rome', 'luca@northlight.example', '+39 02 5550106', '{booking}'),
  ('mara', 'northlight', 'Mara', 'Lindqvist', 'Singer and songwriter', 'Europe/Stockholm', 'mara@northlight.example', '+46 8 555 0107', '{artist}'),
  ('theo', 'northlight', 'Theo', 'Janssen', 'Drums', 'Europe/Amsterdam', 'theo@northlight.example', '+31 20 555 0108', '{artist}'),
  ('yuki', 'northlight', 'Yuki', 'Tanaka', 'Front-of-house engineer', 'Asia/Tokyo', 'yuki@northlight.example', '+81 3 5550 0109', '{crew}'),
  ('sam', 'northlight', 'Sam', 'Carter', 'Driver and backline', 'America/New_York', 'sam@northlight.example', '+1 212 555 0110', '{crew}'),
  ('noor', 'northlight', 'Noor', 'Haddad', 'Photographer', 'Europe/Paris', 'noor@northlight.example', '+33 1 55 55 01 11', '{external}'),
  ('elias', 'northlight', 'Elias', 'Brandt', 'Bass (dep)', 'Europe/Vienna', null, '+43 1 555 0112', '{}'),
  ('rosa', 'northlight', 'Rosa', 'Vidal', 'Merchandise', 'Europe/Madrid', null, null, '{}'),
  ('grace', 'harbour', 'Grace', 'Whitfield', 'General manager', 'Europe/London', 'grace@harbourhall.example', '+44 117 496 0113', '{owner,venue_manager}'),
  ('owen', 'harbour', 'Owen', 'Pryce', 'Promoter', 'Europe/London', 'owen@harbourhall.example', '+44 117 496 0114', '{promoter}'),
  ('aisha', 'harbour', 'Aisha', 'Bello', 'Bookkeeper', 'Europe/London', 'aisha@harbourhall.example', '+44 117 496 0115', '{accountant}'),
  ('ben', 'harbour', 'Ben', 'Marsh', 'Duty manager', 'Europe/London', 'ben@harbourhall.example', null, '{staff}'),
  ('mara', 'harbour', 'Mara', 'Lindqvist', 'Artist in residence', 'Europe/Stockholm', 'mara@northlight.example', null, '{artist}');

-- bcrypt of the demo password; Auth reads empty tokens, not missing ones.
insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, recovery_token,
  email_change_token_new, email_change, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
select distinct on (c.email) '00000000-0000-0000-0000-000000000000', pg_temp.key('user ' || c.email), 'authenticated',
  'authenticated', c.email, '$2b$10$FKJoq1AD4NU86cUaGvBRXOak2wOskcdR6jqa6Rpjov9Sa1jJEuPLi', now() - interval '200 days',
  '', '', '', '', '{"provider": "email", "providers": ["email"]}',
  jsonb_build_object('first_name', c.first_name, 'last_name', c.last_name), now() - interval '200 days', now()
from cast_list c where c.email is not null;

insert into auth.identities (id, user_id, provider_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
select pg_temp.key('identity ' || u.email), u.id, u.id::text, 'email',
  jsonb_build_object('sub', u.id, 'email', u.email, 'email_verified', true), now(), u.created_at, now()
from auth.users u where u.id in (select pg_temp.key('user ' || c.email) from cast_list c);

insert into public.organizations (id, name, slug, kind, locale, currency, time_zone, branding, created_at) values
  (pg_temp.key('northlight'), 'Northlight Artists', 'northlight', 'agency', 'en', 'EUR', 'Europe/Berlin',
    '{"accent": "#3657d6"}', now() - interval '200 days'),
  (pg_temp.key('harbour'), 'Harbour Hall', 'harbour-hall', 'venue', 'en-GB', 'GBP', 'Europe/London',
    '{"accent": "#0f7b6c"}', now() - interval '190 days');

insert into public.people (id, organization_id, user_id, display_name, first_name, last_name, title, time_zone, created_at)
select pg_temp.key(c.org || ' ' || c.key), pg_temp.key(c.org), pg_temp.key('user ' || c.email),
  c.first_name || ' ' || c.last_name, c.first_name, c.last_name, c.title, c.time_zone, now() - interval '180 days'
from cast_list c;

insert into public.person_details (id, organization_id, email, phone, locale, currency)
select pg_temp.key(c.org || ' ' || c.key), pg_temp.key(c.org), c.email, c.phone, 'en',
  case c.org when 'harbour' then 'GBP' else 'EUR' end
from cast_list c where c.email is not null or c.phone is not null;

insert into public.memberships (id, organization_id, person_id, user_id, joined_at)
select pg_temp.key('member ' || c.org || ' ' || c.key), pg_temp.key(c.org), pg_temp.key(c.org || ' ' || c.key),
  pg_temp.key('user ' || c.email), now() - interval '180 days'
from cast_list c where c.email is not null;

insert into public.membership_roles (id, organization_id, membership_id, user_id, role)
select pg_temp.key('role ' || c.org || ' ' || c.key || ' ' || r), pg_temp.key(c.org),
  pg_temp.key('member ' || c.org || ' ' || c.key), pg_temp.key('user ' || c.email), r
from cast_list c, unnest(c.roles) r where c.email is not null;

insert into public.invitations (id, organization_id, person_id, email, roles, message, invited_by, sent_at) values
  (pg_temp.key('invitation elias'), pg_temp.key('northlight'), pg_temp.key('northlight elias'), 'elias@brandt.example',
    '{artist}', 'Welcome aboard, Elias! Your claims go in here.', pg_temp.key('user ines@northlight.example'), now());

insert into public.settings (id, organization_id, category, key, value, description) values
  (pg_temp.key('setting week'), pg_temp.key('northlight'), 'calendar', 'first_day', '"monday"', 'First day of the week'),
  (pg_temp.key('setting per diem'), pg_temp.key('northlight'), 'expenses', 'per_diem_minor', '4500', 'Daily allowance in cents'),
  (pg_temp.key('setting week harbour'), pg_temp.key('harbour'), 'calendar', 'first_day', '"monday"', 'First day of the week');

update public.expense_categories c set
  xero_account_code = books.xero, gl_code = books.gl, max_amount_minor = books.limit_minor,
  currency = case when books.limit_minor is not null then o.currency end
from public.organizations o, (values
  ('meals', '420', '6640', 15000), ('local_transport', '493', '6673', null), ('hotel', '494', '6660', 35000),
  ('travel', '493', '6663', null), ('fuel', '449', '6530', null), ('vehicle_hire', '449', '6560', null),
  ('backline', '325', '6835', null), ('repairs', '473', '6470', null), ('freight', '425', '6740', null),
  ('wardrobe', '429', '6850', 40000), ('phone', '489', '6805', 10000), ('per_diem', '478', '6664', null),
  ('other', '429', '6850', null)
) books (code, xero, gl, limit_minor)
where o.id = c.organization_id and c.code = books.code and o.id in (pg_temp.key('northlight'), pg_temp.key('harbour'));

-- ---------------------------------------------------------------- where and when
create temp table route (n integer, days integer, venue text, city text, region text, country text, time_zone text, capacity integer) on commit drop;
insert into route values
  (1, -52, 'Kajen', 'Copenhagen', null, 'DK', 'Europe/Copenhagen', 900),
  (2, -51, 'Söderscenen', 'Stockholm', null, 'SE', 'Europe/Stockholm', 1200),
  (3, -49, 'Fjordsalen', 'Oslo', null, 'NO', 'Europe/Oslo', 1000),
  (4, -44, 'Shibuya Lantern', 'Tokyo', null, 'JP', 'Asia/Tokyo', 1300),
  (5, -42, 'Umeda Glass House', 'Osaka', null, 'JP', 'Asia/Tokyo', 850),
  (6, -41, 'Sakae Sound Room', 'Nagoya', null, 'JP', 'Asia/Tokyo', 600),
  (7, -36, 'The Rosewood', 'Los Angeles', 'California', 'US', 'America/Los_Angeles', 1100),
  (8, -34, 'Ballard Ballroom', 'Seattle', 'Washington', 'US', 'America/Los_Angeles', 800),
  (9, -32, 'Mile High Hall', 'Denver', 'Colorado', 'US', 'America/Denver', 950),
  (10, -30, 'Lakefront Lounge', 'Chicago', 'Illinois', 'US', 'America/Chicago', 1000),
  (11, -28, 'Back Bay Social', 'Boston', 'Massachusetts', 'US', 'America/New_York', 700),
  (12, -27, 'Fishtown Union', 'Philadelphia', 'Pennsylvania', 'US', 'America/New_York', 650),
  (13, -25, 'Gowanus Works', 'New York', 'New York', 'US', 'America/New_York', 1400),
  (14, -18, 'Liffey Rooms', 'Dublin', null, 'IE', 'Europe/Dublin', 900),
  (15, -16, 'Clydeside', 'Glasgow', 'Scotland', 'GB', 'Europe/London', 1000),
  (16, -14, 'Harbour Hall', 'Bristol', 'England', 'GB', 'Europe/London', 1600),
  (17, -12, 'The Foundry', 'London', 'England', 'GB', 'Europe/London', 2000),
  (18, -4, 'Le Quai Sonore', 'Paris', null, 'FR', 'Europe/Paris', 1500),
  (19, -2, 'Ancienne Brasserie', 'Brussels', null, 'BE', 'Europe/Brussels', 1100),
  (20, 1, 'Grachtzaal', 'Amsterdam', null, 'NL', 'Europe/Amsterdam', 1200),
  (21, 3, 'Speicherhalle', 'Hamburg', null, 'DE', 'Europe/Berlin', 1300),
  (22, 5, 'Kesselhaus am Park', 'Berlin', null, 'DE', 'Europe/Berlin', 1700),
  (23, 8, 'Salle du Lac', 'Zürich', null, 'CH', 'Europe/Zurich', 900),
  (24, 11, 'Teatro do Rio', 'Lisbon', null, 'PT', 'Europe/Lisbon', 1000);

insert into public.venues (id, organization_id, name, city, region, country, time_zone, capacity)
select pg_temp.key('venue ' || r.n), pg_temp.key('northlight'), r.venue, r.city, r.region, r.country, r.time_zone, r.capacity
from route r;
insert into public.venues (id, organization_id, name, city, region, country, time_zone, capacity) values
  (pg_temp.key('venue main'), pg_temp.key('harbour'), 'Harbour Hall, main room', 'Bristol', 'England', 'GB', 'Europe/London', 1600),
  (pg_temp.key('venue cellar'), pg_temp.key('harbour'), 'Harbour Hall, cellar', 'Bristol', 'England', 'GB', 'Europe/London', 220);

insert into public.tours (id, organization_id, name, starts_on, ends_on, currency, status) values
  (pg_temp.key('tour glass'), pg_temp.key('northlight'), 'Glass Rivers World Tour', current_date - 53, current_date + 12, 'EUR', 'on_road'),
  (pg_temp.key('tour rooms'), pg_temp.key('northlight'), 'Small Rooms', current_date + 40, current_date + 47, 'EUR', 'planned'),
  (pg_temp.key('tour residency'), pg_temp.key('harbour'), 'Harbour Residency', current_date - 21, current_date + 28, 'GBP', 'on_road');

insert into public.tour_people (id, organization_id, tour_id, person_id, part)
select pg_temp.key(t || ' ' || p), pg_temp.key(org), pg_temp.key('tour ' || t), pg_temp.key(org || ' ' || p), part
from (values
  ('glass', 'northlight', 'mara', 'vocals, guitar'), ('glass', 'northlight', 'theo', 'drums'), ('glass', 'northlight', 'elias', 'bass'),
  ('glass', 'northlight', 'hannah', 'tour manager'), ('glass', 'northlight', 'yuki', 'front of house'),
  ('glass', 'northlight', 'sam', 'driver, backline'), ('glass', 'northlight', 'noor', 'photographer'), ('glass', 'northlight', 'rosa', 'merchandise'),
  ('rooms', 'northlight', 'theo', 'solo set'), ('rooms', 'northlight', 'sam', 'driver'),
  ('residency', 'harbour', 'mara', 'curator'), ('residency', 'harbour', 'ben', 'house manager')
) on_tour (t, org, p, part);

insert into public.shows (id, organization_id, tour_id, venue_id, title, show_date, time_zone, status, notes)
select pg_temp.key('show ' || r.n), pg_temp.key('northlight'), pg_temp.key('tour glass'), pg_temp.key('venue ' || r.n),
  'Mara Lindqvist · ' || r.city, current_date + r.days, r.time_zone,
  case when r.days < -10 then 'settled' when r.days < 0 then 'played' when r.days < 4 then 'advanced' when r.n = 24 then 'option' else 'confirmed' end,
  case r.n when 16 then 'Load-in by the water side; the front lift is for the audience.' when 20 then 'Load-in from the canal, crane at 14:00.' end
from route r;
insert into public.shows (id, organization_id, tour_id, venue_id, title, show_date, time_zone, status)
select pg_temp.key('rooms ' || n), pg_temp.key('northlight'), pg_temp.key('tour rooms'), pg_temp.key('venue ' || venue),
  'Theo Janssen solo', current_date + 40 + n * 2, zone, 'hold'
from (values (0, 22, 'Europe/Berlin'), (1, 21, 'Europe/Berlin'), (2, 1, 'Europe/Copenhagen'), (3, 20, 'Europe/Amsterdam')) h (n, venue, zone);
insert into public.shows (id, organization_id, tour_id, venue_id, title, show_date, time_zone, status)
select pg_temp.key('residency ' || n), pg_temp.key('harbour'), pg_temp.key('tour residency'),
  pg_temp.key('venue ' || case when n % 2 = 0 then 'main' else 'cellar' end), 'Harbour Residency, night ' || n + 1,
  current_date - 21 + n * 7, 'Europe/London', case when n < 3 then 'settled' when n = 3 then 'advanced' else 'confirmed' end
from generate_series(0, 7) n;

-- ---------------------------------------------------------------- the days on the road
update public.tour_people t set crew = c.crew
from (values ('mara', 'artist'), ('theo', 'band'), ('elias', 'band'), ('hannah', 'production'), ('noor', 'guest')) c (key, crew)
where t.person_id = pg_temp.key('northlight ' || c.key);

update public.venues v set address = a.address, latitude = a.latitude, longitude = a.longitude, phone = a.phone, tech_pack = a.tech_pack::jsonb
from (values
  ('venue 17', 'Bermondsey Street 40, London SE1 3XF', 51.4986, -0.0817, '+44 20 7946 0170', '{"Stage": "12 x 9 m", "Power": "2 x 125 A"}'),
  ('venue 18', 'Quai de la Loire 71, 75019 Paris', 48.8865, 2.3782, '+33 1 55 55 01 80', '{"Stage": "11 x 8 m", "Power": "2 x 63 A"}'),
  ('venue 19', 'Boulevard Anspach 110, 1000 Brussel', 50.8476, 4.3493, '+32 2 555 01 90', '{"Stage": "10 x 8 m", "Power": "2 x 63 A"}'),
  ('venue 20', 'Prinsengracht 512, 1017 KH Amsterdam', 52.3643, 4.8834, '+31 20 555 0200', '{"Stage": "10 x 7 m", "Power": "1 x 125 A", "Load-in": "By boat, crane on the quay until 15:00", "Showers": "Two, towels at the stage door"}'),
  ('venue 21', 'Am Sandtorkai 30, 20457 Hamburg', 53.5440, 9.9946, '+49 40 555 0210', '{"Stage": "12 x 8 m", "Power": "2 x 125 A", "Load-in": "Ground level, 2 docks"}'),
  ('venue 22', 'Knaackstraße 97, 10435 Berlin', 52.5391, 13.4134, '+49 30 5550 220', '{"Stage": "14 x 10 m", "Power": "2 x 125 A", "Curfew": "23:00, police come at 23:05"}'),
  ('venue 23', 'Seestraße 12, 8002 Zürich', 47.3616, 8.5348, '+41 44 555 02 30', '{"Stage": "9 x 7 m"}'),
  ('venue 24', 'Rua do Açúcar 76, 1950-009 Lisboa', 38.7360, -9.1040, '+351 21 555 0240', '{"Stage": "10 x 8 m"}'),
  ('venue main', 'Welsh Back 18, Bristol BS1 4SB', 51.4500, -2.5927, '+44 117 496 0100', '{"Stage": "12 x 9 m", "Load-in": "By the water side"}'),
  ('venue cellar', 'Welsh Back 18, Bristol BS1 4SB', 51.4500, -2.5927, '+44 117 496 0100', '{"Stage": "5 x 4 m"}')
) a (venue, address, latitude, longitude, phone, tech_pack)
where v.id = pg_temp.key(a.venue);

insert into public.venue_rooms (id, organization_id, venue_id, name, kind)
select pg_temp.key('room ' || n || room), pg_temp.key('northlight'), pg_temp.key('venue ' || n), room, kind
from generate_series(18, 24) n, (values ('Main stage', 'stage'), ('Dressing room 1', 'dressing'), ('Loading dock', 'dock')) r (room, kind);
insert into public.venue_rooms (id, organization_id, venue_id, name, kind) values
  (pg_temp.key('room main stage'), pg_temp.key('harbour'), pg_temp.key('venue main'), 'Main room', 'stage'),
  (pg_temp.key('room cellar stage'), pg_temp.key('harbour'), pg_temp.key('venue cellar'), 'Cellar stage', 'stage');

insert into public.road_contacts (id, organization_id, tour_id, venue_id, name, role, phone, email)
select pg_temp.key('contact ' || c.name), pg_temp.key('northlight'), pg_temp.key(c.tour), pg_temp.key(c.venue), c.name, c.role, c.phone, c.email
from (values
  ('tour glass', null, 'Hannah Okafor', 'Tour manager', '+44 20 7946 0105', 'hannah@northlight.example'),
  ('tour glass', null, 'Marieke de Wit', 'Promoter''s rep, Benelux', '+31 6 5550 0201', 'marieke@canalconcerts.example'),
  (null, 'venue 20', 'Joost Bakker', 'Production manager', '+31 6 5550 0202', 'joost@grachtzaal.example'),
  (null, 'venue 20', 'Stage door', null, '+31 20 555 0203', null),
  (null, 'venue 21', 'Anke Petersen', 'House manager', '+49 40 555 0211', 'anke@speicherhalle.example'),
  (null, 'venue 22', 'Deniz Kaya', 'Production manager', '+49 30 5550 221', 'deniz@kesselhaus.example')
) c (tour, venue, name, role, phone, email);

-- What kind each day around today is.
insert into public.tour_days (id, organization_id, tour_id, day, kind, city, time_zone, notes)
select pg_temp.key('day ' || d.days), pg_temp.key('northlight'), pg_temp.key('tour glass'), current_date + d.days, d.kind, d.city, d.zone, d.notes
from (values
  (-4, 'show', 'Paris', 'Europe/Paris', null), (-3, 'travel', 'Brussels', 'Europe/Brussels', null), (-2, 'show', 'Brussels', 'Europe/Brussels', null),
  (-1, 'off', 'Brussels', 'Europe/Brussels', 'Laundry until noon.'), (0, 'travel', 'Amsterdam', 'Europe/Amsterdam', null),
  (1, 'show', 'Amsterdam', 'Europe/Amsterdam', null), (2, 'travel', 'Hamburg', 'Europe/Berlin', null), (3, 'show', 'Hamburg', 'Europe/Berlin', null),
  (4, 'dark', 'Berlin', 'Europe/Berlin', 'Rehearsal of the new songs.'), (5, 'show', 'Berlin', 'Europe/Berlin', null), (6, 'off', 'Berlin', 'Europe/Berlin', null),
  (7, 'travel', 'Zürich', 'Europe/Zurich', null), (8, 'show', 'Zürich', 'Europe/Zurich', null), (9, 'travel', 'Lisbon', 'Europe/Lisbon', null),
  (11, 'show', 'Lisbon', 'Europe/Lisbon', null)
) d (days, kind, city, zone, notes);

-- A club day, line by line: who is called, and which of them must answer.
create temp table line_of (n integer, kind text, title text, starts text, start_days integer, ends text, end_days integer, certainty text, visibility text,
  crew text, room text, called text[], answer boolean) on commit drop;
insert into line_of values
  (1, 'load_in', 'Load-in', '12:00', 0, '14:00', 0, 'exact', 'everyone', null, 'Loading dock', '{yuki,sam}', false),
  (2, 'line_check', 'Line check', '14:30', 0, '15:00', 0, 'exact', 'group', 'crew', 'Main stage', '{yuki}', false),
  (3, 'soundcheck', 'Soundcheck', '15:30', 0, '17:00', 0, 'exact', 'everyone', null, 'Main stage', '{mara,theo,elias,yuki}', true),
  (4, 'press', 'Interview, local radio', '17:15', 0, '17:45', 0, 'approx', 'people', null, 'Dressing room 1', '{mara,hannah}', true),
  (5, 'meal', 'Dinner', '18:00', 0, '19:00', 0, 'approx', 'everyone', null, null, '{}', false),
  (6, 'doors', 'Doors', '19:30', 0, null, 0, 'exact', 'everyone', null, null, '{}', false),
  (7, 'support', 'Support: Ada Vale', '20:15', 0, '20:55', 0, 'exact', 'everyone', null, 'Main stage', '{}', false),
  (8, 'set', 'Mara Lindqvist', '21:15', 0, '22:40', 0, 'exact', 'everyone', null, 'Main stage', '{mara,theo,elias,yuki,noor}', false),
  (9, 'curfew', 'Curfew', '23:00', 0, null, 0, 'exact', 'everyone', null, null, '{}', false),
  (10, 'load_out', 'Load-out', '23:15', 0, '01:00', 1, 'exact', 'everyone', null, 'Loading dock', '{yuki,sam}', false),
  (11, 'bus_call', 'Bus call', '01:30', 1, null, 1, 'exact', 'everyone', null, null, '{mara,theo,elias,hannah,yuki,sam,noor,rosa}', true),
  (12, 'meet_and_greet', 'Meet and greet', null, 0, null, 0, 'tbd', 'people', null, null, '{mara}', false),
  (13, 'other', 'Surprise guest', '22:10', 0, null, 0, 'hidden', 'people', null, null, '{mara}', false);

insert into public.schedule_items (id, organization_id, show_id, kind, title, local_date, wall_start, wall_end, day_offset, end_offset, time_zone, certainty,
  visibility, crew, venue_id, room_id, requires_acknowledgment, acknowledge_by, created_by)
select pg_temp.key('line ' || r.n || ' ' || l.n), pg_temp.key('northlight'), pg_temp.key('show ' || r.n), l.kind, l.title, current_date + r.days, l.starts, l.ends,
  l.start_days, l.end_days, r.time_zone, l.certainty, l.visibility, l.crew, pg_temp.key('venue ' || r.n), pg_temp.key('room ' || r.n || l.room),
  l.answer and r.days > 0, case when l.answer and r.days > 0 then current_date + r.days + time '10:00' end, pg_temp.key('user hannah@northlight.example')
from route r cross join line_of l where r.n between 18 and 24 and (r.n < 23 or l.n in (1, 3, 6, 8, 10));
insert into public.schedule_people (id, organization_id, item_id, person_id, status, acknowledged_at, seen)
select pg_temp.key('call ' || i.id || who), i.organization_id, i.id, pg_temp.key('northlight ' || who),
  case when not i.requires_acknowledgment or i.local_date < current_date or pg_temp.pick(i.id || who, 3) = 0 then 'confirmed' else 'invited' end,
  case when i.requires_acknowledgment and pg_temp.pick(i.id || who, 3) = 0 then now() - interval '1 day' end,
  case when i.requires_acknowledgment and pg_temp.pick(i.id || who, 3) = 0 then private.item_facts(i) end
from line_of l
join public.schedule_items i on i.id = any (array(select pg_temp.key('line ' || n || ' ' || l.n) from generate_series(18, 24) n)),
  unnest(l.called) who;

-- The days between shows.
insert into public.schedule_items (id, organization_id, tour_day_id, kind, title, local_date, wall_start, wall_end, time_zone, certainty, place, notes, created_by)
select pg_temp.key('between ' || b.days || b.title), pg_temp.key('northlight'), pg_temp.key('day ' || b.days), b.kind, b.title, current_date + b.days, b.starts, b.ends,
  b.zone, b.certainty, b.place, b.notes, pg_temp.key('user hannah@northlight.example')
from (values
  (0, 'lobby_call', 'Lobby call', '09:45', null, 'Europe/Brussels', 'exact', 'Hôtel Sainte-Catherine, Brussels', 'Bags down by 09:30.'),
  (0, 'bus_call', 'Van leaves for Amsterdam', '10:00', null, 'Europe/Brussels', 'exact', 'Hôtel Sainte-Catherine, Brussels', null),
  (0, 'other', 'Hotel check-in', '14:00', null, 'Europe/Amsterdam', 'approx', 'Hotel Prinsenhof, Amsterdam', null),
  (0, 'press', 'Radio session, two songs', '16:30', '17:30', 'Europe/Amsterdam', 'exact', 'Radio 5, Wibautstraat 131, Amsterdam', 'Acoustic guitar only.'),
  (0, 'meal', 'Dinner with the promoter', '19:30', null, 'Europe/Amsterdam', 'approx', 'Café Marnix, Amsterdam', null),
  (0, 'meeting', 'Tomorrow''s run through, call', '22:30', '22:45', 'Europe/Amsterdam', 'exact', 'Hotel lobby', null),
  (2, 'lobby_call', 'Lobby call', '10:30', null, 'Europe/Amsterdam', 'exact', 'Hotel Prinsenhof, Amsterdam', null),
  (4, 'rehearsal', 'Rehearsal, new songs', '13:00', '18:00', 'Europe/Berlin', 'exact', 'Rehearsal Rooms Kreuzberg', null)
) b (days, kind, title, starts, ends, zone, certainty, place, notes);
insert into public.schedule_items (id, organization_id, show_id, kind, title, local_date, wall_start, wall_end, time_zone, venue_id, room_id)
select pg_temp.key('harbour ' || n || l.title), pg_temp.key('harbour'), pg_temp.key('residency ' || n), l.kind, l.title, current_date - 21 + n * 7, l.starts, l.ends,
  'Europe/London', s.venue_id, case when n % 2 = 0 then pg_temp.key('room main stage') else pg_temp.key('room cellar stage') end
from generate_series(2, 5) n
join public.shows s on s.id = pg_temp.key('residency ' || n),
  (values ('soundcheck', 'Soundcheck', '17:00', '18:00'), ('doors', 'Doors', '19:30', null), ('set', 'Residency set', '20:45', '22:00'), ('curfew', 'Curfew', '23:00', null)) l (kind, title, starts, ends);

-- How they get there and where they sleep.
insert into public.travel_legs (id, organization_id, tour_id, mode, carrier, number, from_place, from_date, from_wall, from_zone, to_place, to_date, to_wall, to_zone, confirmation)
select pg_temp.key('leg ' || t.key), pg_temp.key('northlight'), pg_temp.key('tour glass'), t.mode, t.carrier, t.number, t.from_place, current_date + t.days, t.departs, t.from_zone,
  t.to_place, current_date + t.days, t.arrives, t.to_zone, t.confirmation
from (values
  ('ams', 'drive', null, null, 'Brussels', 0, '10:00', 'Europe/Brussels', 'Amsterdam', '12:45', 'Europe/Amsterdam', null),
  ('ham', 'drive', null, null, 'Amsterdam', 2, '11:00', 'Europe/Amsterdam', 'Hamburg', '16:30', 'Europe/Berlin', null),
  ('ber', 'train', 'DB', 'ICE 703', 'Hamburg Hbf', 4, '08:05', 'Europe/Berlin', 'Berlin Hbf', '09:58', 'Europe/Berlin', 'NRT5HX'),
  ('zrh', 'flight', 'LX', 'LX 971', 'Berlin BER', 7, '12:15', 'Europe/Berlin', 'Zürich ZRH', '13:45', 'Europe/Zurich', 'QX7PLM'),
  ('lis', 'flight', 'TP', 'TP 929', 'Zürich ZRH', 9, '18:40', 'Europe/Zurich', 'Lisbon LIS', '20:35', 'Europe/Lisbon', 'M4T9KD')
) t (key, mode, carrier, number, from_place, days, departs, from_zone, to_place, arrives, to_zone, confirmation);
insert into public.travel_people (id, organization_id, leg_id, person_id, seat, drives)
select pg_temp.key('seat ' || leg || who), pg_temp.key('northlight'), pg_temp.key('leg ' || leg), pg_temp.key('northlight ' || who),
  case when leg in ('zrh', 'lis') then 12 + at || substr('ACDF', 1 + (at % 4)::integer, 1) when leg = 'ber' then 'Coach 7, ' || 40 + at end, leg in ('ams', 'ham') and who = 'sam'
from unnest('{ams,ham,ber,zrh,lis}'::text[]) leg, unnest('{mara,theo,elias,hannah,yuki,sam,noor,rosa}'::text[]) with ordinality p (who, at);

insert into public.hotels (id, organization_id, tour_id, name, address, phone, check_in, check_out, time_zone)
select pg_temp.key('hotel ' || h.key), pg_temp.key('northlight'), pg_temp.key('tour glass'), h.name, h.address, h.phone, current_date + h.arrive, current_date + h.leave, h.zone
from (values
  ('bru', 'Hôtel Sainte-Catherine', 'Place Sainte-Catherine 24, 1000 Brussels', '+32 2 555 0191', -3, 0, 'Europe/Brussels'),
  ('ams', 'Hotel Prinsenhof', 'Prinsengracht 810, 1017 JL Amsterdam', '+31 20 555 0205', 0, 2, 'Europe/Amsterdam'),
  ('ham', 'Hotel Speicherblick', 'Am Sandtorkai 4, 20457 Hamburg', '+49 40 555 0215', 2, 4, 'Europe/Berlin'),
  ('ber', 'Hotel Kollwitz', 'Kollwitzstraße 50, 10405 Berlin', '+49 30 5550 225', 4, 7, 'Europe/Berlin')
) h (key, name, address, phone, arrive, leave, zone);
insert into public.rooming (id, organization_id, hotel_id, person_id, room, kind)
select pg_temp.key('bed ' || hotel || who), pg_temp.key('northlight'), pg_temp.key('hotel ' || hotel), pg_temp.key('northlight ' || who), room, kind
from unnest('{bru,ams,ham,ber}'::text[]) hotel, (values ('mara', '401', 'single'), ('theo', '312', 'twin'), ('elias', '312', 'twin'), ('hannah', '402', 'single'),
  ('yuki', '207', 'twin'), ('sam', '207', 'twin'), ('noor', '208', 'single'), ('rosa', '209', 'single')) r (who, room, kind);

-- ---------------------------------------------------------------- money
create temp table purchase (country text, code text, merchant text, description text, euro_minor integer) on commit drop;
insert into purchase values
  ('DK', 'meals', 'Café Nyhavn 12', 'Smørrebrød before soundcheck', 4200), ('DK', 'local_transport', 'Dantaxi', 'Hotel to venue with guitars', 3100),
  ('DK', 'repairs', 'Musik Vesterbro', 'Drum heads and sticks', 7900), ('DK', 'hotel', 'Hotel Kanalen', 'One night, twin room', 14500),
  ('DK', 'phone', 'Telekiosken', 'Data SIM for the office box', 2600), ('DK', 'fuel', 'Øresund toll', 'Bridge toll, van and trailer', 9400),
  ('SE', 'meals', 'Söder Kök', 'Crew dinner after load-out', 11800), ('SE', 'local_transport', 'Taxi Mälaren', 'Late cab, load-out', 4700),
  ('SE', 'fuel', 'Bensin Väst', 'Diesel for the van', 9900), ('SE', 'hotel', 'Hotell Slussen', 'Day room', 8900), ('SE', 'wardrobe', 'Tvätt & Press', 'Stage clothes, express', 3900),
  ('NO', 'meals', 'Kafé Fjord', 'Lunch for five', 9800), ('NO', 'local_transport', 'Oslo Taxi', 'Airport to hotel', 6900), ('NO', 'freight', 'Nordic Cargo', 'Excess drum cases to Tokyo', 48000),
  ('NO', 'repairs', 'Lydhuset', 'DI box and cables', 12400), ('NO', 'hotel', 'Hotell Bjørvika', 'One night', 17200),
  ('JP', 'meals', 'Ramen Kagetsu', 'Ramen for the band', 4400), ('JP', 'meals', 'Izakaya Torimatsu', 'Dinner with the promoter', 16200),
  ('JP', 'local_transport', 'Tokyo Musen Taxi', 'Hotel to Shibuya', 2700), ('JP', 'travel', 'JR ticket office', 'Shinkansen Tokyo–Osaka', 8700), ('JP', 'hotel', 'Hotel Shinjuku Gate', 'One night', 11900),
  ('JP', 'repairs', 'Ochanomizu Gakki', 'Guitar strings and a capo', 3800), ('JP', 'freight', 'Takkyu Express', 'Merch boxes to Nagoya', 6300), ('JP', 'phone', 'Narita SIM counter', 'Pocket Wi-Fi, ten days', 5200),
  ('US', 'meals', 'Blue Door Diner', 'Breakfast, driver and crew', 5600), ('US', 'meals', 'Taqueria La Paloma', 'After-show food', 7400), ('US', 'fuel', 'Route 9 Gas', 'Fuel, splitter van', 8800),
  ('US', 'vehicle_hire', 'Liberty Van Rental', 'Splitter van, two days', 39000), ('US', 'hotel', 'Motor Inn Downtown', 'Two rooms', 26800), ('US', 'local_transport', 'City Cab', 'Airport run', 5100),
  ('US', 'backline', 'Gear House Rentals', 'Amp and drum riser for the night', 31500), ('US', 'wardrobe', 'Wash & Fold', 'Laundry day', 2900), ('US', 'phone', 'Corner Wireless', 'US SIM card', 4100),
  ('IE', 'meals', 'The Winding Stair Kitchen', 'Band lunch', 7800), ('IE', 'local_transport', 'Liffey Cabs', 'Ferry port to hotel', 3600), ('IE', 'travel', 'Irish Sea Ferries', 'Ferry for the van', 28900), ('IE', 'hotel', 'Quay House', 'One night', 15400), ('IE', 'repairs', 'Temple Strings', 'Pick-up re-soldered', 5200),
  ('GB', 'meals', 'The Anchor', 'Pie and chips for six', 8600), ('GB', 'fuel', 'Services M4 West', 'Diesel', 10300), ('GB', 'local_transport', 'Avon Taxis', 'Venue to hotel', 2400), ('GB', 'hotel', 'The Ropewalk Hotel', 'One night', 13200),
  ('GB', 'wardrobe', 'Kingsland Vintage', 'Stage jacket', 9500), ('GB', 'freight', 'Parcel Depot', 'Vinyl to the next venue', 4400), ('GB', 'backline', 'Southbank Hire', 'Spare bass amp', 12600), ('GB', 'other', 'High Street Pharmacy', 'Throat lozenges, plasters', 1900),
  ('FR', 'meals', 'Bistrot du Canal', 'Dinner after the show', 12900), ('FR', 'local_transport', 'Taxis Bleus Nord', 'Gare du Nord to venue', 2800), ('FR', 'hotel', 'Hôtel des Quais', 'One night', 18400), ('FR', 'repairs', 'Atelier Pigalle', 'Snare repair', 8700), ('FR', 'travel', 'Gare du Nord', 'Train Paris–Brussels', 9200), ('FR', 'fuel', 'Péage A1', 'Motorway toll', 2600),
  ('BE', 'meals', 'Friterie Flagey', 'Frites for the van', 2700), ('BE', 'hotel', 'Hôtel Sainte-Catherine', 'One night', 14900), ('BE', 'local_transport', 'Taxi Vert Midi', 'Station to venue', 2200), ('BE', 'fuel', 'Station Ring', 'Diesel', 9100), ('BE', 'backline', 'Backline Brussels', 'Keyboard stand and amp', 16800), ('BE', 'phone', 'Nightshop Midi', 'Phone credit', 2000);

create temp table currency_of (country text, currency text, per_euro numeric, step integer) on commit drop;
insert into currency_of values ('DK', 'DKK', 7.46, 50), ('SE', 'SEK', 11.4, 100), ('NO', 'NOK', 11.7, 100), ('JP', 'JPY', 1.62, 10),
  ('US', 'USD', 1.09, 1), ('IE', 'EUR', 1, 5), ('GB', 'GBP', 0.85, 5), ('FR', 'EUR', 1, 10), ('BE', 'EUR', 1, 10);

-- Every past show: the dozen of its purchases that chance picks, each by somebody on the road.
insert into public.expenses (id, organization_id, person_id, show_id, category_id, amount_minor, currency, expense_date,
  merchant, description, payment_method, tags, created_at, created_by)
select pg_temp.key('claim ' || r.n || chosen.who || chosen.merchant || chosen.description), pg_temp.key('northlight'),
  pg_temp.key('northlight ' || chosen.who), pg_temp.key('show ' || r.n), c.id,
  greatest(1, round(chosen.euro_minor * m.per_euro * (0.7 + chosen.roll * 0.006) / m.step)) * m.step, m.currency, chosen.day,
  chosen.merchant, chosen.description, (array['personal_card', 'personal_card', 'cash', 'company_card'])[1 + chosen.roll % 4],
  case when chosen.roll % 9 = 0 then '{rebill}' when chosen.roll % 11 = 0 then '{shared}' else '{}' end::text[],
  chosen.day + time '19:00' + chosen.roll * interval '3 minutes',
  pg_temp.key('user ' || chosen.who || '@northlight.example')
from route r
join currency_of m on m.country = r.country
cross join lateral (
  select p.*, claimant.who, pg_temp.pick(r.n || claimant.who || p.merchant, 100) as roll,
    current_date + r.days - 1 + pg_temp.pick(p.merchant || r.n || claimant.who, case when r.days > -2 then 1 else 3 end) as day
  from purchase p cross join unnest('{mara,theo,yuki,sam,hannah,noor}'::text[]) claimant (who)
  where p.country = r.country order by md5(r.n || claimant.who || p.merchant || p.description) limit 11
) chosen
join public.expense_categories c on c.organization_id = pg_temp.key('northlight') and c.code = chosen.code
where r.days < 0;

-- Before the tour, at the venue, and the ones that somebody will look at twice.
insert into public.expenses (id, organization_id, person_id, category_id, amount_minor, currency, expense_date, merchant,
  description, notes, payment_method, created_at, created_by)
select pg_temp.key('claim ' || x.org || x.who || x.merchant || x.days), pg_temp.key(x.org), pg_temp.key(x.org || ' ' || x.who), c.id,
  x.amount, x.currency, current_date - x.days, x.merchant, x.description, x.notes, 'personal_card',
  current_date - x.days + time '18:30', pg_temp.key('user ' || (select l.email from cast_list l where l.org = x.org and l.key = x.who))
from (values
  ('northlight', 'mara', 'backline', 1240000, 'EUR', 9, 'Vintage Tone Berlin', 'Touring guitar and case', 'Agreed by phone with Ines; replaces the one the airline broke.'),
  ('northlight', 'hannah', 'travel', 1389000, 'USD', 61, 'Pacific Air', 'Flights LAX for seven', 'Group ticket, one receipt'),
  ('northlight', 'theo', 'hotel', 62000, 'EUR', 8, 'Hôtel des Quais', 'Three nights, train strike', 'Could not leave before Thursday.'),
  ('northlight', 'luca', 'meals', 18900, 'EUR', 6, 'Trattoria Brera', 'Dinner with the Lisbon promoter', null),
  ('northlight', 'luca', 'travel', 21400, 'EUR', 20, 'Milano Centrale', 'Train to Zürich and back', null),
  ('northlight', 'mara', 'meals', 3860, 'EUR', 1, 'Bistrot du Canal', 'Lunch with the French label', null),
  ('northlight', 'mara', 'local_transport', 1740, 'EUR', 0, 'Taxi Vert Midi', 'Cab to radio interview', null),
  ('northlight', 'mara', 'wardrobe', 8900, 'EUR', 2, 'Atelier Saint-Gilles', 'Stage shirt altered', null),
  ('northlight', 'sam', 'fuel', 9640, 'EUR', 1, 'Station Ring', 'Diesel Brussels–Amsterdam', null),
  ('northlight', 'yuki', 'repairs', 4420, 'EUR', 1, 'Backline Brussels', 'Two XLR looms', null),
  ('northlight', 'sam', 'vehicle_hire', 214000, 'EUR', 56, 'Van & Trailer Berlin', 'Splitter van, first leg deposit', null),
  ('northlight', 'yuki', 'backline', 38900, 'EUR', 57, 'Rehearsal Rooms Kreuzberg', 'Two days of rehearsal', null),
  ('northlight', 'theo', 'backline', 27500, 'EUR', 58, 'Drum Depot', 'Travel cymbals', null),
  ('northlight', 'noor', 'other', 15900, 'EUR', 55, 'Foto Steglitz', 'Memory cards', null),
  ('northlight', 'hannah', 'phone', 5900, 'EUR', 54, 'Telecom Shop', 'Roaming pack for the tour phone', null),
  ('harbour', 'mara', 'travel', 18600, 'GBP', 23, 'West Coast Rail', 'Train for residency night one', null),
  ('harbour', 'mara', 'hotel', 12900, 'GBP', 21, 'The Ropewalk Hotel', 'Residency, one night', null),
  ('harbour', 'mara', 'meals', 3450, 'GBP', 14, 'The Anchor', 'Lunch with the students', null),
  ('harbour', 'mara', 'local_transport', 1480, 'GBP', 7, 'Avon Taxis', 'Station to the hall', null),
  ('harbour', 'mara', 'repairs', 2650, 'GBP', 7, 'Park Street Music', 'Strings', null),
  ('harbour', 'ben', 'other', 4230, 'GBP', 16, 'Builders’ Yard', 'Gaffer tape and cable ramps', null),
  ('harbour', 'ben', 'meals', 6120, 'GBP', 14, 'Quayside Bakery', 'Crew catering', null),
  ('harbour', 'ben', 'repairs', 11800, 'GBP', 9, 'Stage Electrics West', 'Dimmer module repaired', null),
  ('harbour', 'ben', 'phone', 2500, 'GBP', 3, 'Corner Mobile', 'Radio batteries and a SIM', null),
  ('harbour', 'owen', 'travel', 9740, 'GBP', 12, 'Great Western Desk', 'London meeting, return', null),
  ('harbour', 'owen', 'meals', 14300, 'GBP', 12, 'Soho Table', 'Lunch with two agents', null),
  ('harbour', 'owen', 'other', 26400, 'GBP', 5, 'Posterworks', 'Posters for the residency', null),
  ('harbour', 'grace', 'travel', 5230, 'GBP', 4, 'Great Western Desk', 'Licensing hearing', null)
) x (org, who, code, amount, currency, days, merchant, description, notes)
join public.expense_categories c on c.organization_id = pg_temp.key(x.org) and c.code = x.code;

-- Where each claim has got to: the older, the further. Decided by somebody who may, and never by the claimant.
create temp table fate on commit drop as
select e.id, age, roll, case
    when age <= 1 then case when roll < 35 then 'draft' else 'submitted' end
    when age <= 6 then case when roll < 12 then 'draft' when roll < 70 then 'submitted' when roll < 80 then 'rejected' else 'approved' end
    when e.amount_minor >= 1000000 and age < 30 then 'submitted'
    when age <= 20 then case when roll < 10 then 'submitted' when roll < 18 then 'rejected' when roll < 24 then 'cancelled' when roll < 70 then 'approved' else 'paid' end
    else case when roll < 3 then 'cancelled' when roll < 7 then 'rejected' when roll < 14 then 'approved' when roll < 88 then 'paid' else 'archived' end
  end as status,
  case when e.organization_id = pg_temp.key('harbour') then pg_temp.key('harbour aisha')
    when e.amount_minor >= 1000000 or roll % 4 = 0 then pg_temp.key('northlight priya') else pg_temp.key('northlight tomas') end as decider
from public.expenses e,
  lateral (select current_date - e.expense_date as age, pg_temp.pick(e.id::text, 100) as roll) x
where e.organization_id in (pg_temp.key('northlight'), pg_temp.key('harbour'));

update public.expenses e set status = 'submitted', over_limit = private.over_limit(e),
  submitted_at = least(now() - interval '20 minutes', e.expense_date + time '21:00' + f.roll % 3 * interval '1 day' + f.roll * interval '1 minute')
from fate f where f.id = e.id and f.status <> 'draft';
update public.expenses e set status = 'cancelled' from fate f where f.id = e.id and f.status = 'cancelled';
update public.expenses e set status = 'approved', decided_by = f.decider,
  decided_at = least(now() - interval '10 minutes', e.submitted_at + interval '14 hours' + f.roll * interval '25 minutes')
from fate f where f.id = e.id and f.status in ('approved', 'paid', 'archived');
update public.expenses e set status = 'rejected', decided_by = f.decider,
  decided_at = least(now() - interval '10 minutes', e.submitted_at + interval '15 hours' + f.roll * interval '25 minutes'),
  rejection_reason = (array['The photo is cut off: the date is missing.', 'This one is on the promoter’s settlement.',
    'Please split the private part off.', 'Wrong currency: the receipt says otherwise.'])[1 + f.roll % 4]
from fate f where f.id = e.id and f.status = 'rejected';
update public.expenses e set status = 'paid', paid_at = least(now() - interval '5 minutes', e.decided_at + interval '3 days')
from fate f where f.id = e.id and f.status in ('paid', 'archived');
update public.expenses e set status = 'archived' from fate f where f.id = e.id and f.status = 'archived';
update public.activity a set at = case a.action when 'archived' then e.paid_at + interval '10 days' else e.submitted_at + interval '1 day' end
from public.expenses e where e.id = a.entity_id and a.action in ('archived', 'cancelled');
