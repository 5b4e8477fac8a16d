import { isDeepStrictEqual } from 'node:util';
import { rowKey, splitKey } from '../protocol.ts';
import type { Intent, Operation, Row, Values } from '../protocol.ts';
import type { SimDatabase } from './database.ts';
import type { Device } from './device.ts';
import { promise, type Ledger } from './ledger.ts';
import { simTables } from './world.ts';

const tables = Object.keys(simTables);

/** The promises of sync that a device can be held to, checked against what the database itself says. */
export class Invariants {
  readonly #db: SimDatabase;
  readonly #ledger: Ledger;
  readonly #versions = new Map<Device, Map<string, number>>();
  /** Intents that are still to be seen on their device; a number since they were settled there. */
  readonly #live = new Map<Device, Map<string, number | undefined>>();
  /** Devices that have not yet caught up with a restore, and the moment of it. */
  readonly #restored = new Map<Device, number>();

  constructor(db: SimDatabase, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
  }

  /** The server went back in time, and may take devices with it until they have listed everything again. */
  restored(devices: readonly Device[]): void {
    for (const device of devices) {
      this.#restored.set(device, device.moment);
      this.#versions.delete(device);
    }
  }

  /** What holds on a device after every step. */
  async always(device: Device): Promise<void> {
    const outbox = await device.outbox();
    await this.#unsettledIsVisible(device, outbox);
    await this.#letGoInTime(device, outbox);
    await this.#neverBackInTime(device);
  }

  /** What a person has done, and what is not home yet, is on their screen: no flicker between verdict and pull. */
  async #unsettledIsVisible(device: Device, outbox: readonly Intent[]): Promise<void> {
    const last = new Map<string, Values>();
    for (const { op, state } of outbox.flatMap(({ ops, state }) => ops.map((op) => ({ op, state }))))
      last.set(rowKey(op.t, op.id), { ...merged(last.get(rowKey(op.t, op.id)), op), state });
    const keys = [...last.keys()];
    const rows = await Promise.all(keys.map((key) => shown(device, key)));
    for (const [at, key] of keys.entries()) expectVisible(key, last.get(key)!, rows[at]);
  }

  /** An intent leaves a device with a notice, or after a pull that was asked when it was already settled (S13). */
  async #letGoInTime(device: Device, outbox: readonly Intent[]): Promise<void> {
    const live = this.#live.get(device) ?? new Map<string, number | undefined>();
    this.#live.set(device, live);
    const here = new Map(outbox.map(({ id, state }) => [id, state]));
    for (const { id } of outbox) if (!live.has(id)) live.set(id, undefined);
    for (const [id, settled] of live) {
      const state = here.get(id);
      if (state === 'acked' && settled === undefined) live.set(id, device.settledAt.get(id) ?? device.moment);
      if (state || !this.#ledger.stories.has(id)) continue;
      await this.#letGo(device, id, settled ?? device.settledAt.get(id));
      live.delete(id);
    }
  }

  async #letGo(device: Device, id: string, settled: number | undefined): Promise<void> {
    if (this.#ledger.answered.has(id) || (settled !== undefined && device.knows > settled)) return;
    const told = (await device.attention()).has(id);
    promise(told, `S13: ${device.user_id} let intent ${id} go before its rows came home and without a notice`);
  }

  /** After catching up nothing is live any more. */
  caughtUp(device: Device): void {
    this.#live.delete(device);
  }

  /** A device never shows an older version of a row than it has shown before, unless the server itself went back. */
  async #neverBackInTime(device: Device): Promise<void> {
    const since = this.#restored.get(device);
    if (since !== undefined && device.knows <= since) return void this.#versions.delete(device);
    this.#restored.delete(device);
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
    const allowed = await this.#allowed(device.user_id);
    for (const table of tables) {
      const ids = new Set(allowed[table]);
      const held = await device.replica.table(table).toCollection().primaryKeys();
      const leaked = held.filter((id) => !ids.has(id) && !covered.has(rowKey(table, id)));
      promise(!leaked.length, `S6: ${device.user_id} holds ${table} ${leaked.join()} although the database hides it`);
    }
  }

  async #allowed(userId: string): Promise<Record<string, string[]>> {
    const lists = tables.map((table) => `'${table}', (select coalesce(json_agg(t.id), '[]') from public.${table} t)`);
    const sql = `select json_build_object(${lists.join()})::text as ids`;
    const [{ ids }] = (await this.#db.queryAs<{ ids: string }>(userId, sql)) as [{ ids: string }];
    return JSON.parse(ids) as Record<string, string[]>;
  }

  /** Whatever the policies say: nothing of an organisation one does not belong to, and no note of others without the desk. */
  async #strangersStayStrangers(device: Device): Promise<void> {
    const [{ organizations, notes }] = (await this.#db.query<{ organizations: string[]; notes: string[] }>(MINE, [
      device.user_id,
    ])) as [{ organizations: string[]; notes: string[] }];
    for (const table of tables) {
      const keys = await device.replica.table(table).orderBy('organization_id').uniqueKeys();
      const strange = keys.filter((key) => !organizations.includes(String(key)));
      promise(!strange.length, `S4: ${device.user_id} holds ${table} of organisation ${strange.join()}`);
    }
    const held = await device.replica.table('sim_notes').toCollection().primaryKeys();
    const foreign = held.filter((id) => !notes.includes(id));
    promise(!foreign.length, `S4: ${device.user_id} holds the notes ${foreign.join()} of others`);
  }

  /** In a calm a device shows exactly what the database shows its person, owes nothing, and has told every refusal. */
  async atRest(device: Device): Promise<void> {
    const { outbox, shadow, marks } = device.replica.store;
    promise((await outbox.count()) === 0, 'S12: an intent is left in the outbox');
    await this.#strangersStayStrangers(device);
    for (const table of tables) await this.#converged(device, table);
    promise((await shadow.count()) === 0, 'S9: a shadow is left without an intent');
    promise((await marks.count()) === 0, 'S6: a sweep never ended');
    this.#ledger.settled(device, await device.attention());
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
}

/** Membership read without a policy: the organisations of a login, and the notes that are theirs or their desk's. */
const MINE = `
  with mine as (
    select m.organization_id, m.person_id, exists (
      select from public.membership_roles r join access.role_permissions p on p.role = r.role
      where r.membership_id = m.id and p.permission = 'desk:read') as desk
    from public.memberships m where m.user_id = $1 and m.status = 'active')
  select array(select organization_id::text from mine) as organizations,
    array(select n.id::text from public.sim_notes n join mine on mine.organization_id = n.organization_id
      where mine.desk or mine.person_id = n.person_id) as notes`;

function shown(device: Device, key: string): Promise<Row | undefined> {
  const [table, id] = splitKey(key);
  return device.replica.table(table).get(id);
}

function merged(before: Values | undefined, op: Operation): Values {
  if (op.op === 'del') return { gone: true };
  if (op.op === 'ins') return { ...op.v, inserted: true };
  return { ...before, ...(op.op === 'upd' ? op.v : op.expect) };
}

function expectVisible(key: string, { gone, inserted, state, ...values }: Values, row: Row | undefined): void {
  const rule = state === 'acked' ? 'S13: the applied' : 'S9: the unsent';
  if (gone) return promise(!row, `${rule} deletion of ${key} is not shown`);
  if (!row) return promise(!inserted, `${rule} ${key} is not shown`);
  const lost = Object.keys(values).filter((field) => !isDeepStrictEqual(row[field], values[field]));
  promise(inserted || !lost.length, `${rule} ${lost.join()} of ${key} is not shown`);
}
