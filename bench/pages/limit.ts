import { tables } from '../../app/data/schema.gen.ts';
import type { PullReply, Row } from '../../app/sync/protocol.ts';
import { checksum, newClaim, sameList, type Make, type Setup } from './peer.ts';

const FIRST_PAGE = 500;
const PAGE = 5_000;

/** The physical limit: the same bytes by fetch, one record for each row, the same indexes, and nothing else. It cannot sync. */
export const make: Make = (setup) => {
  let db: IDBDatabase;
  let cursor: unknown = {};
  const list50 = () => newestOf(db);
  const take = async (rows: number): Promise<boolean> => {
    const reply = await pull(setup, cursor, rows);
    await store(db, reply);
    cursor = reply.c;
    return reply.m;
  };
  return {
    async open() {
      db = await openDatabase();
    },
    async firstSync() {
      const started = performance.now();
      let more = await take(FIRST_PAGE);
      let first_rows_ms = 0;
      const look = async () => {
        if (!first_rows_ms && sameList(await list50(), setup.newest)) first_rows_ms = performance.now() - started;
      };
      await look();
      while (more) {
        more = await take(PAGE);
        await look();
      }
      const durable_ms = performance.now() - started;
      return { first_rows_ms, durable_ms, indexed_ms: durable_ms };
    },
    list50,
    async writeOffline(count) {
      const times: number[] = [];
      for (let n = 0; n < count; n++) {
        const started = performance.now();
        const transaction = db.transaction('expenses', 'readwrite', { durability: 'strict' });
        transaction.objectStore('expenses').put({ ...newClaim(setup, n), status: 'draft', row_version: 1 });
        await finished(transaction);
        times.push(performance.now() - started);
      }
      return times;
    },
    async drain() {
      throw new Error('the limit sends nothing');
    },
    async pull() {
      while (await take(PAGE));
    },
    async idle() {},
    async holdings() {
      const held: { table: string; id: string; row_version: number }[] = [];
      for (const table of Object.keys(tables)) {
        const rows = await answer<(Row & { row_version: number })[]>(db.transaction(table).objectStore(table).getAll());
        for (const { id, row_version } of rows) held.push({ table, id, row_version });
      }
      return checksum(held);
    },
  };
};

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('limit', 1);
  request.onupgradeneeded = () => {
    for (const [name, { indexes }] of Object.entries(tables)) {
      const rows = request.result.createObjectStore(name, { keyPath: 'id' });
      for (const index of new Set(['organization_id', ...indexes])) if (index !== 'id') rows.createIndex(index, index);
    }
  };
  return answer(request);
}

async function pull({ url, key, token }: Setup, cursor: unknown, max_rows: number): Promise<PullReply> {
  const headers = { apikey: key, authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ cursor, max_rows });
  const response = await fetch(`${url}/rest/v1/rpc/sync_pull`, { method: 'POST', headers, body });
  return (await response.json()) as PullReply;
}

function store(db: IDBDatabase, { k, r }: PullReply): Promise<void> {
  const names = Object.keys(k);
  if (!names.length) return Promise.resolve();
  const transaction = db.transaction(names, 'readwrite', { durability: 'strict' });
  for (const name of names) {
    const columns = k[name]!;
    const rows = transaction.objectStore(name);
    for (const values of r[name] ?? []) {
      const row: Record<string, unknown> = {};
      for (let at = 0; at < columns.length; at++) row[columns[at]!] = values[at];
      rows.put(row);
    }
  }
  return finished(transaction);
}

function newestOf(db: IDBDatabase): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const found: string[] = [];
    const request = db.transaction('expenses').objectStore('expenses').index('expense_date').openCursor(null, 'prev');
    request.onerror = () => reject(request.error ?? new Error('the cursor failed'));
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor || found.length === 50) return resolve(found);
      const row = cursor.value as { id: string; status: string };
      if (row.status === 'submitted') found.push(row.id);
      cursor.continue();
    };
  });
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the request failed'));
  });

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
  });
