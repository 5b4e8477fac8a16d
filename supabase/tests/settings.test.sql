select no_plan();
select tests.stage();
insert into settings (organization_id, category, key, value)
values (tests.org(), 'calendar', 'first_day', '1'), (tests.org('stranger'), 'calendar', 'first_day', '7');

select tests.outcomes('read the settings', 'select from settings', '{
  "1": "owner admin manager accountant artist crew stranger", "2": "service", "0": "suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('make a choice', $$insert into settings (organization_id, category, key, value)
  values (tests.org(), 'expenses', 'claim.hint', '"Keep receipts"')$$, '{
  "1": "owner admin service", "42501": "manager finance_director accountant booking artist crew suspended revoked stranger nobody anon"}');
select tests.outcomes('change a choice', $$update settings set value = '0' where organization_id = tests.org()$$, '{
  "1": "owner admin", "0": "manager accountant artist crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('rename a choice', $$update settings set key = 'x'$$, '{"42501": "owner admin"}');
select tests.outcomes('return to the default', 'delete from settings where organization_id = tests.org()', '{
  "1": "owner admin service", "0": "manager accountant crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('choose twice', $$insert into settings (organization_id, category, key, value)
  values (tests.org(), 'calendar', 'first_day', '2')$$, '{"23505": "owner admin"}');
select tests.outcomes('a key with spaces', $$insert into settings (organization_id, category, key, value)
  values (tests.org(), 'calendar', 'First Day', '2')$$, '{"23514": "owner"}');
select tests.outcomes('a whole book as a value', $$insert into settings (organization_id, category, key, value)
  values (tests.org(), 'calendar', 'book', to_jsonb(repeat('x', 50001)))$$, '{"23514": "owner"}');
select * from finish();
