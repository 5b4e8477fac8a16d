select no_plan();
select tests.stage();

select tests.outcomes('read my organisation', 'select from organizations where id = tests.org()', '{
  "1": "owner admin manager finance_director accountant booking artist crew service",
  "0": "suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('rename', $$update organizations set name = 'New' where id = tests.org()$$, '{
  "1": "owner admin service",
  "0": "manager finance_director accountant booking artist crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('change the claim limit', 'update organizations set expense_limit_minor = 5 where id = tests.org()', '{
  "1": "owner admin", "0": "manager finance_director accountant artist crew stranger", "42501": "anon"}');
select tests.outcomes('close', 'update organizations set archived_at = now() where id = tests.org()', '{
  "1": "owner service", "BL403 owner_only": "admin", "0": "manager crew suspended revoked stranger nobody", "42501": "anon"}');
select tests.outcomes('raise the storage limit', 'update organizations set storage_limit_bytes = 1', '{
  "42501": "owner admin manager crew stranger nobody anon"}');
select tests.outcomes('change the address', $$update organizations set slug = 'x'$$, '{"42501": "owner admin stranger anon"}');
select tests.outcomes('change the tier', $$update organizations set subscription_tier = 'enterprise'$$, '{"42501": "owner admin"}');
select tests.outcomes('insert directly', $$insert into organizations (name, kind, currency, time_zone)
  values ('Mine', 'label', 'EUR', 'UTC')$$, '{"42501": "owner admin crew nobody anon", "1": "service"}');
select tests.outcomes('delete', 'delete from organizations', '{"42501": "owner admin crew stranger anon"}');

select tests.outcomes('a name of spaces', $$update organizations set name = '  ' where id = tests.org()$$, '{"23514": "owner"}');
select tests.outcomes('a currency in lower case', $$update organizations set currency = 'eur' where id = tests.org()$$, '{"23514": "owner"}');
select tests.outcomes('a zone on the moon', $$update organizations set time_zone = 'Moon/Tycho' where id = tests.org()$$, '{"23514": "owner"}');
select tests.outcomes('a zone by abbreviation', $$update organizations set time_zone = 'CET' where id = tests.org()$$, '{"23514": "owner"}');
select tests.outcomes('a real zone', $$update organizations set time_zone = 'Asia/Kolkata' where id = tests.org()$$, '{"1": "owner"}');
select tests.outcomes('a limit of nothing', 'update organizations set expense_limit_minor = 0 where id = tests.org()', '{"23514": "owner"}');
select tests.outcomes('branding that is a list', $$update organizations set branding = '[]' where id = tests.org()$$, '{"23514": "owner"}');
select tests.outcomes('an unknown kind', $$update organizations set kind = 'circus' where id = tests.org()$$, '{"23514": "owner"}');

select is((select slug from organizations where id = tests.org()), 'north', 'a slug is made from the name');
select is(private.slug_of('Björk & Søns — Ltd.', 'artist'), 'bjork-sns-ltd', 'accents are folded, other signs dropped');
select is(private.slug_of('東京', 'venue'), 'venue', 'a name without Latin letters falls back to the kind');
select is(private.slug_of('  --  ', 'label'), 'label', 'a name without letters falls back to the kind');
select cmp_ok(length(private.slug_of(repeat('long name ', 12), 'x')), '<=', 60, 'a slug is not long');
select tests.make_organization('North');
select isnt_empty($$select from organizations where slug = 'north-2'$$, 'a second North gets an address of its own');
select is((select storage_limit_bytes from organizations where id = tests.org()), 53687091200, 'an organisation starts with 50 GB');
select is((select organization_id from organizations where id = tests.org()), tests.org(), 'an organisation belongs to itself');

-- create_organization
select tests.outcomes('open an organisation', $$select create_organization('Blue Door', 'venue', 'GBP', 'Europe/London', 'Ann Lee')$$, '{
  "1": "nobody stranger crew suspended", "BL401 signed_out": "revoked", "42501": "anon"}');
select tests.outcomes('open one without a name', $$select create_organization(' ', 'venue', 'GBP', 'Europe/London', 'Ann')$$, '{"23514": "nobody"}');
select tests.outcomes('open one without my name', $$select create_organization('Blue', 'venue', 'GBP', 'Europe/London', '')$$, '{"23514": "nobody"}');
select tests.outcomes('open one in no currency', $$select create_organization('Blue', 'venue', 'pounds', 'Europe/London', 'Ann')$$, '{"22001": "nobody"}');
select tests.outcomes('open one nowhere', $$select create_organization('Blue', 'venue', 'GBP', 'Nowhere', 'Ann')$$, '{"23514": "nobody"}');
select tests.sign_in_as('nobody');
select create_organization(' Blue Door ', 'venue', 'GBP', 'Europe/London', 'Ann Lee');
select results_eq('select name, slug, kind, currency::text from organizations',
  $$values ('Blue Door', 'blue-door', 'venue', 'GBP')$$, 'whoever opens an organisation sees it, and no other');
select is((select created_by from organizations), tests.user_of('nobody'), 'it knows who opened it');
select results_eq('select display_name, user_id from people', $$select 'Ann Lee', tests.user_of('nobody')$$, 'they are its first person');
select results_eq('select role from membership_roles', $$values ('owner')$$, 'they are its owner');
select results_eq($$select count(*) from access.my_orgs_with('audit:read')$$, array[1::bigint], 'they may do everything at once');
select is_empty($$select from access.my_orgs() o where o = tests.org()$$, 'and nothing elsewhere');
select * from finish();
