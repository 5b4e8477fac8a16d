import { afterAll, beforeAll, expect, test } from 'vitest';
import { goodPassword, newEmail, startBench } from './testing.ts';
import type { AuthConfig } from './config.ts';
import type { Bench } from './testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
  await bench.pool.query(`
    create schema hooks;
    create table hooks.attempts (user_id uuid, valid boolean);
    create function hooks.password(event jsonb) returns jsonb language plpgsql as $$
    begin
      insert into hooks.attempts values ((event ->> 'user_id')::uuid, (event ->> 'valid')::boolean);
      return case (select count(*) from hooks.attempts a where a.user_id = (event ->> 'user_id')::uuid and not a.valid)
        when 2 then '{"decision": "reject", "message": "Wait a minute."}'::jsonb
        when 3 then '{"error": {"http_code": 429, "message": "too_many_attempts; retry_after=60"}}'::jsonb
        else '{"decision": "continue"}'::jsonb end;
    end $$;
    create function hooks.token(event jsonb) returns jsonb language sql as $$
      select jsonb_build_object('claims', event -> 'claims' || jsonb_build_object('org', 'north', 'how', event ->> 'authentication_method'))
    $$;
    create function hooks.closed(event jsonb) returns jsonb language sql as $$
      select '{"error": {"http_code": 403, "message": "session_expired"}}'::jsonb
    $$;
    create function hooks.broken(event jsonb) returns jsonb language plpgsql as $$ begin raise exception 'no'; end $$`);
}, 60_000);
afterAll(() => bench.stop());

const hook = (name: string, fn: string) => ({
  hook: { [name]: { enabled: true, uri: `pg-functions://postgres/hooks/${fn}` } },
});

async function member(): Promise<string> {
  const email = newEmail();
  await bench.admin(bench.service()).auth.admin.createUser({ email, password: goodPassword, email_confirm: true });
  return email;
}

const signIn = (config: AuthConfig, email: string, password = goodPassword) =>
  bench.client(bench.service(config)).auth.signInWithPassword({ email, password });

test('the password hook hears of every attempt and its words reach the person', async () => {
  const email = await member();
  const config = hook('password_verification_attempt', 'password');
  expect((await signIn(config, email, 'wrong')).error?.message).toBe('Invalid login credentials');
  const second = (await signIn(config, email, 'wrong')).error;
  expect([second?.status, second?.code, second?.message]).toEqual([400, 'invalid_credentials', 'Wait a minute.']);
  const third = (await signIn(config, email, 'wrong')).error;
  expect([third?.status, third?.code, third?.message]).toEqual([429, 'unknown', 'too_many_attempts; retry_after=60']);
});

test('what the password hook wrote down stays although the sign-in was refused', async () => {
  const email = await member();
  for (let attempt = 0; attempt < 3; attempt += 1)
    await signIn(hook('password_verification_attempt', 'password'), email, 'wrong');
  const { rows } = await bench.pool.query(
    'select valid from hooks.attempts join auth.users u on u.id = user_id where u.email = $1',
    [email],
  );
  expect(rows).toEqual([{ valid: false }, { valid: false }, { valid: false }]);
});

test('the access-token hook adds claims', async () => {
  const { data } = await signIn(hook('custom_access_token', 'token'), await member());
  const claims = JSON.parse(Buffer.from(data.session!.access_token.split('.')[1]!, 'base64url').toString()) as object;
  expect(claims).toMatchObject({ org: 'north', how: 'password', role: 'authenticated' });
});

test('an access-token hook that refuses leaves no session behind', async () => {
  const email = await member();
  const { error } = await signIn(hook('custom_access_token', 'closed'), email);
  expect([error?.status, error?.message]).toEqual([403, 'session_expired']);
  const { rows } = await bench.pool.query(
    'select s.id from auth.sessions s join auth.users u on u.id = s.user_id where u.email = $1',
    [email],
  );
  expect(rows).toEqual([]);
});

test('a hook that fails refuses rather than lets in', async () => {
  const { data, error } = await signIn(hook('custom_access_token', 'broken'), await member());
  expect([data.session, error?.status]).toEqual([null, 500]);
});
