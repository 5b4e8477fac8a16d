select no_plan();
select tests.stage();
insert into person_details (id, organization_id, email, phone)
select person_id, organization_id, name || '@private.test', '+49 30 1234' from tests.actors
where name in ('artist', 'manager', 'stranger');

select tests.outcomes('read the artist''s contact', $$select from person_details where id = tests.person('artist')$$, '{
  "1": "artist owner admin manager finance_director service",
  "0": "accountant booking crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('read every contact', 'select from person_details', '{
  "2": "owner admin manager finance_director", "1": "artist stranger", "0": "accountant booking crew suspended revoked nobody"}');
select tests.outcomes('write down a crew member''s contact', $$insert into person_details (id, organization_id, email)
  values (tests.person('crew'), tests.org(), 'crew@private.test')$$, '{
  "1": "crew owner admin service", "42501": "manager accountant artist suspended revoked stranger nobody anon"}');
select tests.outcomes('correct the artist''s contact', $$update person_details set phone = '0123' where id = tests.person('artist')$$, '{
  "1": "artist owner admin", "0": "manager finance_director accountant booking crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('delete a contact', $$delete from person_details where id = tests.person('artist')$$, '{
  "42501": "owner admin artist stranger anon", "1": "service"}');
select tests.outcomes('write a contact into another organisation', $$insert into person_details (id, organization_id)
  values (tests.person('crew'), tests.org('stranger'))$$, '{"23503": "crew stranger service", "42501": "owner admin"}');
select tests.outcomes('an address without @', $$update person_details set email = 'artist' where id = tests.person('artist')$$, '{"23514": "artist"}');
select tests.outcomes('a phone of letters', $$update person_details set phone = 'call me' where id = tests.person('artist')$$, '{"23514": "artist"}');
select tests.outcomes('born at the end of time', $$update person_details set birth_date = 'infinity' where id = tests.person('artist')$$, '{"23514": "artist"}');
select tests.outcomes('born before photography', $$update person_details set birth_date = '1799-01-01' where id = tests.person('artist')$$, '{"23514": "artist"}');
select tests.outcomes('a locale that is none', $$update person_details set locale = 'English' where id = tests.person('artist')$$, '{"23514": "artist"}');
select tests.outcomes('a good locale', $$update person_details set locale = 'pt-BR' where id = tests.person('artist')$$, '{"1": "artist"}');
delete from people where id = tests.person('artist');
select is_empty($$select from person_details where id = tests.person('artist')$$, 'details leave with the person');
select * from finish();
