select no_plan();
select tests.stage();
create function tests.proved(actor text, ago interval) returns text language plpgsql as $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', tests.user_of(actor), 'role', 'authenticated', 'amr',
    json_build_array(json_build_object('method', 'password', 'timestamp', extract(epoch from now() - ago)::bigint)))::text, true);
  return public.seal_secret();
end $$;

select tests.outcomes('read the secrets', 'select from private.seal_secrets', '{
  "42501": "artist owner admin crew suspended stranger nobody anon service"}');
select tests.outcomes('ask without a proof', 'select public.seal_secret()', '{
  "BL403 prove_first": "artist owner suspended stranger nobody", "BL401 signed_out": "revoked", "42501": "anon"}');
select matches(tests.proved('artist', '1 minute'), '^[0-9a-f]{64}$', 'whoever has just given their password gets 32 bytes');
select is(tests.proved('artist', '9 minutes'), tests.proved('artist', '1 second'), 'the same ones every time');
select isnt(tests.proved('artist', '1 minute'), tests.proved('crew', '1 minute'), 'and nobody else''s');
select throws_ok($$select tests.proved('artist', '11 minutes')$$, 'BL403', 'prove_first', 'an old proof opens nothing');
select throws_ok($$select sync.seal('person_details', '{shoe_size}')$$, null, null, 'a column nobody has cannot be sealed');
select * from finish();
