import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device, PullReply } from './device.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let artist: Device;
let good: PullReply['c'];
beforeAll(async () => {
  stage = await openStage();
  artist = stage.device('artist');
  await stage.claim('artist');
  await artist.pull();
  good = artist.cursor!;
});
afterAll(() => stage?.stop());

const scope = () => Object.keys(good.s)[0]!;
const standing = () => good.s[scope()]!;
/** The good cursor with something else in its first scope. */
const withPart = (part: object) => ({ ...good, s: { ...good.s, [scope()]: { ...standing(), ...part } } });
const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

/** Cursors that no server wrote. */
const malformed: [what: string, cursor: () => unknown][] = [
  ['a number', () => 5],
  ['a text', () => 'select 1'],
  ['an array', () => [good]],
  ['scopes that are a text', () => ({ ...good, s: 'x' })],
  ['scopes that are an array', () => ({ ...good, s: [1, 2] })],
  ['a scope that is a number', () => ({ ...good, s: { [scope()]: 7 } })],
  ['a scope that stands nowhere', () => ({ ...good, s: { [scope()]: null } })],
  ['a scope without snapshots', () => ({ ...good, s: { [scope()]: { o: stage.north, v: 'x' } } })],
  ['a scope that is no uuid', () => ({ ...good, s: { 'x; drop table sync.head': standing() } })],
  ['an organisation that is no uuid', () => withPart({ o: `' or true --` })],
  ['no organisation', () => withPart({ o: null })],
  ['a base snapshot of words', () => withPart({ b: 'yesterday' })],
  ['a base snapshot that ends before it begins', () => withPart({ b: '9:3:' })],
  ['a base snapshot beyond all numbers', () => withPart({ b: `1:${'9'.repeat(40)}:` })],
  ['a base snapshot that is an object', () => withPart({ b: { xmin: 1 } })],
  ['SQL in a target snapshot', () => withPart({ n: `1:2:'); drop table sync.head; --` })],
  ['a place in the page that is a text', () => withPart({ n: standing().b, a: '5' })],
  ['a place in the page that is too short', () => withPart({ n: standing().b, a: ['5'] })],
  ['a place in the page of wrong types', () => withPart({ n: standing().b, a: ['x', {}, 3] })],
  ['a place in the page beyond all tables', () => withPart({ n: standing().b, a: ['5', 70_000, randomUUID()] })],
  ['a place in the page at a negative transaction', () => withPart({ n: standing().b, a: ['-5', 1, randomUUID()] })],
  ['a place in the page at a row that is no uuid', () => withPart({ n: standing().b, a: ['5', 1, 'x'] })],
  ['deep nesting', () => ({ ...good, s: { [scope()]: deep(800) } })],
  ['two million characters', () => withPart({ v: 'x'.repeat(2_000_000) })],
];

const read = async (cursor: unknown) =>
  (await artist.query<{ c: unknown }>('select sync.read_cursor($1) as c', [JSON.stringify(cursor)]))[0]!.c;
const pull = async (device: Device, cursor: unknown) =>
  (await device.query<{ reply: PullReply }>('select sync_pull($1, 1000) as reply', [JSON.stringify(cursor)]))[0]!.reply;
const refused = { code: 'BL400', message: 'malformed_cursor' };

describe('reading a cursor', () => {
  test.each(malformed)('S3: %s is refused by name', async (_what, cursor) => {
    await expect(read(cursor())).rejects.toMatchObject(refused);
  });

  test('S3: what the server wrote is taken as it is, between pages too', async () => {
    expect(await read(good)).toEqual(good);
    const halfway = (await stage.device('owner').ask(3)).c;
    expect(await read(halfway)).toEqual(halfway);
    const onward = { ...good, s: { ...good.s, [scope()]: { ...standing(), n: standing().b } } };
    expect(await read(onward)).toEqual(onward);
  });

  test('S7: no cursor, and one of another epoch whatever else it says, lists everything', async () => {
    for (const nothing of [null, {}, { s: 5 }, { e: 'other', s: 'x' }, { e: 5 }, { e: { a: [] }, s: good.s }])
      expect(await read(nothing)).toEqual({});
    expect(await read({ e: good.e })).toEqual({ e: good.e });
  });
});

describe('pulling with a cursor nobody wrote', () => {
  test.each(malformed)('S3: %s is refused by name, and never an error of the database', async (_what, cursor) => {
    await expect(pull(artist, cursor())).rejects.toMatchObject(refused);
  });

  test('S7: another epoch lists everything, whatever else the cursor says', async () => {
    const fresh = await pull(artist, {});
    const reply = await pull(artist, { e: 'other', s: 'nonsense' });
    expect(reply).toEqual({ ...fresh, c: expect.anything() });
  });

  test('S7: a snapshot forged into the future lists the organisation anew and sweeps it', async () => {
    const reply = await pull(artist, withPart({ b: '99999999999:99999999999:' }));
    expect(reply.w).toEqual([stage.north]);
    expect(reply.r.expenses).toHaveLength(1);
  });

  test('S4: the cursor of somebody else shows nothing of theirs', async () => {
    const owner = stage.device('owner');
    await owner.pull();
    const reply = await pull(stage.device('stranger'), owner.cursor);
    const organizations = Object.entries(reply.r).flatMap(([table, rows]) =>
      rows.map((row) => row[reply.k[table]!.indexOf('organization_id')]),
    );
    expect(new Set(organizations)).toEqual(new Set([stage.south]));
    expect(Object.values(reply.g)).toEqual([]);
  });

  test('S4: a forged organisation under an own scope gives nothing of it', async () => {
    const reply = await pull(stage.device('stranger'), withPart({ o: stage.north }));
    expect(JSON.stringify(reply.r)).not.toContain(stage.north);
  });

  test('S3: after all of that the next honest pull is what it was', async () => {
    expect(await pull(artist, good)).toMatchObject({ m: false, w: [], r: {}, g: {} });
  });
});
