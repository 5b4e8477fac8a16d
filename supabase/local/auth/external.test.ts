import { afterAll, beforeAll, expect, test } from 'vitest';
import { goodPassword, newEmail, startBench } from './testing.ts';
import type { Bench } from './testing.ts';
import type { AuthService } from './service.ts';

let bench: Bench;
let service: AuthService;
let profile: Record<string, unknown>;
let asked: URLSearchParams | undefined;

const provider = 'https://login.test';

const fakeProvider: typeof fetch = async (input, init) => {
  const { pathname } = new URL(input as string);
  if (pathname === '/userinfo') return Response.json(profile);
  asked = init?.body as URLSearchParams;
  return asked.get('code') === 'good' ? Response.json({ access_token: 'at' }) : Response.json({}, { status: 400 });
};

beforeAll(async () => {
  bench = await startBench();
  service = bench.service(
    { external: { azure: { enabled: true, client_id: 'portal', secret: 'hush' } } },
    {
      fetch: fakeProvider,
      providers: {
        azure: { authorize: `${provider}/authorize`, token: `${provider}/token`, userinfo: `${provider}/userinfo` },
      },
    },
  );
}, 60_000);
afterAll(() => bench.stop());

const visit = async (url: string): Promise<URL> => {
  const answer = await service.handle(new Request(url), { ip: '10.0.0.1' });
  return new URL(answer.headers.get('location')!);
};

async function begin(client = bench.client(service)): Promise<URL> {
  const { data } = await client.auth.signInWithOAuth({ provider: 'azure', options: { skipBrowserRedirect: true } });
  return visit(data.url!);
}

const comeBack = (at: URL, code = 'good') =>
  visit(`http://auth.test/auth/v1/callback?code=${code}&state=${at.searchParams.get('state') ?? ''}`);

const hash = (url: URL): URLSearchParams => new URLSearchParams(url.hash.slice(1));

test('a verified address from the provider signs in and makes an account', async () => {
  profile = { sub: 'ms-1', email: newEmail(), email_verified: true, name: 'Ada' };
  const at = await begin();
  expect(at.origin + at.pathname).toBe(`${provider}/authorize`);
  expect(at.searchParams.get('client_id')).toBe('portal');
  const landed = await comeBack(at);
  expect(asked?.get('client_secret')).toBe('hush');
  const { data } = await bench.client(service).auth.getUser(hash(landed).get('access_token')!);
  expect(data.user).toMatchObject({ email: profile['email'], app_metadata: { provider: 'azure' } });
  expect(data.user?.identities?.map((identity) => identity.provider)).toEqual(['azure']);
});

test('PKCE: the code is exchanged by the browser that began', async () => {
  profile = { sub: 'ms-2', email: newEmail(), email_verified: true };
  const client = bench.client(service, { flow: 'pkce' });
  const landed = await comeBack(await begin(client));
  const code = landed.searchParams.get('code')!;
  const stranger = await bench.client(service, { flow: 'pkce' }).auth.exchangeCodeForSession(code);
  expect(stranger.error).not.toBeNull();
  const { data, error } = await client.auth.exchangeCodeForSession(code);
  expect([error, data.user?.email]).toEqual([null, profile['email']]);
});

test('the provider is linked to an account that already has this verified address', async () => {
  const email = newEmail();
  const made = await bench.admin(service).auth.admin.createUser({ email, password: goodPassword, email_confirm: true });
  profile = { sub: 'ms-3', email, xms_edov: '1' };
  const landed = await comeBack(await begin());
  const { data } = await bench.client(service).auth.getUser(hash(landed).get('access_token')!);
  expect(data.user?.id).toBe(made.data.user?.id);
  expect(data.user?.app_metadata['providers']).toEqual(['email', 'azure']);
});

test('an address the provider has not verified opens nothing', async () => {
  const email = newEmail();
  await bench.admin(service).auth.admin.createUser({ email, password: goodPassword, email_confirm: true });
  profile = { sub: 'ms-4', email };
  const landed = await comeBack(await begin());
  expect(hash(landed).get('error_code')).toBe('provider_email_needs_verification');
});

test('a forged state, an expired state and a refused code lead back with a reason', async () => {
  const at = await begin();
  const forged = await visit('http://auth.test/auth/v1/callback?code=good&state=forged');
  expect(hash(forged).get('error_code')).toBe('bad_oauth_state');
  expect(hash(await comeBack(at, 'bad')).get('error')).toBe('server_error');
  bench.pass(301);
  expect(hash(await comeBack(at)).get('error_code')).toBe('bad_oauth_state');
});

test('a provider that is not enabled is refused', async () => {
  const url = 'http://auth.test/auth/v1/authorize?provider=google';
  const answer = await service.handle(new Request(url), { ip: '10.0.0.1' });
  expect([answer.status, ((await answer.json()) as { error_code: string }).error_code]).toEqual([
    400,
    'validation_failed',
  ]);
});
