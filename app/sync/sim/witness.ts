import { isDeepStrictEqual } from 'node:util';
import type { PushResult, Values } from '../protocol.ts';
import type { SimDatabase } from './database.ts';
import { promise, type Ledger } from './ledger.ts';
import { simTables } from './world.ts';

/** One line of what the database itself saw happen. */
interface Line {
  readonly seq: number;
  readonly deed: 'insert' | 'update' | 'delete' | 'hit';
  readonly about: string;
  readonly id: string;
  readonly token: string | null;
  readonly was: Values | null;
  readonly became: Values | null;
}

/** Values that are written once in a storm, so that whoever wrote them can be named. */
export const unique = (n: number): { body: string; amount_minor: number; merchant: string } => ({
  body: `only-${n}`,
  amount_minor: 5_000_000 + n,
  merchant: `only-${n}`,
});

const isUnique = (field: string, value: unknown): boolean =>
  field === 'amount_minor'
    ? Number(value) >= 5_000_000
    : ['body', 'merchant'].includes(field) && String(value).startsWith('only-');

/** Holds what the database saw against what devices sent and the server answered. */
export class Witness {
  readonly #db: SimDatabase;
  readonly #ledger: Ledger;
  readonly #byDesk = new Set<string>();
  #from = 0;
  #lines: Line[] = [];

  constructor(db: SimDatabase, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
  }

  /** Forgets what other storms did on this database. */
  async begin(): Promise<void> {
    const [{ seq }] = (await this.#db.query<{ seq: string }>(
      'select coalesce(max(seq), 0) as seq from sim.witness',
    )) as [{ seq: string }];
    this.#from = Number(seq);
  }

  /** The desk wrote or deleted something past every device. */
  deskDid(what: string): void {
    this.#byDesk.add(what);
  }

  /** A restore took some of the lines back. */
  restored(): void {
    this.#lines = [];
  }

  /** Every intent did exactly what its verdict says, and none wrote over what its author had not seen. */
  async testify(): Promise<void> {
    const fresh = await this.#read();
    for (const line of fresh) this.#nothingOverwrittenUnseen(line);
    const deeds = this.#byRow();
    for (const { id, ops } of this.#ledger.sent.values())
      if (!this.#ledger.undone.has(id))
        for (const op of ops) this.#didAsAnswered(op, deeds.get(`${String(op['t'])}:${String(op['id'])}`) ?? []);
  }

  async #read(): Promise<Line[]> {
    const after = this.#lines.at(-1)?.seq ?? this.#from;
    const rows = await this.#db.query<Line & { seq: string }>(
      'select w.seq::text, deed, about, id, token, was, became from sim.witness w where w.seq > $1 order by w.seq',
      [after],
    );
    const fresh = rows.map((row) => ({ ...row, seq: Number(row.seq) }));
    this.#lines.push(...fresh);
    return fresh;
  }

  #byRow(): Map<string, Line[]> {
    const rows = new Map<string, Line[]>();
    for (const line of this.#lines) {
      const key = `${line.about}:${line.id}`;
      rows.set(key, [...(rows.get(key) ?? []), line]);
    }
    return rows;
  }

  #didAsAnswered(op: Values, lines: readonly Line[]): void {
    if (!['sim_notes', 'expenses'].includes(String(op['t']))) return;
    if (op['op'] === 'ins') this.#inserted(op, lines);
    if (op['op'] === 'upd') for (const field of Object.keys(op['v'] as Values)) this.#updated(op, field, lines);
    if (op['cmd'] === 'sim_notes.hit') this.#hit(op, lines);
  }

  #inserted(op: Values, lines: readonly Line[]): void {
    const done = lines.filter(({ deed }) => deed === 'insert').length;
    this.#compare(op, 'ins', () => true, done, 'inserted');
  }

  #updated(op: Values, field: string, lines: readonly Line[]): void {
    const value = (op['v'] as Values)[field];
    if (!isUnique(field, value)) return;
    const wrote = lines.filter(
      ({ deed, was, became }) => deed === 'update' && was![field] !== value && became![field] === value,
    );
    this.#compare(op, 'upd', (other) => (other['v'] as Values)[field] === value, wrote.length, field, field);
  }

  #hit(op: Values, lines: readonly Line[]): void {
    const { token } = op['args'] as Values;
    const done = lines.filter((line) => line.deed === 'hit' && line.token === token).length;
    this.#compare(op, 'cmd', (other) => (other['args'] as Values)['token'] === token, done, 'hit');
  }

  /** An intent may be issued again with the same wish, so wishes are counted, not intents. */
  #compare(
    op: Values,
    kind: string,
    same: (other: Values) => boolean,
    done: number,
    what: string,
    field?: string,
  ): void {
    const wishes = this.#ledger.about(String(op['t']), String(op['id']), kind).filter(({ op: other }) => same(other));
    if (wishes.some(({ id }) => this.#ledger.undone.has(id))) return;
    const granted = wishes.filter(({ op: other, verdict }) => isGranted(other, verdict, field)).length;
    promise(
      done === granted,
      `S12: ${String(op['t'])} ${String(op['id'])}: ${what} ${done} times for ${granted} verdicts`,
    );
  }

  /** No lost update: what was overwritten or deleted is what the author of the change had on screen (S10, S11). */
  #nothingOverwrittenUnseen(line: Line): void {
    if (line.deed === 'delete') return this.#deletedAsSeen(line);
    if (line.deed !== 'update') return;
    const { was, became } = line;
    for (const field of ['body', 'amount_minor', 'merchant'])
      if (was![field] !== became![field] && isUnique(field, became![field])) this.#writtenAsSeen(line, field);
    if (was!['status'] === 'submitted' && became!['status'] === 'approved') this.#approvedAsSeen(line);
  }

  #writtenAsSeen({ about, id, was, became }: Line, field: string): void {
    if (this.#byDesk.has(`${id}:${String(became![field])}`)) return;
    const group = Object.values(simTables[about]!.groups).find((members) => members.includes(field)) ?? [field];
    const authors = this.#ledger
      .about(about, id, 'upd')
      .filter(({ op }) => (op['v'] as Values)[field] === became![field]);
    const sawIt = authors.some(({ op }) =>
      group.every((member) => isDeepStrictEqual((op['b'] as Values)[member], was![member])),
    );
    promise(
      sawIt,
      `S10: ${field} of ${about} ${id} was overwritten although its author had not seen ${String(was![field])}`,
    );
  }

  #approvedAsSeen({ id, was }: Line): void {
    const approvals = this.#ledger.about('expenses', id, 'cmd').filter(({ op }) => op['cmd'] === 'expenses.approve');
    const sawIt = approvals.some(({ op }) =>
      Object.entries(op['seen'] as Values).every(([field, value]) => isDeepStrictEqual(was![field], value)),
    );
    promise(sawIt, `S10: claim ${id} was approved at ${String(was!['amount_minor'])}, which nobody had on screen`);
  }

  #deletedAsSeen({ about, id, was }: Line): void {
    if (this.#byDesk.has(`${id}:deleted`)) return;
    const sawIt = this.#ledger
      .about(about, id, 'del')
      .some(({ op }) =>
        Object.entries((op['b'] ?? {}) as Values).every(([field, value]) => isDeepStrictEqual(was![field], value)),
      );
    promise(sawIt, `S10: ${about} ${id} was deleted although nobody had seen it as it was`);
  }
}

const isGranted = (op: Values, verdict: PushResult | undefined, field: string | undefined): boolean =>
  verdict?.s === 'applied' ||
  (verdict?.s === 'merged' && !verdict.ops?.some(({ row, f }) => row?.id === op['id'] && f?.includes(field ?? '')));
