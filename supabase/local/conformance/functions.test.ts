import { FunctionsHttpError } from '@supabase/supabase-js';
import { describe, expect, test } from 'vitest';
import { signedInUser, target } from './setup.ts';

const { client, admin, sql, url, anonKey, serviceKey, jobsSecret, embedded } = await target();
const anon = client();
const at = (path: string) => `${url}/functions/v1/${path}`;
const nightly = (secret: string) =>
  fetch(at('jobs'), { method: 'POST', headers: { authorization: `Bearer ${secret}` }, body: '{"task": "nightly"}' });

test('health says what is up, without a token', async () => {
  const reply = await fetch(at('health'));
  expect(reply.status).toBe(200);
  expect(await reply.json()).toMatchObject({ status: 'ok', services: { rest: 'ok', auth: 'ok', storage: 'ok' } });
});

test('health answers supabase-js and a browser of another origin', async () => {
  expect((await anon.functions.invoke('health', { method: 'GET' })).data).toMatchObject({ status: 'ok' });
  const asked = await fetch(at('health'), { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example' } });
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
});

test('an unknown function is 404', async () => {
  const { error } = await anon.functions.invoke('conf_nowhere');
  expect(error).toBeInstanceOf(FunctionsHttpError);
  expect((error as FunctionsHttpError).context.status).toBe(404);
  expect((await fetch(at('..%2Fsecret'))).status).toBe(404);
});

// Needs the product's own functions and migrations.
describe.skipIf(!embedded)('the nightly tidying', () => {
  test('removes a file that no row names and nobody touched for a week, and nothing else', async () => {
    await sql(`insert into storage.objects (bucket_id, name, version, created_at, updated_at)
      values ('receipts', 'o/p/orphan.jpg', gen_random_uuid(), now() - interval '8 days', now() - interval '8 days')`);
    const fresh = new Blob([new Uint8Array([1])], { type: 'image/jpeg' });
    expect((await admin.storage.from('receipts').upload('o/p/fresh.jpg', fresh)).error).toBeNull();
    expect((await nightly(jobsSecret!)).ok).toBe(true);
    const left = () => sql(`select name from storage.objects where bucket_id = 'receipts'`);
    await expect.poll(left, { timeout: 15_000 }).toEqual([{ name: 'o/p/fresh.jpg' }]);
  });

  test('is for who knows the secret of the jobs alone: no person, and not even the service key', async () => {
    const { client: ada, accessToken } = await signedInUser();
    expect((await nightly(accessToken)).status).toBe(403);
    expect((await nightly(serviceKey)).status).toBe(403);
    expect((await ada.rpc('orphaned_files')).error?.code).toBe('42501');
  });

  test('a telling that nobody signed is turned away, without a word or a cookie', async () => {
    const reply = await fetch(at('webhooks/xero'), { method: 'POST', body: '{"events":[]}' });
    expect([reply.status, await reply.text(), reply.headers.get('set-cookie')]).toEqual([401, '', null]);
    expect((await fetch(at('webhooks/nobody'), { method: 'POST', body: '{}' })).status).toBe(404);
  });

  test('a ticket that was never given leads home and nowhere else', async () => {
    const reply = await fetch(at('connect/xero?ticket=forged'), { redirect: 'manual' });
    expect(reply.status).toBe(303);
    expect(reply.headers.get('location')).toMatch(
      new RegExp(`^${url}/integrations\\?provider=xero&outcome=(expired|unavailable)$`),
    );
  });

  test('the door to the queue is shut to people and open to functions', async () => {
    const { client: ada } = await signedInUser();
    const claim = (who: typeof ada) => who.schema('worker').rpc('claim', { kinds: ['mail.nothing'] });
    expect((await claim(anon)).error?.code).toBe('42501');
    expect((await claim(ada)).error?.code).toBe('42501');
    expect((await claim(admin)).data).toEqual([]);
  });
});

// These need functions of their own, which only a stack that we start ourselves has.
describe.skipIf(!embedded)('a function of the suite', () => {
  test('gets method, path, body and headers', async () => {
    const { data } = await anon.functions.invoke('conf_echo', {
      body: { list: [1, 'ü'] },
      headers: { 'x-custom': 'yes' },
    });
    expect(data).toMatchObject({
      method: 'POST',
      path: '/conf_echo',
      body: '{"list":[1,"ü"]}',
      type: 'application/json',
      custom: 'yes',
      signed: true,
      leaked: [],
    });
  });

  test('gets the path and query below its name', async () => {
    const reply = await fetch(`${at('conf_open/deep/er')}?a=1&b=2`, { method: 'PUT', body: 'plain' });
    expect(await reply.json()).toMatchObject({
      method: 'PUT',
      path: '/conf_open/deep/er',
      query: '?a=1&b=2',
      body: 'plain',
    });
    expect([reply.status, reply.headers.get('x-answered-by')]).toEqual([201, 'echo']);
  });

  test('finds the project in its environment', async () => {
    const { data } = await anon.functions.invoke('conf_echo', { body: {} });
    expect(data.has).toEqual(['SUPABASE_URL', 'SUPABASE_ANON_KEY', 'SUPABASE_SERVICE_ROLE_KEY', 'SUPABASE_DB_URL']);
  });

  test('asks for a valid token where config.toml says so', async () => {
    expect((await fetch(at('conf_echo'), { method: 'POST' })).status).toBe(401);
    const forged = { authorization: `Bearer ${anonKey.slice(0, -4)}AAAA` };
    expect((await fetch(at('conf_echo'), { method: 'POST', headers: forged })).status).toBe(401);
    expect((await fetch(at('conf_open'), { method: 'POST' })).status).toBe(201);
    expect((await fetch(at('conf_echo'), { method: 'OPTIONS' })).status).toBe(200);
  });

  test('is called by people and by the service key', async () => {
    const { client: own } = await signedInUser();
    expect((await own.functions.invoke('conf_echo', { body: {} })).data).toMatchObject({ signed: true });
    expect((await admin.functions.invoke('conf_echo', { body: {} })).error).toBeNull();
  });

  test('that throws is 500, and the next call works', async () => {
    const { error } = await anon.functions.invoke('conf_echo', { body: { fail: true } });
    expect((error as FunctionsHttpError).context.status).toBe(500);
    expect((await anon.functions.invoke('conf_echo', { body: {} })).error).toBeNull();
  });

  test('that cannot start is 503 and harms no other', async () => {
    expect((await fetch(at('conf_broken'), { method: 'POST' })).status).toBe(503);
    expect((await fetch(at('conf_open'), { method: 'POST' })).status).toBe(201);
  });
});
