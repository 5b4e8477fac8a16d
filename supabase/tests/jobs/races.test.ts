import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { credentialsBy } from '../../../functions/_shared/credentials.ts';
import type { Ask } from '../../../functions/_shared/database.ts';
import { readKeyring } from '../../../functions/_shared/envelope.ts';
import type { Job, JobKind } from '../../../functions/_shared/jobs.ts';
import { retry, signInAgain } from '../../../functions/_shared/outcome.ts';
import { queueBy } from '../../../functions/_shared/queue.ts';
import { work } from '../../../functions/_shared/worker.ts';
import { startTestDatabase, type TestDatabase } from '../harness/database.ts';
import { askByPool } from './ask.ts';

const ERRANDS = 300;
const WORKERS = 6;
const SOON_MS = 20_000;

let database: TestDatabase;
let pool: pg.Pool;
let ask: Ask;
let organizations: string[];

beforeAll(async () => {
  database = await startTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: WORKERS + 4 });
  pool.on('error', () => undefined);
  ask = askByPool(pool);
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

beforeEach(async () => {
  await pool.query('truncate jobs.jobs, jobs.lanes, jobs.credentials, jobs.webhook_events');
  // No minute lasts as long as a test: here only leases and locks are to decide.
  await pool.query(`update jobs.providers set per_minute = null, at_once = 4 where name = 'sendgrid'`);
  const { rows } = await pool.query<{ id: string }>(
    `select tests.make_organization('Race ' || n) as id from generate_series(1, 3) n`,
  );
  organizations = rows.map((row) => row.id);
});

const soon = () => Date.now() + SOON_MS;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function count(sql: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::integer as n from (${sql}) found`);
  return rows[0]!.n;
}

/** Works in several workers at once until nothing is open any more. */
async function drain(kinds: JobKind[]): Promise<void> {
  const queue = queueBy(ask);
  const shift = async () => {
    while ((await count(`select from jobs.jobs where state in ('waiting', 'running')`)) > 0)
      await work(queue, kinds, { until: soon() });
  };
  await Promise.all(Array.from({ length: WORKERS }, shift));
}

test(`${ERRANDS} errands, ${WORKERS} workers: each is done once, and no lane has more than its four at once`, async () => {
  const queue = queueBy(ask);
  for (let n = 0; n < ERRANDS; n++)
    await queue.enqueue({ kind: 'sendgrid.a', organizationId: organizations[n % 3], payload: { n } });
  const runs: number[] = [];
  const running = new Map<string, number>();
  let most = 0;
  const run = async (job: Job) => {
    runs.push((job.payload as { n: number }).n);
    const lane = job.organizationId!;
    running.set(lane, (running.get(lane) ?? 0) + 1);
    most = Math.max(most, running.get(lane)!);
    await pause(2);
    running.set(lane, running.get(lane)! - 1);
  };
  await drain([{ kind: 'sendgrid.a', run }]);
  expect(runs).toHaveLength(ERRANDS);
  expect(new Set(runs).size).toBe(ERRANDS);
  expect(most).toBeLessThanOrEqual(4);
  expect(await count(`select from jobs.jobs where state = 'done' and attempts = 1`)).toBe(ERRANDS);
}, 60_000);

test('the same errand ordered twenty times at once is one errand', async () => {
  const errand = { kind: 'sendgrid.a', organizationId: organizations[0], dedupeKey: 'same' };
  const ids = await Promise.all(Array.from({ length: 20 }, () => queueBy(ask).enqueue(errand)));
  expect(new Set(ids).size).toBe(1);
  expect(await count('select from jobs.jobs')).toBe(1);
});

test('what a dead worker held is taken over, and the dead one cannot write any more', async () => {
  const queue = queueBy(ask);
  await queue.enqueue({ kind: 'sendgrid.a', organizationId: organizations[0] });
  const [dead] = await queue.claim(['sendgrid.a'], 1, 1);
  await pause(1_100);
  const seen: Job[] = [];
  await drain([{ kind: 'sendgrid.a', run: async (job) => void seen.push(job) }]);
  expect(seen).toMatchObject([{ attempts: 2, lookFirst: true }]);
  await expect(queue.complete(dead!, {}, 1)).rejects.toThrow('lease_lost');
  expect(await count(`select from jobs.jobs where state = 'done'`)).toBe(1);
});

test('what fails comes back after its rest, and half-open lets one of six workers through', async () => {
  const queue = queueBy(ask);
  for (let n = 0; n < 12; n++) await queue.enqueue({ kind: 'sendgrid.a', organizationId: organizations[0] });
  const down: JobKind = { kind: 'sendgrid.a', run: () => Promise.reject(retry('down', 'HTTP 503')) };
  await work(queue, [down], { until: soon() });
  expect(await count(`select from jobs.lanes where open_until > clock_timestamp()`)).toBe(1);
  await pool.query(`update jobs.lanes set open_until = clock_timestamp() - interval '1 second'`);
  await pool.query(`update jobs.jobs set run_at = now() where state = 'waiting'`);
  const claims = await Promise.all(Array.from({ length: WORKERS }, () => queueBy(ask).claim(['sendgrid.a'], 5, 60)));
  expect(claims.flat()).toHaveLength(1);
});

test('one telling delivered ten times at once is kept once and orders one errand', async () => {
  const telling = { provider: 'xero', event_id: 'e-1', body: '{}', organization: organizations[0] };
  const fresh = await Promise.all(Array.from({ length: 10 }, () => ask<boolean>('receive', telling)));
  expect(fresh.filter(Boolean)).toHaveLength(1);
  expect(await count('select from jobs.webhook_events where told = 10')).toBe(1);
  expect(await count('select from jobs.jobs')).toBe(1);
});

interface Tokens {
  access: string;
  refresh: string;
}

/** A provider whose refresh tokens can be used once. */
function rotating() {
  let serial = 1;
  let calls = 0;
  const renew = async ({ refresh }: Tokens) => {
    calls += 1;
    const wanted = `refresh-${serial}`;
    await pause(300);
    if (refresh !== wanted || `refresh-${serial}` !== wanted) throw signInAgain('invalid_grant');
    serial += 1;
    const value = { access: `access-${serial}`, refresh: `refresh-${serial}` };
    return { value, expiresAt: new Date(Date.now() + 1_800_000) };
  };
  return { renew, calls: () => calls };
}

const ring = (...ids: string[]) =>
  readKeyring(ids.map((id) => `${id}:${Buffer.alloc(32, id).toString('base64')}`).join(','));

test('eight who find the sign-in expired renew it once, and all have the new one', async () => {
  const organization = organizations[0]!;
  const first = credentialsBy(ask, ring('k1'));
  await first.put(organization, 'xero', { access: 'access-1', refresh: 'refresh-1' }, new Date(Date.now() - 1));
  const provider = rotating();
  const all = Array.from({ length: 8 }, () =>
    credentialsBy(ask, ring('k1')).fresh<Tokens>(organization, 'xero', provider.renew),
  );
  const held = await Promise.all(all);
  expect(provider.calls()).toBe(1);
  expect(new Set(held.map(({ value, version }) => `${value.access} ${version}`))).toEqual(new Set(['access-2 2']));
  // Two who were refused with the same version renew once more, not twice.
  await Promise.all([1, 2].map(() => first.fresh<Tokens>(organization, 'xero', provider.renew, 2)));
  expect(provider.calls()).toBe(2);
});

test('a renewal that fails is tried by the next; one overtaken by a new sign-in gives way to it', async () => {
  const organization = organizations[0]!;
  const kept = credentialsBy(ask, ring('k1'));
  const over = new Date(Date.now() - 1);
  await kept.put(organization, 'xero', { access: 'a', refresh: 'r' }, over);
  await expect(kept.fresh(organization, 'xero', () => Promise.reject(retry('down', 'HTTP 503')))).rejects.toThrow(
    '503',
  );
  const held = await kept.fresh<Tokens>(organization, 'xero', async () => {
    await kept.put(organization, 'xero', { access: 'new', refresh: 'new' }, new Date(Date.now() + 1_800_000));
    return { value: { access: 'late', refresh: 'late' } };
  });
  expect(held.value.access).toBe('new');
  await kept.drop(organization, 'xero');
  expect(await kept.get(organization, 'xero')).toBeUndefined();
  await expect(kept.fresh(organization, 'xero', async (value) => ({ value }))).rejects.toMatchObject({
    code: 'sign_in_again',
  });
});

test('envelopes move to a new key, open in their own place only, and keep nothing readable', async () => {
  const [north, south] = organizations as [string, string];
  const secret = randomBytes(12).toString('hex');
  await credentialsBy(ask, ring('k1')).put(north, 'xero', { secret });
  const both = credentialsBy(ask, ring('k2', 'k1'));
  expect(await both.rotate('k1')).toBe(1);
  expect(await credentialsBy(ask, ring('k2')).get(north, 'xero')).toMatchObject({ value: { secret }, version: 2 });
  await pool.query(
    'insert into jobs.credentials select $1, provider, key_id, wrapped_key, sealed from jobs.credentials',
    [south],
  );
  await expect(both.get(south, 'xero')).rejects.toThrow();
  const { rows } = await pool.query<{ row: string }>('select c::text as row from jobs.credentials c');
  expect(rows.map(({ row }) => row).join()).not.toContain(secret);
});
