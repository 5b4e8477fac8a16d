import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { credentialsBy, type Credentials } from '../../../functions/_shared/credentials.ts';
import type { Ask } from '../../../functions/_shared/database.ts';
import { readKeyring } from '../../../functions/_shared/envelope.ts';
import { queueBy, type Queue } from '../../../functions/_shared/queue.ts';
import { work } from '../../../functions/_shared/worker.ts';
import { xeroErrands } from '../../../functions/_shared/xero/errands.ts';
import { connections } from '../../../functions/_shared/xero/oauth.ts';
import { readEvents } from '../../../functions/_shared/xero/webhook.ts';
import { applicationAt, letIn } from '../../local/emulators/xero/connected.ts';
import { openTestXero, type TestXero } from '../../local/emulators/xero/testing.ts';
import { startTestDatabase, type TestDatabase } from '../harness/database.ts';
import { askByPool } from './ask.ts';

// From the approval of a claim to the day it is paid: the shipped errands, the shipped SQL, and a Xero that misbehaves.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const SOON_MS = 30_000;
let database: TestDatabase;
let pool: pg.Pool;
let ask: Ask;
let queue: Queue;
let credentials: Credentials;
let world: TestXero;
let organization: string;
let person: string;

beforeAll(async () => {
  database = await startTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 8 });
  pool.on('error', () => undefined);
  ask = asJson(askByPool(pool));
  queue = queueBy(ask);
  const ring = await readKeyring(`test:${randomBytes(32).toString('base64')}`);
  credentials = credentialsBy(ask, ring);
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

beforeEach(async () => {
  await pool.query('truncate jobs.jobs, jobs.lanes, jobs.credentials, jobs.webhook_events');
  world = await openTestXero({
    subscriber: { url: 'https://portal.test/webhooks/xero', key: 'key', fetch: receive },
    quota: { perMinute: 10_000, perDay: 100_000, atOnce: 50 },
  });
  // Our own lane is tested elsewhere; here nothing is to wait.
  await pool.query(`update jobs.providers set per_minute = null where name = 'xero'`);
  organization = await idOf(`select tests.make_organization($1) as id`, `North ${randomUUID()}`);
  person = await idOf(
    `insert into people (organization_id, display_name) values ($1, 'Mara Vogt') returning id`,
    organization,
  );
  await pool.query(`update expense_categories set xero_account_code = '449' where organization_id = $1`, [
    organization,
  ]);
  await connect();
});

/** REST sends arrays as JSON; a connection of one's own would send them as arrays of Postgres. */
function asJson(ask: Ask): Ask {
  const json = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value) : value);
  return (name, args = {}) =>
    ask(
      name,
      name === 'put_books' ? Object.fromEntries(Object.entries(args).map(([key, value]) => [key, json(value)])) : args,
    );
}

async function idOf(query: string, ...values: unknown[]): Promise<string> {
  return (await pool.query<{ id: string }>(query, values)).rows[0]!.id;
}

/** What the function `webhooks` does with a delivery whose signature is right. */
const receive: typeof fetch = async (_, init) => {
  const body = init!.body as string;
  for (const { id } of readEvents(new TextEncoder().encode(body)))
    await ask('receive', { provider: 'xero', event_id: id, body });
  return new Response(null, { status: 200 });
};

/** Somebody lets us in, as the function `connect` writes it down. */
async function connect(): Promise<void> {
  const app = applicationAt(world.fetch);
  const tokens = await letIn(app, world.fetch);
  const [first] = await connections(app, tokens.access_token);
  await credentials.put(organization, 'xero', tokens, new Date(tokens.expires_at));
  await ask('connect', {
    organization,
    provider: 'xero',
    account_name: first!.tenantName,
    account_id: first!.tenantId,
  });
  await drain();
}

const errands = () =>
  xeroErrands({
    ask,
    queue,
    credentials,
    application: () => applicationAt(world.fetch),
    load: async (path) => new TextEncoder().encode(`bytes of ${path}`),
    portal_url: 'https://portal.test',
  });

/** Works once through everything that is due, whatever it rests for. */
async function shift(): Promise<void> {
  await pool.query(`update jobs.jobs set run_at = clock_timestamp() where state = 'waiting'`);
  await pool.query(`update jobs.lanes set throttled_until = null, open_until = null`);
  await work(queue, errands(), { until: Date.now() + SOON_MS, fetch: impatient });
}

/** A test does not wait for answers that do not come. */
const impatient: typeof fetch = (input, init) =>
  world.fetch(input, {
    ...init,
    signal: AbortSignal.any([AbortSignal.timeout(300), ...(init?.signal ? [init.signal] : [])]),
  });

const OPEN = `select count(*) as id from jobs.jobs where state in ('waiting', 'running')`;

async function drain(most = 8): Promise<void> {
  for (let turn = 0; turn < most && (turn === 0 || (await idOf(OPEN)) !== '0'); turn++) await shift();
}

/** A claim with a photo, approved. */
async function approved(merchant: string, amount = 6420): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `insert into expenses (id, organization_id, person_id, category_id, amount_minor, currency, expense_date, merchant, description)
     select $1, $2, $3, c.id, $4, 'EUR', '2026-11-14', $5, 'Diesel' from expense_categories c where c.organization_id = $2 and c.code = 'fuel'`,
    [id, organization, person, amount, merchant],
  );
  const receipt = randomUUID();
  await pool.query(
    `insert into expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type, uploaded_at)
     values ($1, $2, $3, $4, $5, 10, 'image/jpeg', now())`,
    [receipt, organization, id, person, `${organization}/${person}/${receipt}.jpg`],
  );
  await move(id, 'submitted');
  await move(id, 'approved');
  return id;
}

const move = (id: string, to: string) =>
  pool.query(
    `select private.move_expense(e, $2, case when $2 = 'rejected' then 'No' end) from expenses e where id = $1`,
    [id, to],
  );

async function standing(): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select concat_ws(' ', e.merchant, e.status, b.state, b.objection) as line from expenses e
     left join expense_bills b on b.expense_id = e.id and b.state <> 'void' where e.organization_id = $1 order by e.merchant`,
    [organization],
  );
  return rows.map(({ line }) => line);
}

const books = () => world.xero.state.books[0]!;
const standingBills = () => books().invoices.filter(({ Status }) => Status !== 'VOIDED');
const attachments = () => Object.values(books().attachments).flat();

async function remoteOf(id: string): Promise<string> {
  return idOf(`select remote_id as id from expense_bills where expense_id = $1 order by round desc limit 1`, id);
}

test('an approved claim is a bill with its photo; paid over there, the claim is paid', async () => {
  const claim = await approved('Nord');
  await drain();
  expect(await standing()).toEqual(['Nord approved synced']);
  expect(standingBills()).toMatchObject([
    {
      CurrencyCode: 'EUR',
      DueDate: expect.any(String),
      LineItems: [{ UnitAmount: 64.2, AccountCode: '449' }],
      Url: `https://portal.test/expenses/${claim}`,
    },
  ]);
  expect(attachments()).toHaveLength(1);
  world.xero.pay(await remoteOf(claim), '2026-11-24');
  await world.xero.deliver();
  await drain();
  expect(await standing()).toEqual(['Nord paid synced']);
});

test('sixty claims approved together go in two requests', async () => {
  for (let n = 0; n < 60; n++) await approved(`Shop ${n}`, 100 + n);
  world.calls.length = 0;
  await drain();
  expect(world.calls.filter((call) => call === 'PUT /Invoices')).toHaveLength(2);
  expect(standingBills()).toHaveLength(60);
  expect(attachments()).toHaveLength(60);
});

test.each([
  'bad-request',
  'minute-limit',
  'server-error',
  'unavailable',
  'unauthorized',
  'timeout',
  'timeout-after-commit',
] as const)('%s at the bill: in the end there is one bill, or a word about it', async (fault) => {
  await approved('Nord');
  world.xero.faults.add({ fault, match: 'PUT /api.xro/2.0/Invoices' });
  await drain();
  const refused = fault === 'bad-request';
  expect(await standing()).toEqual([refused ? 'Nord approved error refused' : 'Nord approved synced']);
  expect(standingBills()).toHaveLength(refused ? 0 : 1);
});

test('a hint that comes ten times, late and out of order pays once', async () => {
  const [one, other] = [await approved('One'), await approved('Two')];
  await drain();
  world.xero.pay(await remoteOf(one), '2026-11-24');
  world.xero.pay(await remoteOf(other), '2026-11-25');
  await world.xero.deliver({ times: 10, reversed: true });
  await drain();
  expect(await standing()).toEqual(['One paid synced', 'Two paid synced']);
  const paid = `select count(*) as id from activity where organization_id = $1 and action = 'paid'`;
  expect(await idOf(paid, organization)).toBe('2');
});

test('a hint that never comes is made up for when the books are read again', async () => {
  const claim = await approved('Nord');
  await drain();
  world.xero.pay(await remoteOf(claim), '2026-11-24');
  expect(await ask('read_all_books')).toBeGreaterThanOrEqual(1);
  await drain();
  expect(await standing()).toEqual(['Nord paid synced']);
});

test('a hint about a bill of somebody else, or of nobody, pays nothing', async () => {
  await approved('Nord');
  await drain();
  const hint = (tenantId: string) => ({
    tenantId,
    resourceId: randomUUID(),
    eventCategory: 'INVOICE',
    eventType: 'UPDATE',
    eventDateUtc: 'x',
  });
  const body = JSON.stringify({ events: [hint(books().tenantId), hint('unknown-tenant')] });
  await receive('', { body });
  await drain();
  expect(await standing()).toEqual(['Nord approved synced']);
});

test('a permission taken back keeps everything until somebody lets us in again', async () => {
  await approved('Nord');
  world.xero.revokeAll();
  await shift();
  await shift();
  expect(await standing()).toEqual(['Nord approved queued']);
  const status = () => idOf(`select status as id from integrations where organization_id = $1`, organization);
  expect(await status()).toBe('needs_attention');
  await connect();
  await drain();
  expect(await status()).toBe('connected');
  expect(await standing()).toEqual(['Nord approved synced']);
  expect(standingBills()).toHaveLength(1);
});

test('an access token that ran out is renewed once, however many errands ask', async () => {
  for (const name of ['A', 'B', 'C']) await approved(name);
  await pool.query(`update jobs.credentials set expires_at = now() - interval '1 minute'`);
  const before = world.xero.state.grants[0]!.refreshToken;
  await Promise.all([shift(), shift(), shift()]);
  await drain();
  const [grant] = world.xero.state.grants;
  expect(grant!.refreshToken).not.toBe(before);
  expect(Object.keys(grant!.accessTokens)).toHaveLength(2);
  expect(standingBills()).toHaveLength(3);
});

test('a category that loses its account while claims wait: nothing goes, and all goes once it has one', async () => {
  await approved('Nord');
  const post = (code: string | null) =>
    pool.query(`update expense_categories set xero_account_code = $2 where organization_id = $1`, [organization, code]);
  await post(null);
  await drain();
  expect(await standing()).toEqual(['Nord approved error no_account']);
  expect(books().invoices).toHaveLength(0);
  await post('493');
  await drain();
  expect(await standing()).toEqual(['Nord approved synced']);
});

test('an account that the bookkeeper archives is told from the books', async () => {
  books().accounts.find(({ Code }) => Code === '449')!.Status = 'ARCHIVED';
  await approved('Nord');
  await drain();
  expect(await standing()).toEqual(['Nord approved error account_archived']);
});

test('a claim sent back after its approval takes its bill back; approved again it has another', async () => {
  const claim = await approved('Nord');
  await drain();
  await move(claim, 'rejected');
  await drain();
  expect(standingBills()).toHaveLength(0);
  for (const to of ['draft', 'submitted', 'approved']) await move(claim, to);
  await drain();
  expect(standingBills().map(({ InvoiceNumber }) => InvoiceNumber)).toEqual([
    expect.stringMatching(/^BLP-[0-9A-F]{12}-2$/),
  ]);
  expect(await standing()).toEqual(['Nord approved synced']);
});

test('a claim sent back whose bill was written without our knowing: it is found and taken back', async () => {
  const claim = await approved('Nord');
  world.xero.faults.add({ fault: 'timeout-after-commit', match: 'PUT /api.xro/2.0/Invoices' });
  world.xero.faults.add({ fault: 'unavailable', match: 'GET /api.xro/2.0/Invoices', after: 1 });
  await shift();
  await move(claim, 'rejected');
  await drain();
  expect(books().invoices.map(({ Status }) => Status)).toEqual(['VOIDED']);
});

test('a bill that was paid before it could be taken back is for a person to settle', async () => {
  const claim = await approved('Nord');
  await drain();
  world.xero.pay(await remoteOf(claim), '2026-11-24');
  await move(claim, 'rejected');
  await drain();
  expect(await standing()).toEqual(['Nord rejected error already_paid']);
});
