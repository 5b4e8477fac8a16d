import { isDeepStrictEqual } from 'node:util';
import { splitKey } from '../protocol.ts';
import type { IntentDraft, Operation, OperationDraft, PushResult, Row, Values } from '../protocol.ts';
import type { SimDatabase } from './database.ts';
import type { Device } from './device.ts';
import { simTables, type World } from './world.ts';

interface Story {
  readonly device: Device;
  readonly ops: readonly (OperationDraft | Operation)[];
}

/** The promises of sync, checked against what the database itself says. */
export class Invariants {
  readonly #db: SimDatabase;
  readonly #count: (what: string) => void;
  readonly #stories = new Map<string, Story>();
  readonly #verdicts = new Map<string, PushResult>();
  readonly #answered = new Set<string>();
  readonly #versions = new Map<Device, Map<string, number>>();

  constructor(db: SimDatabase, count: (what: string) => void) {
    this.#db = db;
    this.#count = count;
  }

  /** A person's intent was written on a device. */
  intended(id: string, device: Device, draft: IntentDraft): void {
    this.#stories.set(id, { device, ops: draft.operations });
  }

  /** A refused intent was issued again. */
  reissued(id: string, device: Device, { ops }: { ops: readonly Operation[] }): void {
    this.#stories.set(id, { device, ops });
  }

  /** The server gave verdicts, whoever heard them. */
  heard(results: readonly PushResult[]): void {
    for (const result of results) {
      if (!result.dup && !this.#verdicts.has(result.id))
        this.#count(`verdict_${result.s}${result.s === 'rejected' ? `_${result.msg}` : ''}`);
      if (!this.#verdicts.has(result.id)) this.#verdicts.set(result.id, result);
    }
  }

  /** A person dealt with a notice. */
  answered(id: string): void {
    this.#answered.add(id);
  }

  /** What a person has done and nobody has judged yet is on their screen. */
  async unsettledIsVisible(device: Device): Promise<void> {
    const queued = await device.queued();
    const last = new Map<string, Values>();
    for (const op of queued.flatMap(({ ops }) => ops))
      last.set(`${op.t}:${op.id}`, merged(last.get(`${op.t}:${op.id}`), op));
    for (const [key, values] of last) {
      const [table, id] = splitKey(key);
      const row = await device.replica.table(table).get(id);
      expectVisible(key, values, row);
    }
  }

  /** A device never shows an older version of a row than it has shown before. */
  async neverBackInTime(device: Device): Promise<void> {
    const versions = this.#versions.get(device) ?? new Map<string, number>();
    this.#versions.set(device, versions);
    for (const table of ['sim_notes', 'expenses', 'expense_receipts', 'shows'])
      for (const { id, row_version } of await device.replica.table(table).toArray()) {
        const [before, now] = [versions.get(id) ?? 0, Number(row_version ?? 0)];
        promise(!now || now >= before, `S3: ${table} ${id} went back from version ${before} to ${now}`);
        versions.set(id, Math.max(before, now));
      }
  }

  /** After a complete pull the device holds no row that row-level security hides from its person, except their own unsent ones. */
  async nothingForbidden(device: Device): Promise<void> {
    const covered = new Set(await device.replica.store.shadow.toCollection().primaryKeys());
    for (const table of Object.keys(simTables)) {
      const allowed = new Set((await this.#visible(device.user_id, table)).map(({ id }) => id));
      const held = await device.replica.table(table).toCollection().primaryKeys();
      const leaked = held.filter((id) => !allowed.has(id) && !covered.has(`${table}:${id}`));
      promise(!leaked.length, `S6: ${device.user_id} holds ${table} ${leaked.join()} although the database hides it`);
    }
  }

  /** In a calm a device shows exactly what the database shows its person, owes nothing, and has told every refusal. */
  async atRest(device: Device): Promise<void> {
    for (const table of Object.keys(simTables)) await this.#converged(device, table);
    const { outbox, shadow, marks } = device.replica.store;
    promise((await outbox.count()) === 0, 'S12: an intent is left in the outbox');
    promise((await shadow.count()) === 0, 'S9: a shadow is left without an intent');
    promise((await marks.count()) === 0, 'S6: a sweep never ended');
    const told = await device.attention();
    for (const [id, story] of this.#stories) if (story.device === device) this.#settled(id, told);
  }

  #settled(id: string, told: ReadonlySet<string>): void {
    const verdict = this.#verdicts.get(id);
    promise(verdict, `S12: the server never heard of intent ${id}`);
    if (verdict.s === 'applied') return;
    promise(
      told.has(id) || this.#answered.has(id),
      `S14: the author was never told of the verdict ${verdict.s} on ${id}`,
    );
  }

  async #converged(device: Device, table: string): Promise<void> {
    const truth = await this.#visible(device.user_id, table);
    const shown = await device.replica.table(table).toArray();
    const sorted = shown.sort((a, b) => (a.id < b.id ? -1 : 1));
    const strange = sorted.filter((row, at) => !isDeepStrictEqual(row, truth[at]));
    const same = truth.length === sorted.length && !strange.length;
    const detail = () =>
      `${JSON.stringify(strange[0])} against ${JSON.stringify(truth.find(({ id }) => id === strange[0]?.id) ?? truth.length)}`;
    promise(same, `${device.user_id} sees ${sorted.length} of ${truth.length} ${table}${same ? '' : `, ${detail()}`}`);
  }

  async #visible(userId: string, table: string): Promise<Row[]> {
    const columns = simTables[table]!.columns;
    const list = columns.map((column) => `t.${column}`).join(', ');
    const sql = `select coalesce(json_agg(json_build_array(${list}) order by t.id), '[]')::text as rows from public.${table} t`;
    const [{ rows }] = (await this.#db.queryAs<{ rows: string }>(userId, sql)) as [{ rows: string }];
    const values = JSON.parse(rows) as unknown[][];
    return values.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])) as Row);
  }

  /** Every intent was judged once, and the witness counted every hit once. */
  async onTheServer(world: World): Promise<void> {
    const hits = new Map<string, number>();
    for (const [id, { ops }] of this.#stories)
      for (const op of ops)
        if (op.op === 'cmd' && op.cmd === 'sim_notes.hit' && this.#verdicts.get(id)?.s === 'applied')
          hits.set(op.id, (hits.get(op.id) ?? 0) + 1);
    const notes = await this.#db.query<{ id: string; hits: number | string }>(
      `select id, hits from public.sim_notes where organization_id = any ($1)`,
      [world.organizations],
    );
    for (const note of notes)
      promise(
        Number(note.hits) === (hits.get(note.id) ?? 0),
        `S12: note ${note.id} was hit ${note.hits} times for ${hits.get(note.id) ?? 0} intents`,
      );
  }
}

function merged(before: Values | undefined, op: Operation): Values {
  if (op.op === 'del') return { gone: true };
  if (op.op === 'ins') return { ...op.v, inserted: true };
  return { ...before, ...(op.op === 'upd' ? op.v : op.expect) };
}

function expectVisible(key: string, { gone, inserted, ...values }: Values, row: Row | undefined): void {
  if (gone) return promise(!row, `S9: ${key} is still shown after its deletion`);
  if (!row) return promise(!inserted, `S9: the unsent ${key} is not shown`);
  const lost = Object.keys(values).filter((field) => !isDeepStrictEqual(row[field], values[field]));
  promise(inserted || !lost.length, `S9: unsent ${lost.join()} of ${key} is not shown`);
}

function promise(kept: unknown, words: string): asserts kept {
  if (!kept) throw new Error(words);
}
