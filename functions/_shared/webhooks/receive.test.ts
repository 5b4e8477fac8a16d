import { expect, test } from 'vitest';
import { credentialsBy } from '../credentials.ts';
import { base64, readKeyring } from '../envelope.ts';
import { memoryDatabase } from '../testing.ts';
import { deskBy } from './desk.ts';
import { receive, type Desk } from './receive.ts';
import { docusign, razorpay, stripe, xero } from './signed.ts';
import { hex } from '../../../app/kernel/digest.ts';
import { hmac } from './webhook.ts';

const CONNECTION = '0f3c7b2e-0000-4000-a000-000000000001';
const bytes = (text: string) => new TextEncoder().encode(text);
const signed = async (key: string, body: string) => base64(await hmac(key, bytes(body)));

/** Vectors: key, body and the header that goes with them, from the providers' own documentation or official SDKs. */
const VECTORS = [
  [
    xero,
    'webhook-key',
    '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "S0m3r4Nd0mt3xt"}',
    'x-xero-signature',
    '8SLtmAH1sxGHBqMe4i+eQ7sbJjGN+zHABPpAKCmHXaY=',
  ],
  [
    docusign,
    'key2=',
    '{"event":"envelope-completed"}',
    'x-docusign-signature-2',
    'WCE3EAYqe8hMXMEfiZoQROBmjcqMu4dy6JeXoiFYuVM=',
  ],
  [
    stripe,
    'whsec_test_secret',
    '{"id":"evt_1"}',
    'stripe-signature',
    't=1700000000,v1=00,v1=248a374f50f943a28b0f6ab50faf9a7e7e29b710fa26df9fb1618b9bf8ea9c9a',
  ],
  [
    razorpay,
    '123456',
    '{"a":1,"b":2,"c":{"d":3}}',
    'x-razorpay-signature',
    '2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc',
  ],
] as const;
const STRIPE_TIME = 1_700_000_000_000;

test.each(VECTORS)(
  'a signature of the vector is genuine, with the right key among several',
  async (webhook, key, body, header, signature) => {
    const told = {
      raw: bytes(body),
      headers: new Headers({ [header]: signature }),
      keys: ['other', key],
      now: STRIPE_TIME,
    };
    expect(await webhook.isGenuine(told)).toBe(true);
    expect(await webhook.isGenuine({ ...told, keys: ['other'] })).toBe(false);
    expect(await webhook.isGenuine({ ...told, keys: [] })).toBe(false);
    expect(await webhook.isGenuine({ ...told, raw: bytes(`${body} `) })).toBe(false);
    expect(await webhook.isGenuine({ ...told, headers: new Headers() })).toBe(false);
    expect(await webhook.isGenuine({ ...told, headers: new Headers({ [header]: signature.toUpperCase() }) })).toBe(
      false,
    );
  },
);

test('a recording of Stripe is not genuine five minutes later, nor one from the future', async () => {
  const [, key, body, header, signature] = VECTORS[2];
  const told = { raw: bytes(body), headers: new Headers({ [header]: signature }), keys: [key] };
  for (const off of [301_000, -301_000])
    expect(await stripe.isGenuine({ ...told, now: STRIPE_TIME + off })).toBe(false);
});

/** A desk over a database in memory, with one connection at DocuSign that has a key of its own. */
async function world() {
  const database = memoryDatabase();
  const ring = await readKeyring(`k:${base64(new Uint8Array(32))}`);
  const kept = credentialsBy(database.ask, ring);
  await kept.put('org-1', 'docusign', { webhook_keys: ['own'] });
  const ask: typeof database.ask = async <T>(name: string, args?: Record<string, unknown>) =>
    name === 'connection'
      ? ((args!['integration'] === CONNECTION ? [{ organization_id: 'org-1', provider: 'docusign' }] : []) as T)
      : database.ask<T>(name, args);
  const desk: Desk = {
    ...deskBy(ask, kept, [xero, docusign, stripe, razorpay]),
    appKeys: () => ['app'],
    now: () => STRIPE_TIME,
  };
  const post = async (path: string, body: string, headers: Record<string, string>) =>
    receive(new Request(`https://x.test/functions/v1/webhooks/${path}`, { method: 'POST', body, headers }), desk);
  return { ...database, desk, post };
}

const news = (n: number) => JSON.stringify({ events: [{ resourceId: n }], entropy: String(n) });

test('Xero is answered by 200 without a body or cookies, and by 401', async () => {
  const { post, jobs } = await world();
  const good = await post('xero', news(1), { 'x-xero-signature': await signed('app', news(1)) });
  expect([good.status, await good.text(), good.headers.get('set-cookie'), good.body]).toEqual([200, '', null, null]);
  const bad = await post('xero', news(1), { 'x-xero-signature': await signed('other', news(1)) });
  expect([bad.status, await bad.text()]).toEqual([401, '']);
  expect(jobs.map(({ kind }) => kind)).toEqual(['xero.webhook']);
});

test('Xero asking whether we are there is answered, and nothing is kept', async () => {
  const { post, events } = await world();
  const body = '{"events":[],"entropy":"x"}';
  expect((await post('xero', body, { 'x-xero-signature': await signed('app', body) })).status).toBe(200);
  expect((await post('xero', body, { 'x-xero-signature': 'wrong' })).status).toBe(401);
  expect(events.size).toBe(0);
});

test('ten deliveries at once, a replay later and another order make one errand for each event', async () => {
  const { post, jobs, events } = await world();
  const deliver = async (n: number) => post('xero', news(n), { 'x-xero-signature': await signed('app', news(n)) });
  const replies = await Promise.all(Array.from({ length: 10 }, () => deliver(2)));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  await deliver(1);
  await deliver(2);
  expect(jobs).toHaveLength(2);
  expect([...events.values()].map(({ told, body }) => [told, body])).toEqual([
    [11, news(2)],
    [1, news(1)],
  ]);
});

test('a connection is told by its own key, in its own lane; the app’s key does not open it', async () => {
  const { post, jobs, events } = await world();
  const body = JSON.stringify({ event: 'envelope-completed', generatedDateTime: 't', data: { envelopeId: 'e' } });
  const send = async (key: string, connection = CONNECTION) =>
    (await post(`docusign/${connection}`, body, { 'X-DocuSign-Signature-1': await signed(key, body) })).status;
  expect(await send('own')).toBe(200);
  expect(await send('app')).toBe(401);
  expect(await send('own', CONNECTION.replace(/1$/, '2'))).toBe(401);
  expect([...events.keys()]).toEqual(['docusign/e/envelope-completed/t']);
  expect(jobs).toMatchObject([{ kind: 'docusign.webhook', organization_id: 'org-1' }]);
});

test('Stripe and Razorpay name their events', async () => {
  const { post, events } = await world();
  const seconds = String(STRIPE_TIME / 1000);
  const v1 = hex(await hmac('app', bytes(`${seconds}.{"id":"evt_7"}`)));
  await post('stripe', '{"id":"evt_7"}', { 'stripe-signature': `t=${seconds},v1=${v1}` });
  const signature = hex(await hmac('app', bytes('{}')));
  await post('razorpay', '{}', { 'x-razorpay-signature': signature, 'x-razorpay-event-id': 'ev_1' });
  expect([...events.keys()]).toEqual(['stripe/evt_7', 'razorpay/ev_1']);
});

test('whatever else comes is turned away', async () => {
  const { desk, post } = await world();
  const ask = async (path: string, method: string) =>
    (await receive(new Request(`https://x.test/webhooks/${path}`, { method }), desk)).status;
  expect(await ask('nobody', 'POST')).toBe(404);
  expect(await ask('xero/not-a-connection', 'POST')).toBe(404);
  expect(await ask('xero', 'GET')).toBe(405);
  expect((await post('xero', 'x'.repeat(1_000_001), {})).status).toBe(413);
});

test('what could not be kept is not said to be', async () => {
  const { desk } = await world();
  const broken: Desk = { ...desk, keep: () => Promise.reject(new Error('down')) };
  const headers = { 'x-xero-signature': await signed('app', news(1)) };
  const request = new Request('https://x.test/webhooks/xero', { method: 'POST', body: news(1), headers });
  await expect(receive(request, broken)).rejects.toThrow('down');
});
