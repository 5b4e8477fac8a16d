-- What database tests share: people to sign in as, a stage of two organisations, and a way to try a statement as somebody.
drop schema if exists tests cascade;
create schema tests;

create table tests.actors (
  name text primary key,
  user_id uuid,
  session_id uuid,
  organization_id uuid,
  person_id uuid,
  membership_id uuid
);

-- A login with a proved address.
create function tests.create_user(email text, verified boolean default true) returns uuid language plpgsql as $$
declare
  login uuid := gen_random_uuid();
begin
  insert into auth.users (id, aud, role, email, email_confirmed_at, raw_user_meta_data, created_at, updated_at)
  values (login, 'authenticated', 'authenticated', email, case when verified then now() end, '{}', now(), now());
  return login;
end $$;

create function tests.create_session(login uuid) returns uuid language plpgsql as $$
declare
  session uuid := gen_random_uuid();
begin
  insert into auth.sessions (id, user_id, created_at, updated_at) values (session, login, now(), now());
  return session;
end $$;

-- From here to the end of the transaction, statements come from this login, as they would through the API.
create function tests.sign_in_as(login uuid, session uuid default null) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', jsonb_strip_nulls(jsonb_build_object(
    'sub', login, 'role', 'authenticated', 'aud', 'authenticated', 'session_id', session))::text, true);
  perform set_config('role', 'authenticated', true);
end $$;

create function tests.sign_in_as(actor text) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(a.user_id, a.session_id) from tests.actors a where a.name = actor;
  if not found then
    raise exception 'there is no actor called %', actor;
  end if;
end $$;

create function tests.as_anon() returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', '{"role":"anon"}', true);
  perform set_config('role', 'anon', true);
end $$;

create function tests.as_service() returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', '{"role":"service_role"}', true);
  perform set_config('role', 'service_role', true);
end $$;

-- Back to the owner of the database, whom no policy holds.
create function tests.sign_out() returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', '', true);
  perform set_config('role', 'postgres', true);
end $$;

create function tests.make_organization(name text, currency text default 'EUR') returns uuid language plpgsql as $$
declare
  organization uuid;
begin
  insert into public.organizations (name, kind, currency, time_zone)
  values (make_organization.name, 'artist', make_organization.currency, 'Europe/Berlin') returning id into organization;
  return organization;
end $$;

-- A login, person and membership in one, known to the test by this name.
create function tests.make_member(actor text, organization uuid, variadic roles text[]) returns uuid
language plpgsql as $$
declare
  login uuid := tests.create_user(actor || '@example.test');
  person uuid;
  membership uuid;
begin
  insert into public.people (organization_id, user_id, display_name)
  values (organization, login, initcap(actor)) returning id into person;
  insert into public.memberships (organization_id, person_id, user_id)
  values (organization, person, login) returning id into membership;
  insert into public.membership_roles (organization_id, membership_id, user_id, role)
  select organization, membership, login, r from unnest(roles) r;
  insert into tests.actors values (actor, login, tests.create_session(login), organization, person, membership);
  return login;
end $$;

-- The cast of the access tests: one member for each role that matters, one suspended, one whose session was ended,
-- a login that belongs nowhere, and the owner of another organisation.
create function tests.stage() returns void language plpgsql as $$
declare
  north uuid := tests.make_organization('North');
  south uuid := tests.make_organization('South', 'USD');
  actor text;
begin
  foreach actor in array '{owner,admin,manager,finance_director,accountant,booking,artist,crew}'::text[] loop
    perform tests.make_member(actor, north, actor);
  end loop;
  perform tests.make_member('suspended', north, 'admin');
  perform tests.make_member('revoked', north, 'admin');
  perform tests.make_member('stranger', south, 'owner');
  update public.memberships set status = 'suspended' where id = tests.membership('suspended');
  insert into private.revoked_sessions (session_id, user_id) select session_id, user_id from tests.actors where name = 'revoked';
  insert into tests.actors (name, user_id) values ('nobody', tests.create_user('nobody@example.test'));
end $$;

create function tests.user_of(actor text) returns uuid language sql stable as $$
  select user_id from tests.actors where name = actor $$;
create function tests.person(actor text) returns uuid language sql stable as $$
  select person_id from tests.actors where name = actor $$;
create function tests.membership(actor text) returns uuid language sql stable as $$
  select membership_id from tests.actors where name = actor $$;
create function tests.session_of(actor text) returns uuid language sql stable as $$
  select session_id from tests.actors where name = actor $$;
create function tests.org(actor text default 'owner') returns uuid language sql stable as $$
  select organization_id from tests.actors where name = actor $$;

-- What would happen: the number of rows touched or seen, or the SQLSTATE (with the word, for a refusal of ours).
-- Nothing of it remains.
create function tests.attempt(actor text, statement text) returns text language plpgsql as $$
declare
  outcome text;
  touched bigint;
begin
  begin
    case actor
      when 'anon' then perform tests.as_anon();
      when 'service' then perform tests.as_service();
      else perform tests.sign_in_as(actor);
    end case;
    execute statement;
    get diagnostics touched = row_count;
    raise exception using errcode = 'TT000';
  exception
    when sqlstate 'TT000' then outcome := touched;
    when others then outcome := case when sqlstate like 'BL%' then concat(sqlstate, ' ', sqlerrm) else sqlstate end;
  end;
  return outcome;
end $$;

-- One assertion for each actor. Expected maps outcomes to lists of actors: {"1": "owner admin", "42501": "crew anon"}.
create function tests.outcomes(what text, statement text, expected jsonb) returns setof text language plpgsql as $$
declare
  outcome text;
  actor text;
begin
  for outcome in select jsonb_object_keys(expected) loop
    foreach actor in array regexp_split_to_array(expected ->> outcome, '\s+') loop
      return next tap.is(tests.attempt(actor, statement), outcome,
        format('%s: %s %s', what, actor, case
          when outcome = '0' then 'reaches nothing'
          when outcome ~ '^\d{1,4}$' then 'may (' || outcome || ')'
          else 'is refused (' || outcome || ')' end));
    end loop;
  end loop;
end $$;

grant usage on schema tests, tap to public;
grant select on all tables in schema tests to public;
grant execute on all functions in schema tests, tap to public;
