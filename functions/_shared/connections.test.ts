import { expect, test } from 'vitest';
import { connect, type Connection, type Lobby } from './connections.ts';
import { credentialsBy } from './credentials.ts';
import { base64, readKeyring } from './envelope.ts';
import { memoryDatabase } from './testing.ts';

const TICKET = '0f3c7b2e-0000-4000-a000-000000000001';
const STATE = '0f3c7b2e-0000-4000-a000-000000000002';

/** A provider that signs everybody in who brings the code "good". */
async function world() {
  const database = memoryDatabase();
  const kept = credentialsBy(database.ask, readKeyring(`k:${base64(new Uint8Array(32))}`));
  const whose = { organization_id: 'org-1', provider: 'xero', user_id: 'user-1', state: STATE };
  database.tickets.set(TICKET, whose).set(STATE, whose);
  const xero: Connection = {
    provider: 'xero',
    authorizeUrl: ({ state, redirectUri }) => new URL(`https://login.test/?state=${state}&redirect_uri=${redirectUri}`),
    signIn: async ({ query }) => {
      if (query.get('code') !== 'good') throw new Error('invalid_grant');
      return { credentials: { refresh: 'r' }, accountName: 'North Ltd', accountId: 't-1', sandbox: true };
    },
  };
  const lobby: Lobby = {
    connections: [xero],
    ask: database.ask,
    credentials: kept,
    self: 'https://api.test/functions/v1/connect',
    portal: 'https://app.test',
  };
  const go = async (path: string, cookie = '') => {
    const reply = await connect(new Request(`${lobby.self}/${path}`, { headers: { cookie } }), lobby);
    return { to: reply.headers.get('location')!, cookie: reply.headers.get('set-cookie') };
  };
  return { ...database, kept, go };
}
const home = (outcome: string, provider = 'xero') =>
  `https://app.test/integrations?provider=${provider}&outcome=${outcome}`;

test('a ticket leads there once, and the way back keeps the sign-in sealed', async () => {
  const { go, kept, connected } = await world();
  const there = await go(`xero?ticket=${TICKET}`);
  expect(there.to).toBe(
    `https://login.test/?state=${STATE}&redirect_uri=https://api.test/functions/v1/connect/xero/callback`,
  );
  expect(there.cookie).toMatch(new RegExp(`^connect_state=${STATE};.*HttpOnly; Secure; SameSite=Lax`));
  expect((await go(`xero?ticket=${TICKET}`)).to).toBe(home('expired'));
  const back = `xero/callback?code=good&state=${STATE}`;
  expect((await go(back, `connect_state=${STATE}`)).to).toBe(home('connected'));
  expect(await kept.get('org-1', 'xero')).toMatchObject({ value: { refresh: 'r' } });
  expect(connected).toMatchObject([
    { organization: 'org-1', account_name: 'North Ltd', account_id: 't-1', login: 'user-1', sandbox: true },
  ]);
  expect((await go(back, `connect_state=${STATE}`)).to).toBe(home('expired'));
});

test('another browser cannot finish what this one began', async () => {
  const { go, connected } = await world();
  expect((await go(`xero/callback?code=good&state=${STATE}`)).to).toBe(home('other_browser'));
  expect((await go(`xero/callback?code=good&state=${STATE}`, `connect_state=${TICKET}`)).to).toBe(
    home('other_browser'),
  );
  expect(connected).toEqual([]);
});

test('saying no, a bad code, an unknown provider and a forged ticket lead home with a word', async () => {
  const cookie = `connect_state=${STATE}`;
  expect((await (await world()).go(`xero/callback?error=access_denied&state=${STATE}`, cookie)).to).toBe(
    home('declined'),
  );
  expect((await (await world()).go(`xero/callback?code=bad&state=${STATE}`, cookie)).to).toBe(home('failed'));
  expect((await (await world()).go('nobody?ticket=x')).to).toBe(home('unavailable', 'nobody'));
  expect((await (await world()).go("xero?ticket=';drop")).to).toBe(home('expired'));
});
