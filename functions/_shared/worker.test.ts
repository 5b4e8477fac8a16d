import { expect, test } from 'vitest';
import { defineJob, type Job, type JobKind } from './jobs.ts';
import { fatal, retry, signInAgain, throttle, unknown } from './outcome.ts';
import { queueBy } from './queue.ts';
import { memoryDatabase } from './testing.ts';
import { work } from './worker.ts';

const soon = () => ({ until: Date.now() + 5_000 });

/** A queue with so many errands of kind a.b. */
async function world(errands: number) {
  const database = memoryDatabase();
  const queue = queueBy(database.ask);
  for (let n = 1; n <= errands; n++) await queue.enqueue({ kind: 'a.b', payload: { n } });
  return { ...database, queue };
}
const kind = (run: JobKind['run']): JobKind[] => [{ kind: 'a.b', run }];

test('a shift does everything that is due, some at once', async () => {
  const { queue, jobs } = await world(20);
  let running = 0;
  let most = 0;
  const run = async (job: Job) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    return { external_id: String((job.payload as { n: number }).n) };
  };
  expect(await work(queue, kind(run), { ...soon(), hands: 4 })).toEqual({ done: 20, failed: 0, lost: 0 });
  expect(most).toBe(4);
  expect(jobs.map(({ result }) => result)).toContainEqual({ external_id: '20' });
});

test.each([
  [retry('down', 'x'), 'retry down', 'waiting'],
  [throttle('busy', 'x', { retryAfter: 9 }), 'throttle busy', 'waiting'],
  [unknown('timed_out', 'x'), 'unknown timed_out', 'waiting'],
  [fatal('bad', 'x'), 'fatal bad', 'dead'],
  [signInAgain('x'), 'fatal sign_in_again', 'waiting'],
  [new TypeError('secret'), 'retry unexpected', 'waiting'],
])('%s leaves the errand as %s', async (error, said, state) => {
  const { queue, jobs } = await world(1);
  expect(
    await work(
      queue,
      kind(() => Promise.reject(error)),
      soon(),
    ),
  ).toEqual({ done: 0, failed: 1, lost: 0 });
  expect(jobs).toMatchObject([{ error: said, state }]);
});

test('one that fails holds no other up, and after an unknown outcome the next try looks first', async () => {
  const { queue, jobs } = await world(3);
  const looked: boolean[] = [];
  const run = async ({ payload, lookFirst }: Job) => {
    looked.push(lookFirst);
    if ((payload as { n: number }).n === 2 && !lookFirst) throw unknown('timed_out', 'x');
  };
  expect(await work(queue, kind(run), soon())).toEqual({ done: 2, failed: 1, lost: 0 });
  jobs[1]!.run_at = 0;
  expect(await work(queue, kind(run), soon())).toMatchObject({ done: 1 });
  expect(looked).toEqual([false, false, false, true]);
});

test('an errand that another worker has taken over is left to it', async () => {
  const { queue, jobs } = await world(1);
  const run = async () => void (jobs[0]!.lease_token = 'theirs');
  expect(await work(queue, kind(run), soon())).toEqual({ done: 0, failed: 0, lost: 1 });
  expect(jobs[0]).toMatchObject({ state: 'running', lease_token: 'theirs' });
});

test('nothing is begun after the end of the shift, and kinds nobody knows stay', async () => {
  const { queue, jobs } = await world(2);
  await queue.enqueue({ kind: 'a.c' });
  expect(
    await work(
      queue,
      kind(async () => undefined),
      { until: Date.now() - 1 },
    ),
  ).toMatchObject({ done: 0 });
  expect(
    await work(
      queue,
      kind(async () => undefined),
      soon(),
    ),
  ).toMatchObject({ done: 2 });
  expect(jobs.at(-1)!.state).toBe('waiting');
});

test('an errand that never ends is ended, with its outcome unknown', async () => {
  const { queue, jobs } = await world(1);
  const shift = await work(
    queue,
    kind(() => new Promise(() => undefined)),
    { ...soon(), leaseSeconds: 1 },
  );
  expect(shift.failed).toBe(1);
  expect(jobs[0]!.error).toBe('unknown out_of_time');
});

test('the first call is paid for, each further one asks the lane', async () => {
  const { queue, jobs, permits } = await world(1);
  permits.push(0, 30);
  const urls: string[] = [];
  const fetch = async (url: string | URL | Request) => {
    urls.push(String(url));
    return new Response('ok');
  };
  const run: JobKind['run'] = async (_, { call }) => {
    for (const n of [1, 2, 3]) await call({ url: `https://x.test/${n}` });
  };
  await work(queue, kind(run), { ...soon(), fetch: fetch as typeof globalThis.fetch });
  expect(urls).toEqual(['https://x.test/1', 'https://x.test/2']);
  expect(jobs[0]!.error).toBe('throttle lane_empty');
});

test('a payload that is not what the errand wants never reaches it', async () => {
  const { queue, jobs } = await world(1);
  let ran = false;
  const parse = (): never => {
    throw new RangeError('no');
  };
  await work(queue, [defineJob({ kind: 'a.b', payload: { parse }, run: async () => void (ran = true) })], soon());
  expect(ran).toBe(false);
  expect(jobs[0]!.error).toBe('retry unexpected');
});
