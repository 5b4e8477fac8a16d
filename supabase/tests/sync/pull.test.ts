import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, type Device, insert, update } from './device.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let tour: string;
beforeAll(async () => {
  stage = await openStage();
  tour = await makeTour('Autumn');
  // A person and their details share an id, in different tables and scopes.
  await stage.sql(`insert into person_details (id, organization_id) select id, organization_id from people`);
});
afterAll(() => stage?.stop());

async function makeTour(name: string): Promise<string> {
  const [row] = await stage.sql<{ id: string }>(
    `insert into tours (organization_id, name, currency) values ($1, $2, 'EUR') returning id`,
    [stage.north, name],
  );
  return row!.id;
}

async function makeShow(of: string, title = 'Show'): Promise<string> {
  const [row] = await stage.sql<{ id: string }>(
    `insert into shows (organization_id, tour_id, title, show_date, time_zone)
     values ($1, $2, $3, '2026-10-01', 'Europe/Berlin') returning id`,
    [stage.north, of, title],
  );
  return row!.id;
}

const putOnTour = (actor: string, on: string) =>
  stage.sql(`insert into tour_people (organization_id, tour_id, person_id, part) values ($1, $2, $3, 'guitar')`, [
    stage.north,
    on,
    stage.person(actor),
  ]);

const takeOffTour = (actor: string, off: string) =>
  stage.sql('delete from tour_people where tour_id = $1 and person_id = $2', [off, stage.person(actor)]);

/** What a login may see of every tracked table, straight from row-level security. */
async function truth(device: Device): Promise<Set<string>> {
  const tables = await stage.sql<{ name: string }>('select name from sync.tables');
  const seen = new Set<string>();
  for (const { name } of tables) {
    for (const { id } of await device.query<{ id: string }>(`select id from ${name}`)) seen.add(`${name}:${id}`);
  }
  return seen;
}

async function upToDate(device: Device): Promise<Device> {
  await device.pull();
  return device;
}

describe('a first listing', () => {
  test.each(['owner', 'manager', 'accountant', 'artist', 'crew', 'stranger'])(
    'gives %s exactly what they may see',
    async (actor) => {
      await stage.claim('artist');
      const device = await upToDate(stage.device(actor));
      expect(device.ids()).toEqual(await truth(device));
      expect(device.ids().size).toBeGreaterThan(10);
    },
  );

  test.each(['suspended', 'nobody'])('gives %s nothing at all', async (actor) => {
    const device = await upToDate(stage.device(actor));
    expect(device.ids().size).toBe(0);
  });

  test('in pages of three comes to the same', async () => {
    const device = stage.device('owner');
    const pages = await device.pull(3);
    expect(pages).toBeGreaterThan(10);
    expect(device.ids()).toEqual(await truth(device));
  });

  test('sends no ids of rows the caller may not see', async () => {
    await stage.claim('artist');
    const reply = await stage.device('crew').ask();
    expect(reply.g).toEqual({});
  });

  test('while rows change between its pages ends with the newest of each', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => stage.claim('artist', { notes: 'old' })));
    const device = stage.device('artist');
    device.apply(await device.ask(8));
    await stage.sql(`update expenses set notes = 'new' where id = any ($1)`, [ids]);
    await device.pull(8);
    expect(ids.map((id) => device.rows('expenses').get(id)?.notes)).toEqual(ids.map(() => 'new'));
  });

  test('an empty or a null cursor, and limits out of bounds, are taken as a first listing', async () => {
    const artist = stage.device('artist');
    for (const cursor of [null, '{}', '{"e":"other","s":{}}']) {
      const [row] = await artist.query<{ reply: { w: string[] } }>('select sync_pull($1, -4) as reply', [cursor]);
      expect(row!.reply.w).toEqual([]);
    }
  });
});

describe('afterwards', () => {
  test('nothing changed means nothing sent', async () => {
    const device = await upToDate(stage.device('artist'));
    const reply = await device.ask();
    expect(reply).toMatchObject({ m: false, w: [], k: {}, r: {}, g: {} });
  });

  test('a changed row comes once, with all its columns', async () => {
    const id = await stage.claim('artist');
    const device = await upToDate(stage.device('owner'));
    await stage.device('artist').push(update('expenses', id, { notes: 'x' }, { notes: null }));
    const reply = await device.ask();
    expect(Object.keys(reply.r)).toEqual(['expenses']);
    expect(reply.r.expenses).toHaveLength(1);
    expect(reply.k.expenses).toContain('row_version');
  });

  test('a deleted row is gone', async () => {
    const id = await stage.claim('artist');
    const device = await upToDate(stage.device('owner'));
    await stage.sql('delete from expenses where id = $1', [id]);
    expect((await device.ask()).g).toEqual({ expenses: [id] });
  });

  test('a row committed late still arrives', async () => {
    const writer = await stage.pool.connect();
    const id = randomUUID();
    await writer.query('begin');
    await writer.query(`insert into venues (id, organization_id, name, city, country, time_zone)
      values ('${id}', '${stage.north}', 'Late', 'Oslo', 'NO', 'Europe/Oslo')`);
    await stage.claim('artist');
    const device = await upToDate(stage.device('artist'));
    expect(device.rows('venues').has(id)).toBe(false);
    await writer.query('commit');
    writer.release();
    await device.pull();
    expect(device.rows('venues').has(id)).toBe(true);
  });

  test('another organisation is never mentioned', async () => {
    const device = await upToDate(stage.device('stranger'));
    await stage.claim('artist');
    await makeShow(tour);
    expect(await device.ask()).toMatchObject({ k: {}, r: {}, g: {} });
  });

  test('a cursor that names a scope of others gives nothing of it and sweeps what it claims', async () => {
    const owner = await upToDate(stage.device('owner'));
    const stranger = await upToDate(stage.device('stranger'));
    stranger.cursor = { e: owner.cursor!.e, s: { ...stranger.cursor!.s, ...owner.cursor!.s } };
    await stage.claim('artist');
    const reply = await stranger.ask();
    expect(reply.w).toEqual([stage.north]);
    expect(reply.r).toEqual({});
  });
});

describe('what one may see changes', () => {
  test('joining a tour brings it, its people and its shows; leaving takes them away', async () => {
    const mine = await makeTour('Winter');
    const shows = [await makeShow(mine), await makeShow(mine)];
    await putOnTour('artist', mine);
    const crew = await upToDate(stage.device('crew'));
    expect(crew.rows('shows').size).toBe(0);
    await putOnTour('crew', mine);
    await crew.pull();
    expect([...crew.rows('shows').keys()].sort()).toEqual([...shows].sort());
    expect(crew.rows('tours').has(mine)).toBe(true);
    expect(crew.rows('tour_people').size).toBe(2);
    await takeOffTour('crew', mine);
    await crew.pull();
    expect([crew.rows('shows').size, crew.rows('tours').size, crew.rows('tour_people').size]).toEqual([0, 0, 0]);
    expect(crew.ids()).toEqual(await truth(crew));
  });

  test('a show that moves to another tour moves to other devices', async () => {
    const [from, to] = [await makeTour('From'), await makeTour('To')];
    const show = await makeShow(from);
    await putOnTour('crew', from);
    await putOnTour('artist', to);
    const [crew, artist] = [await upToDate(stage.device('crew')), await upToDate(stage.device('artist'))];
    await stage.device('manager').push(update('shows', show, { tour_id: to }, { tour_id: from }));
    await Promise.all([crew.pull(), artist.pull()]);
    expect([crew.rows('shows').has(show), artist.rows('shows').has(show)]).toEqual([false, true]);
    await takeOffTour('crew', from);
    await takeOffTour('artist', to);
  });

  test('a role that reads claims brings old claims, and losing it takes them away', async () => {
    const id = await stage.claim('artist');
    const booking = await upToDate(stage.device('booking'));
    expect(booking.rows('expenses').has(id)).toBe(true);
    const [role] = await stage.sql<{ id: string }>(`delete from membership_roles where user_id = $1 returning id`, [
      stage.user('booking'),
    ]);
    expect(role).toBeDefined();
    await booking.pull();
    expect(booking.swept).toEqual([stage.north]);
    expect(booking.ids()).toEqual(await truth(booking));
    expect(booking.rows('expenses').has(id)).toBe(false);
    await stage.sql(
      `insert into membership_roles (organization_id, membership_id, user_id, role)
       select organization_id, membership_id, user_id, 'staff' from tests.actors where name = 'booking'`,
    );
    await booking.pull();
    expect(booking.rows('expenses').has(id)).toBe(false);
    await stage.sql(
      `insert into membership_roles (organization_id, membership_id, user_id, role)
       select organization_id, membership_id, user_id, 'booking' from tests.actors where name = 'booking'`,
    );
    await booking.pull();
    expect(booking.rows('expenses').has(id)).toBe(true);
    expect(booking.ids()).toEqual(await truth(booking));
  });

  test('a suspension empties the device, and its end fills it again', async () => {
    const manager = await upToDate(stage.device('manager'));
    await stage.sql(`update memberships set status = 'suspended' where user_id = $1`, [stage.user('manager')]);
    await manager.pull();
    expect(manager.ids().size).toBe(0);
    expect(manager.swept).toEqual([stage.north]);
    await stage.sql(`update memberships set status = 'active' where user_id = $1`, [stage.user('manager')]);
    await manager.pull();
    expect(manager.ids()).toEqual(await truth(manager));
  });

  test('a second organisation joins the first on the same device', async () => {
    const artist = await upToDate(stage.device('artist'));
    const [person] = await stage.sql<{ id: string }>(
      `insert into people (organization_id, user_id, display_name) values ($1, $2, 'Guest') returning id`,
      [stage.south, stage.user('artist')],
    );
    await stage.sql(`insert into memberships (organization_id, person_id, user_id) values ($1, $2, $3)`, [
      stage.south,
      person!.id,
      stage.user('artist'),
    ]);
    await artist.pull();
    expect(artist.swept).toEqual([]);
    expect(artist.rows('organizations').size).toBe(2);
    expect(artist.ids()).toEqual(await truth(artist));
  });
});

describe('upkeep', () => {
  test('tombstones that were collected send old cursors back to the start, young ones go on', async () => {
    const id = await stage.claim('artist');
    const old = await upToDate(stage.device('owner'));
    await stage.sql('delete from expenses where id = $1', [id]);
    await stage.sql(
      `insert into sync.clock (at, xid) values (now() - interval '40 days', pg_snapshot_xmin(pg_current_snapshot()))`,
    );
    const young = await upToDate(stage.device('owner'));
    await stage.sql('select sync.collect_garbage()');
    const [left] = await stage.sql<{ n: string }>('select count(*) as n from sync.head where id = $1', [id]);
    expect(left!.n).toBe('0');
    await old.pull();
    await young.pull();
    expect([old.swept, young.swept]).toEqual([[stage.north], []]);
    expect(old.rows('expenses').has(id)).toBe(false);
    expect(old.ids()).toEqual(young.ids());
  });

  test('old answers keep their verdict and lose their rows', async () => {
    const artist = stage.device('artist');
    const id = await stage.claim('artist', { notes: 'old' });
    await stage.sql(`update expenses set notes = 'theirs' where id = $1`, [id]);
    const sent = {
      id: randomUUID(),
      org: '',
      name: 'x',
      ops: [update('expenses', id, { notes: 'mine' }, { notes: 'old' })],
    };
    await artist.send([sent]);
    await stage.sql(`update sync.mutations set at = now() - interval '91 days' where id = $1`, [sent.id]);
    await stage.sql('select sync.collect_garbage()');
    expect((await artist.send([sent]))[0]).toEqual({
      id: sent.id,
      s: 'conflict',
      code: 'BL409',
      msg: 'conflict',
      ops: [],
      dup: true,
    });
  });

  test('a new epoch makes a device list everything again', async () => {
    const device = await upToDate(stage.device('owner'));
    const id = await stage.claim('artist');
    await device.pull();
    await stage.sql(
      `set session_replication_role = replica; delete from expenses where id = '${id}'; reset session_replication_role`,
    );
    await stage.sql('select sync.rotate_epoch()');
    await device.pull(7);
    expect(device.rows('expenses').has(id)).toBe(false);
    expect(device.ids()).toEqual(await truth(device));
  });

  test('a column added to a tracked table reaches rows that did not change', async () => {
    const device = await upToDate(stage.device('owner'));
    await stage.sql(`alter table venues add column nickname text`);
    await stage.sql(`select sync.track('venues', 'array[r.organization_id]')`);
    await stage.sql(
      `insert into venues (organization_id, name, city, country, time_zone) values ($1, 'New', 'Rome', 'IT', 'Europe/Rome')`,
      [stage.north],
    );
    const reply = await device.ask();
    expect(reply.k.venues).toContain('nickname');
    expect(reply.r.venues!.length).toBe(
      (await stage.sql('select from venues where organization_id = $1', [stage.north])).length,
    );
  });

  test('a table with a column that people may not read is not tracked', async () => {
    await stage.sql(`create table public.secretive (id uuid primary key, organization_id uuid, secret text);
      grant select (id, organization_id) on public.secretive to authenticated`);
    await expect(stage.sql(`select sync.track('secretive', 'array[r.organization_id]')`)).rejects.toThrow(
      'a column that people may not read',
    );
  });
});

describe('pokes', () => {
  const pokes = async (since: string) =>
    await stage.sql<{ topic: string; payload: object; private: boolean }>(
      `select topic, payload - 'id' as payload, private from realtime.messages where inserted_at > $1::timestamp order by topic`,
      [since],
    );
  const moment = async () =>
    (await stage.sql<{ at: string }>(`select clock_timestamp()::timestamp::text as at`))[0]!.at;
  const desk = async () => (await stage.sql<{ s: string }>('select sync.staff_scope($1) as s', [stage.north]))[0]!.s;

  test('one transaction pokes each scope once, with nothing in it', async () => {
    const since = await moment();
    const artist = stage.device('artist');
    const { north: organization_id } = stage;
    const v = { organization_id, person_id: stage.person('artist'), currency: 'EUR', expense_date: '2026-01-01' };
    await artist.push(insert('expenses', randomUUID(), v), insert('expenses', randomUUID(), v));
    const sent = await pokes(since);
    expect(sent.map(({ topic }) => topic).sort()).toEqual(
      [`sync:${await desk()}`, `sync:${stage.person('artist')}`].sort(),
    );
    expect(sent.every((poke) => poke.private && Object.keys(poke.payload).length === 0)).toBe(true);
  });

  test('a refused mutation pokes nobody', async () => {
    const since = await moment();
    await stage.device('artist').push(command('expenses.submit', randomUUID()));
    expect(await pokes(since)).toEqual([]);
  });

  test('a member whose roles change is poked in person', async () => {
    const since = await moment();
    await stage.sql(`update memberships set status = status where user_id = $1`, [stage.user('crew')]);
    expect((await pokes(since)).map(({ topic }) => topic)).toContain(`sync:${stage.user('crew')}`);
  });

  test('people hear their own topics only, and send on none', async () => {
    const hear = async (actor: string, topic: string) => {
      const rows = await stage
        .device(actor)
        .query<{ heard: boolean }>(
          `select exists (select from realtime.messages) as heard from (select set_config('realtime.topic', $1, true)) t`,
          [topic],
        );
      return rows[0]!.heard;
    };
    const topics = [
      `sync:${stage.north}`,
      `sync:${await desk()}`,
      `sync:${stage.person('artist')}`,
      `sync:${stage.user('artist')}`,
    ];
    const heardBy = async (actor: string) => Promise.all(topics.map((topic) => hear(actor, topic)));
    expect(await heardBy('artist')).toEqual([true, false, true, true]);
    expect(await heardBy('owner')).toEqual([true, true, false, false]);
    expect(await heardBy('stranger')).toEqual([false, false, false, false]);
    const send = `insert into realtime.messages (topic, extension, event, private) values ('sync:${stage.north}', 'broadcast', 'poke', true)`;
    await expect(stage.device('owner').query(send)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the sync schema', () => {
  test('keeps its tables and its upkeep from people', async () => {
    const owner = stage.device('owner');
    for (const table of ['head', 'mutations', 'meta', 'clock', 'tables']) {
      await expect(owner.query(`select * from sync.${table}`)).rejects.toMatchObject({ code: '42501' });
    }
    for (const call of [
      'collect_garbage()',
      'rotate_epoch()',
      `poke('{}')`,
      `track('expenses', 'null')`,
      `stamp_expenses('{}', true)`,
    ]) {
      await expect(owner.query(`select sync.${call}`)).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('answers nobody who is not signed in', async () => {
    for (const call of ['sync_pull()', `sync_push(gen_random_uuid(), '[]')`]) {
      const [row] = await stage.sql<{ outcome: string }>(`select tests.attempt('anon', $1) as outcome`, [
        `select ${call}`,
      ]);
      expect(row!.outcome).toBe('42501');
    }
  });

  test('proposes candidates of the caller’s own scopes only', async () => {
    const sql = 'select count(*)::int as n from unnest((sync.next_page(null, 100)).listed)';
    expect((await stage.device('owner').query<{ n: number }>(sql))[0]!.n).toBeGreaterThan(50);
    expect(await stage.device('nobody').query(sql)).toEqual([{ n: 0 }]);
    const direct = `select sync.candidates($1, null, pg_current_snapshot(), null, 10)`;
    await expect(stage.device('owner').query(direct, [stage.north])).rejects.toMatchObject({ code: '42501' });
  });
});
