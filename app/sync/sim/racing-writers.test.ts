import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Device, mutation, update } from '../../../supabase/tests/sync/device.ts';
import { openStage, type Stage } from '../../../supabase/tests/sync/stage.ts';

const RACE_MS = 5_000;
const ACTORS = ['owner', 'manager', 'accountant', 'artist', 'crew', 'stranger'];

let stage: Stage;
let tours: string[];
beforeAll(async () => {
  stage = await openStage();
  tours = await Promise.all(['One', 'Two', 'Three'].map(newTour));
});
afterAll(() => stage?.stop());

async function newTour(name: string): Promise<string> {
  const sql = `insert into tours (organization_id, name, currency) values ($1, $2, 'EUR') returning id`;
  return (await stage.sql<{ id: string }>(sql, [stage.north, name]))[0]!.id;
}

const chance = (n: number): number => Math.floor(Math.random() * n);
const oneOf = <T>(items: readonly T[]): T => items[chance(items.length)]!;

/** What happened in the race. */
interface Tally {
  commits: number;
  rollbacks: number;
  deadlocks: number;
  /** Batches that were answered, and such as had to wait too long for a lock. */
  answered: number;
  timeouts: number;
  pages: number;
}

const newTally = (): Tally => ({ commits: 0, rollbacks: 0, deadlocks: 0, answered: 0, timeouts: 0, pages: 0 });

/** Whether a race is still on. */
type GoesOn = () => boolean;

/** For some seconds, and on a busy machine until enough has happened for the race to mean something. */
function race(tally: Tally, commits: number): GoesOn {
  const began = Date.now();
  return () => {
    const passed = Date.now() - began;
    return passed < RACE_MS || (tally.commits <= commits && passed < 6 * RACE_MS);
  };
}

/** A transaction that stays open for a while before it commits, or changes its mind. */
async function longTransaction(connection: pg.PoolClient, tally: Tally, work: () => Promise<unknown>): Promise<void> {
  await connection.query('begin');
  try {
    await work();
    await sleep(chance(6) === 0 ? 400 : chance(40));
    const rollback = chance(8) === 0;
    await connection.query(rollback ? 'rollback' : 'commit');
    tally[rollback ? 'rollbacks' : 'commits'] += 1;
  } catch (error) {
    await connection.query('rollback');
    if ((error as { code?: string }).code !== '40P01') throw error;
    tally.deadlocks += 1;
  }
}

const SHOW = `insert into shows (organization_id, tour_id, title, show_date, time_zone)
  values ($1, $2, 'Race', '2026-10-01', 'Europe/Berlin')`;
const JOIN = `insert into tour_people (organization_id, tour_id, person_id, part) values ($1, $2, $3, 'race') on conflict do nothing`;
const CLAIM = `insert into expenses (organization_id, person_id, currency, expense_date, notes)
  select $1, $2, 'EUR', '2026-03-01', 'race' from generate_series(1, $3)`;

/** Writes rows that only this writer owns, and tours that all share; one kind of shared thing per transaction. */
async function write(goesOn: GoesOn, name: string, tally: Tally): Promise<void> {
  const connection = await stage.pool.connect();
  const run = (sql: string, ...values: unknown[]) => connection.query(sql, values);
  const person = () => stage.person(oneOf(['artist', 'crew']));
  const deeds = [
    () => run(CLAIM, stage.north, person(), 1 + chance(4)),
    () => run(`update expenses set notes = notes || '.', description = $1 where description = $1`, name),
    () =>
      run(
        `update expenses set description = $1 where id in (select id from expenses where description is null
                 and notes = 'race' limit 2 for update skip locked)`,
        name,
      ),
    () => run(`delete from expenses where id in (select id from expenses where description = $1 limit 1)`, name),
    () => run(SHOW, stage.north, oneOf(tours)),
    () => run(JOIN, stage.north, oneOf(tours), person()),
    () => run('delete from tour_people where tour_id = $1 and person_id = $2', oneOf(tours), person()),
  ];
  try {
    while (goesOn()) await longTransaction(connection, tally, oneOf(deeds));
  } finally {
    connection.release();
  }
}

/** Pushes batches that touch the same few claims in every order. */
async function push(goesOn: GoesOn, device: Device, shared: readonly string[], tally: Tally, rest = 30): Promise<void> {
  while (goesOn()) {
    const order = [...shared].sort(() => Math.random() - 0.5);
    const batch = order.map((id) => ({
      ...mutation(update('expenses', id, { merchant: randomUUID() }, { merchant: null })),
      org: stage.north,
    }));
    await device.send(batch).then(
      () => (tally.answered += 1),
      (error: { code?: string }) => {
        if (error.code === '40P01') tally.deadlocks += 1;
        else if (error.code === '55P03') tally.timeouts += 1;
        else throw error;
      },
    );
    await sleep(chance(rest));
  }
}

async function follow(goesOn: GoesOn, device: Device, tally: Tally): Promise<void> {
  while (goesOn()) {
    tally.pages += await device.pull(1 + chance(30));
    await sleep(chance(20));
  }
}

/** What a device holds against what row-level security shows it now: [not held, held in an old version, held but not to be seen]. */
async function differences(device: Device): Promise<[missing: number, stale: number, leaked: number]> {
  const [count, held] = [[0, 0, 0] as [number, number, number], device.ids()];
  for (const { name } of await stage.sql<{ name: string }>('select name from sync.tables')) {
    const sql = `select id, row_version::int as row_version from ${name}`;
    for (const { id, row_version } of await device.query<{ id: string; row_version: number }>(sql)) {
      if (!held.delete(`${name}:${id}`)) count[0] += 1;
      else if (device.rows(name).get(id)!.row_version !== row_version) count[1] += 1;
    }
  }
  count[2] = held.size;
  return count;
}

test('eight writers with long transactions, pushing devices and twelve followers: nothing missing, stale, leaked or deadlocked', async () => {
  const tally = newTally();
  const shared = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((notes) => stage.claim('artist', { notes })));
  const followers = [...ACTORS, ...ACTORS].map((actor) => stage.device(actor));
  const goesOn = race(tally, 200);
  await Promise.all([
    ...Array.from({ length: 8 }, (_, at) => write(goesOn, `writer ${at}`, tally)),
    ...['artist', 'artist', 'artist'].map((actor) => push(goesOn, stage.device(actor), shared, tally)),
    ...followers.map((device) => follow(goesOn, device, tally)),
  ]);
  for (const device of followers) {
    await device.pull(50);
    expect(await differences(device)).toEqual([0, 0, 0]);
  }
  expect(tally.deadlocks).toBe(0);
  expect(tally.commits).toBeGreaterThan(200);
  expect(tally.rollbacks).toBeGreaterThan(0);
  expect(tally.pages).toBeGreaterThan(200);
});

/** A show is entered while somebody joins its tour; answers whether the show reaches them. */
async function joinDuringShow(): Promise<boolean> {
  const [tour, crew] = [await newTour('Race'), stage.device('crew')];
  await crew.pull();
  const planner = await stage.pool.connect();
  await planner.query('begin');
  await planner.query(SHOW, [stage.north, tour]);
  const joined = stage.sql(JOIN, [stage.north, tour, stage.person('crew')]);
  await Promise.race([joined, sleep(300)]);
  await planner.query('commit');
  planner.release();
  await joined;
  await crew.pull();
  return [...crew.rows('shows').values()].some((show) => show.tour_id === tour);
}

test('somebody who joins a tour while a show is being entered gets that show', async () => {
  expect(await joinDuringShow()).toBe(true);
});

test('without the lock on the tour that show is lost, so the lock is what keeps it', async () => {
  await stage.sql('alter table tour_people disable trigger _150_lock_tour');
  try {
    expect(await joinDuringShow()).toBe(false);
  } finally {
    await stage.sql('alter table tour_people enable trigger _150_lock_tour');
  }
});

/** Six devices push the same claims in every order, as fast as they can. */
async function crowd(): Promise<Tally> {
  const tally = newTally();
  const shared = await Promise.all(Array.from({ length: 8 }, () => stage.claim('artist')));
  const until = Date.now() + 3_000;
  const goesOn = () => Date.now() < until;
  await Promise.all(Array.from({ length: 6 }, () => push(goesOn, stage.device('artist'), shared, tally, 2)));
  return tally;
}

test('S16, S12: devices that push the same rows in every order all get an answer: no deadlock, no time-out', async () => {
  const { answered, deadlocks, timeouts } = await crowd();
  expect({ deadlocks, timeouts }).toEqual({ deadlocks: 0, timeouts: 0 });
  expect(answered).toBeGreaterThan(10);
});

/** sync_push as it would be if nobody took turns: what took a lock now takes no time. */
const withoutTurns = (definition: string): string => definition.replaceAll('pg_advisory_xact_lock(', 'pg_sleep(0 * ');

test('without the locks of push they deadlock or time out, so the locks are what keeps them apart', async () => {
  const [{ definition }] = (await stage.sql<{ definition: string }>(
    `select pg_get_functiondef('public.sync_push(uuid, jsonb, integer)'::regprocedure) as definition`,
  )) as [{ definition: string }];
  expect(withoutTurns(definition)).not.toBe(definition);
  await stage.sql(withoutTurns(definition));
  try {
    const { deadlocks, timeouts } = await crowd();
    expect(deadlocks + timeouts).toBeGreaterThan(0);
  } finally {
    await stage.sql(definition);
  }
});
