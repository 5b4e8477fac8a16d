import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A row as it travels. */
export type Row = Record<string, unknown> & { id: string; organization_id: string };

/** What sync_pull answers. */
export interface PullReply {
  c: { e: string; s: Record<string, { o: string; v: string; b?: string; n?: string }> };
  m: boolean;
  w: string[];
  k: Record<string, string[]>;
  r: Record<string, unknown[][]>;
  g: Record<string, string[]>;
}

/** What sync_push answers for one mutation. */
export interface PushResult {
  id: string;
  s: 'applied' | 'merged' | 'conflict' | 'rejected';
  code?: string;
  msg?: string;
  dup?: boolean;
  ops?: { s: string; t: string; row?: Row; del?: string; f?: string[] }[];
}

/** One statement's worth of being somebody: signed in as a login, or as the owner of the database when it is null. */
export async function asUser<T>(
  client: pg.PoolClient | pg.Client,
  userId: string | null,
  work: () => Promise<T>,
): Promise<T> {
  await client.query('begin');
  try {
    if (userId) {
      const claims = JSON.stringify({ sub: userId, role: 'authenticated' });
      await client.query(
        `select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)`,
        [claims],
      );
    }
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** The least that a device does: holds rows, follows the server's replies, sends mutations. */
export class Device {
  readonly client = randomUUID();
  readonly #pool: pg.Pool;
  readonly #userId: string;
  readonly #rows = new Map<string, Map<string, Row>>();
  #marks: Map<string, Set<string>> | undefined;
  cursor: PullReply['c'] | undefined;
  /** The organisations that replies asked to sweep, in order. */
  swept: string[] = [];

  constructor(pool: pg.Pool, userId: string) {
    this.#pool = pool;
    this.#userId = userId;
  }

  /** Rows of a table that this device holds, by id. */
  rows(table: string): Map<string, Row> {
    let rows = this.#rows.get(table);
    if (!rows) this.#rows.set(table, (rows = new Map()));
    return rows;
  }

  /** Every id of every table it holds. */
  ids(): Set<string> {
    return new Set([...this.#rows].flatMap(([table, rows]) => [...rows.keys()].map((id) => `${table}:${id}`)));
  }

  /** Asks for one page without applying it. */
  async ask(maxRows = 5000): Promise<PullReply> {
    const [reply] = await this.query<{ reply: PullReply }>('select sync_pull($1, $2) as reply', [
      this.cursor ?? {},
      maxRows,
    ]);
    return reply!.reply;
  }

  /** Pulls until there is nothing more; answers the number of pages. */
  async pull(maxRows?: number): Promise<number> {
    for (let pages = 1; pages < 1000; pages += 1) {
      const reply = await this.ask(maxRows);
      this.apply(reply);
      if (!reply.m) return pages;
    }
    throw new Error('pull does not come to an end');
  }

  apply(reply: PullReply): void {
    this.#startSweep(reply);
    for (const [table, columns] of Object.entries(reply.k)) {
      for (const values of reply.r[table] ?? []) this.#hold(table, columns, values);
    }
    for (const [table, ids] of Object.entries(reply.g)) for (const id of ids) this.rows(table).delete(id);
    this.cursor = reply.c;
    if (!reply.m) this.#finishSweep();
  }

  #hold(table: string, columns: string[], values: unknown[]): void {
    const row = Object.fromEntries(columns.map((column, at) => [column, values[at]])) as Row;
    this.rows(table).set(row.id, row);
    this.#marks?.get(row.organization_id)?.add(`${table}:${row.id}`);
  }

  #startSweep(reply: PullReply): void {
    const everything = this.cursor && this.cursor.e !== reply.c.e;
    const held = [...this.#rows.values()].flatMap((rows) => [...rows.values()].map((row) => row.organization_id));
    for (const organization of new Set([...reply.w, ...(everything ? held : [])])) {
      this.#marks ??= new Map();
      this.#marks.set(organization, new Set());
      this.swept.push(organization);
    }
  }

  #finishSweep(): void {
    for (const [organization, seen] of this.#marks ?? []) {
      for (const [table, rows] of this.#rows) {
        for (const row of rows.values()) {
          if (row.organization_id === organization && !seen.has(`${table}:${row.id}`)) rows.delete(row.id);
        }
      }
    }
    this.#marks = undefined;
  }

  /** Sends mutations as they are; answers what the server says. */
  async send(mutations: unknown[], client = this.client): Promise<PushResult[]> {
    const [reply] = await this.query<{ reply: PushResult[] }>('select sync_push($1, $2) as reply', [
      client,
      JSON.stringify(mutations),
    ]);
    return reply!.reply;
  }

  /** Sends one mutation of these operations. */
  async push(...ops: unknown[]): Promise<PushResult> {
    return (await this.send([mutation(...ops)]))[0]!;
  }

  /** Runs a statement as this device's person. */
  async query<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    const connection = await this.#pool.connect();
    try {
      return await asUser(connection, this.#userId, async () => (await connection.query<T>(sql, values)).rows);
    } finally {
      connection.release();
    }
  }
}

/** A mutation around operations. */
export const mutation = (...ops: unknown[]) => ({ id: randomUUID(), org: '', name: 'test', ops });

/** Operations as they travel. */
export const insert = (t: string, id: string, v: object) => ({ op: 'ins', t, id, v });
export const update = (t: string, id: string, v: object, b: object) => ({ op: 'upd', t, id, v, b });
export const remove = (t: string, id: string, b: object = {}) => ({ op: 'del', t, id, b });
export const command = (cmd: string, id: string, more: object = {}) => ({
  op: 'cmd',
  t: cmd.split('.')[0],
  cmd,
  id,
  ...more,
});
