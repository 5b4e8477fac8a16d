import { expect, test } from 'vitest';
import { bug, refusal, weather, type Failure } from '../kernel/failure.ts';
import { Scheduler } from './scheduler.ts';
import { settled, TestClock } from './testing.ts';

/** A lane whose runs end as the script says: a failure, or undefined for success. */
async function lane(...script: (Failure | undefined)[]) {
  const clock = new TestClock();
  const reported: string[] = [];
  let runs = 0;
  const work = async () => {
    runs += 1;
    const failure = script.shift();
    if (failure) throw failure;
  };
  const scheduler = new Scheduler(work, clock, (failure) => reported.push(failure.code), 60_000);
  scheduler.start();
  await settled();
  return { scheduler, clock, reported, runs: () => runs };
}

const storm = weather('offline', 'no signal');

test('S19: a lane works when it starts, then rests about a minute', async () => {
  const { clock, runs } = await lane();
  expect([runs(), clock.next]).toEqual([1, 60_000]);
  await clock.pass(60_000);
  expect(runs()).toBe(2);
});

test('S19: a beat wakes a resting lane at once', async () => {
  const { scheduler, runs } = await lane();
  scheduler.beat('write');
  await settled();
  expect(runs()).toBe(2);
});

test('S19: beats during a run ask for one more run, not for many', async () => {
  let finish = () => {};
  let runs = 0;
  const work = () => new Promise<void>((resolve) => ((runs += 1), (finish = resolve)));
  const scheduler = new Scheduler(work, new TestClock(), () => {}, 60_000);
  scheduler.start();
  for (let beat = 0; beat < 5; beat++) scheduler.beat('write');
  expect(runs).toBe(1);
  finish();
  await settled();
  expect(runs).toBe(2);
  finish();
  await settled();
  expect(runs).toBe(2);
});

test('S19: bad weather doubles the pause up to a minute', async () => {
  const { clock } = await lane(...Array.from({ length: 9 }, () => storm));
  const pauses: (number | undefined)[] = [];
  for (let run = 0; run < 8; run++) {
    pauses.push(clock.next);
    await clock.pass(clock.next!);
  }
  expect(pauses).toEqual([750, 1500, 3000, 6000, 12000, 24000, 45000, 45000]);
});

test('S19: a write does not cut the pause short, coming online does', async () => {
  const { scheduler, runs } = await lane(storm, storm);
  scheduler.beat('write');
  scheduler.beat('poke');
  await settled();
  expect(runs()).toBe(1);
  scheduler.beat('online');
  await settled();
  expect(runs()).toBe(2);
});

test('S19: after success the pause is short again', async () => {
  const { clock } = await lane(storm, storm, undefined, storm);
  await clock.pass(clock.next!);
  await clock.pass(clock.next!);
  expect(clock.next).toBe(60_000);
  await clock.pass(60_000);
  expect(clock.next).toBe(750);
});

test('S20: without a session the lane stops until somebody signs in', async () => {
  const { scheduler, clock, runs, reported } = await lane(refusal('signed_out', 'no session'));
  expect([clock.next, scheduler.halted, reported]).toEqual([undefined, true, ['signed_out']]);
  scheduler.beat('online');
  await settled();
  expect(runs()).toBe(1);
  scheduler.beat('signed_in');
  await settled();
  expect([runs(), scheduler.halted]).toEqual([2, false]);
});

test('S20: weather never halts a lane', async () => {
  const { scheduler, clock, reported } = await lane(storm);
  expect([scheduler.halted, reported]).toEqual([false, []]);
  expect(clock.next).toBeGreaterThan(0);
});

test('a bug is reported and tried again later', async () => {
  const { clock, reported } = await lane(bug('unexpected', 'ours'));
  expect(reported).toEqual(['unexpected']);
  expect(clock.next).toBe(750);
});

test('a stopped lane finishes its run and never starts another', async () => {
  const { scheduler, clock, runs } = await lane();
  await scheduler.stop();
  scheduler.beat('asked');
  await clock.pass(600_000);
  expect(runs()).toBe(1);
});
