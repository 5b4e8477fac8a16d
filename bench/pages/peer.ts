/** Who syncs what, handed to the page by the bench. */
export interface Setup {
  readonly url: string;
  readonly key: string;
  readonly token: string;
  readonly organization_id: string;
  readonly person_id: string;
  readonly category_id: string;
  /** The ids that the list must show in the end, so that a list of other rows does not count. */
  readonly newest: readonly string[];
}

/** When a first sync reached what: the newest rows in a list, everything on disk, everything found by its indexes. */
export interface Landed {
  first_rows_ms: number;
  durable_ms: number;
  indexed_ms: number;
}

/** How many rows a device holds, and a sum over them that does not depend on their order. */
export interface Holdings {
  rows: number;
  checksum: number;
}

/** One way to have rows on a device. */
export interface Peer {
  /** Opens what is there; creates it the first time. */
  open(): Promise<void>;
  firstSync(): Promise<Landed>;
  /** Ids of the newest fifty claims that wait for a decision. */
  list50(): Promise<string[]>;
  /** Writes new claims one by one and says how long each took, in milliseconds. */
  writeOffline(count: number): Promise<number[]>;
  /** Sends what was written and takes the answer, until nothing is unsent. */
  drain(): Promise<void>;
  /** Asks the server for what has changed and takes it. */
  pull(): Promise<void>;
  /** Keeps itself up to date from now on, as it would beside a person who reads. */
  idle(): Promise<void>;
  holdings(): Promise<Holdings>;
}

/** How a page makes its peer. */
export type Make = (setup: Setup) => Peer;

/** Adds rows to a sum, by table, id and version. */
export function checksum(rows: Iterable<{ table: string; id: string; row_version: number }>): Holdings {
  let count = 0;
  let sum = 0;
  for (const { table, id, row_version } of rows) {
    count += 1;
    sum = (sum + hash(`${table}:${id}:${row_version}`)) >>> 0;
  }
  return { rows: count, checksum: sum };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** A new claim of the person at the desk. */
export function newClaim({ organization_id, person_id, category_id }: Setup, n: number) {
  return {
    id: crypto.randomUUID(),
    organization_id,
    person_id,
    category_id,
    amount_minor: 100 + n,
    currency: 'EUR',
    expense_date: '2026-06-01',
    merchant: `Merchant ${n}`,
    description: `Offline claim number ${n}`,
    payment_method: 'card',
    notes: 'Paid on the road, receipt in the folder',
    tags: [] as string[],
  };
}

/** Whether a list is the one that was waited for. */
export const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at]);
