import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Cursor, OperationDraft, PullReply, PushResult, SyncRemote, Values, WireMutation } from '../protocol.ts';
import { Chance } from './chance.ts';
import type { SimDatabase } from './database.ts';
import { sqlRemote } from './network.ts';
import { populate, type Member, type World } from './world.ts';

const chance = new Chance(Date.now());

/** What every server of the sync protocol owes the engine, whatever it is made of. */
export function remoteContract(name: string, boot: () => Promise<SimDatabase>): void {
  describe(`the sync remote on ${name}`, () => {
    let db: SimDatabase;
    let world: World;
    let owner: Member;
    let artist: Member;
    let remote: SyncRemote;
    let noteId: string;

    beforeAll(async () => {
      db = await boot();
    });
    afterAll(() => db.stop());
    beforeEach(async () => {
      world = await populate(db, chance);
      [owner, artist] = [world.members[0]!, world.members[1]!];
      remote = sqlRemote(db, artist.user_id);
      noteId = chance.uuid();
    });

    const insertNote = (v: Values = {}): OperationDraft => ({
      op: 'ins',
      t: 'sim_notes',
      id: noteId,
      v: {
        organization_id: artist.organization_id,
        person_id: artist.person_id,
        body: 'a',
        amount_minor: 5,
        currency: 'EUR',
        ...v,
      },
    });
    const updateNote = (v: Values, b: Values) => ({ op: 'upd', t: 'sim_notes', id: noteId, v, b }) as const;
    const hit = (id: string): OperationDraft => ({
      op: 'cmd',
      t: 'sim_notes',
      id,
      cmd: 'sim_notes.hit',
      args: {},
      seen: {},
      expect: {},
    });
    const mutation = (...ops: OperationDraft[]): WireMutation => ({
      id: chance.uuid(),
      org: artist.organization_id,
      name: 'contract',
      ops: ops as unknown as Values[],
    });
    const send = async (...mutations: WireMutation[]): Promise<PushResult[]> => remote.push(chance.uuid(), mutations);
    const one = async (...ops: OperationDraft[]): Promise<PushResult> => (await send(mutation(...ops)))[0]!;
    const deskSays = (body: string) => db.query('update public.sim_notes set body = $2 where id = $1', [noteId, body]);

    test('S3: a first listing comes in pages and ends', async () => {
      const pages = await listAll(remote, {}, 3);
      expect(pages.length).toBeGreaterThan(2);
      expect(pages.slice(0, -1).every(({ m }) => m)).toBe(true);
      expect(idsIn(pages, 'people')).toContain(artist.person_id);
      expect(pages.every(({ g }) => Object.keys(g).length === 0)).toBe(true);
    });

    test('S3: after everything is known a pull brings nothing', async () => {
      const { c } = (await listAll(remote)).at(-1)!;
      expect(await remote.pull(c, 100)).toMatchObject({ m: false, w: [], k: {}, g: {} });
    });

    test('S1: a change comes home by pull, alone', async () => {
      await one(insertNote());
      const { c } = (await listAll(remote)).at(-1)!;
      await deskSays('theirs');
      const reply = await remote.pull(c, 100);
      expect(Object.keys(reply.k)).toEqual(['sim_notes']);
      expect(valuesOf(reply, 'sim_notes')).toMatchObject([{ id: noteId, body: 'theirs' }]);
    });

    test('S5: a deleted row is named as gone', async () => {
      await one(insertNote());
      const { c } = (await listAll(remote)).at(-1)!;
      await db.query('delete from public.sim_notes where id = $1', [noteId]);
      expect((await remote.pull(c, 100)).g).toEqual({ sim_notes: [noteId] });
    });

    test('S6: whoever loses a membership is told to sweep and gets nothing more', async () => {
      const { c } = (await listAll(remote)).at(-1)!;
      await db.query(`update public.memberships set status = 'suspended' where id = $1`, [artist.membership_id]);
      const reply = await remote.pull(c, 100);
      expect(reply.w).toEqual([artist.organization_id]);
      expect(Object.values(reply.c.s ?? {}).map(({ o }) => o)).not.toContain(artist.organization_id);
    });

    test('S6: whoever gains the desk sees what was there before', async () => {
      await one(insertNote());
      const crew = sqlRemote(db, world.users[2]!);
      const { c } = (await listAll(crew)).at(-1)!;
      const { membership_id, organization_id, user_id } = world.members[2]!;
      await db.query(
        'insert into public.membership_roles (organization_id, membership_id, user_id, role) values ($1, $2, $3, $4)',
        [organization_id, membership_id, user_id, 'staff'],
      );
      expect(idsIn(await listAll(crew, c), 'sim_notes')).toEqual([noteId]);
    });

    test('S7: a new epoch lists everything again', async () => {
      const { c } = (await listAll(remote)).at(-1)!;
      await db.query('select sync.rotate_epoch()');
      const again = await listAll(remote, c);
      expect(again[0]!.c.e).not.toBe(c.e);
      expect(idsIn(again, 'people')).toContain(artist.person_id);
    });

    test('S10: what nobody else changed is applied; the reply names no conflict', async () => {
      await one(insertNote());
      expect(await one(updateNote({ body: 'b' }, { body: 'a' }))).toMatchObject({ s: 'applied' });
    });

    test('S10: a field somebody else changed is a conflict, with what they wrote', async () => {
      await one(insertNote());
      await deskSays('theirs');
      const result = await one(updateNote({ body: 'mine' }, { body: 'a' }));
      expect(result).toMatchObject({ s: 'conflict', ops: [{ f: ['body'], row: { body: 'theirs' } }] });
    });

    test('S11: untouched fields merge, and fields that belong together lose together', async () => {
      await one(insertNote());
      await db.query(`update public.sim_notes set currency = 'USD' where id = $1`, [noteId]);
      const base = { body: 'a', amount_minor: 5, currency: 'EUR' };
      const result = await one(updateNote({ body: 'mine', amount_minor: 9 }, base));
      expect(result).toMatchObject({
        s: 'merged',
        ops: [{ f: ['amount_minor'], row: { body: 'mine', amount_minor: 5 } }],
      });
    });

    test('S12: a repeated mutation is answered from memory and does nothing', async () => {
      await one(insertNote());
      const again = mutation(hit(noteId));
      await send(again);
      expect(await send(again)).toMatchObject([{ id: again.id, s: 'applied', dup: true }]);
      expect(await db.query('select hits from public.sim_notes where id = $1', [noteId])).toEqual([
        { hits: hits(db, 1) },
      ]);
    });

    test('S16: a refused mutation does not stop the next', async () => {
      const results = await send(
        mutation(insertNote({ body: 'x'.repeat(50) })),
        mutation(hit(noteId)),
        mutation(insertNote()),
      );
      expect(results.map(({ s }) => s)).toEqual(['rejected', 'rejected', 'applied']);
      expect(results.map(({ code }) => code)).toEqual(['BL422', 'BL404', undefined]);
    });

    test('S12: of several operations none is done by halves', async () => {
      const stranger: OperationDraft = { op: 'del', t: 'sim_notes', id: chance.uuid() };
      expect(await one(insertNote(), stranger)).toMatchObject({ s: 'rejected', code: 'BL404' });
      expect(await db.query('select id from public.sim_notes where id = $1', [noteId])).toEqual([]);
    });

    test('S14: what a person may not do is refused and filed', async () => {
      const category = {
        op: 'ins',
        t: 'expense_categories',
        id: chance.uuid(),
        v: { organization_id: artist.organization_id, name: 'n', code: 'n' },
      } as const;
      expect(await one(category)).toMatchObject({ s: 'rejected', code: 'BL403' });
    });

    test('S17: what nobody understands is refused, not raised', async () => {
      const strange = await send(
        mutation({ ...hit(noteId), cmd: 'sim_notes.explode' } as OperationDraft),
        mutation(insertNote()),
      );
      expect(strange).toMatchObject([{ s: 'rejected', code: 'BL400' }, { s: 'applied' }]);
    });

    test('nobody pulls the rows of another organisation', async () => {
      await one(insertNote());
      const stranger = sqlRemote(db, world.users[5]!);
      const pages = await listAll(stranger);
      expect(idsIn(pages, 'sim_notes')).toEqual([]);
      expect(idsIn(pages, 'organizations')).not.toContain(owner.organization_id);
    });
  });
}

/** A bigint arrives as a number in process and as a text over the wire; neither is what this suite is about. */
const hits = (db: SimDatabase, n: number): unknown => (db.bigintAsText ? String(n) : n);

async function listAll(remote: SyncRemote, cursor: Cursor = {}, rows = 1000): Promise<PullReply[]> {
  const pages: PullReply[] = [];
  let next = cursor;
  do {
    pages.push(await remote.pull(next, rows));
    next = pages.at(-1)!.c;
  } while (pages.at(-1)!.m);
  return pages;
}

function valuesOf(reply: PullReply, table: string): Values[] {
  const columns = reply.k[table] ?? [];
  return (reply.r[table] ?? []).map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
}

const idsIn = (pages: readonly PullReply[], table: string): unknown[] =>
  pages.flatMap((page) => valuesOf(page, table).map(({ id }) => id));
