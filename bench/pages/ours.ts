import { tables } from '../../app/data/schema.gen.ts';
import type { SyncedReplica } from '../../app/sync/synced-replica.ts';
import type { Row } from '../../app/sync/protocol.ts';
import { createIdleEngine, openOurs } from './ours-engine.ts';
import { checksum, newClaim, sameList, type Make, type Setup } from './peer.ts';

/** Ours: the shipped replica on the page, the shipped conversation in a worker beside it. */
export const make: Make = (setup) => {
  let replica: SyncedReplica;
  let worker: Worker | undefined;
  const engine = (): Worker => (worker ??= startWorker(setup));
  const list50 = () => newestOf(replica);
  return {
    async open() {
      replica = await openOurs();
    },
    async firstSync() {
      const started = performance.now();
      let first = 0;
      const look = async () => {
        if (!first && sameList(await list50(), setup.newest)) first ||= performance.now() - started;
      };
      let durable_ms = 0;
      await cycle(engine(), look, () => (durable_ms = performance.now() - started));
      const indexed_ms = performance.now() - started;
      await look();
      return { first_rows_ms: first, durable_ms, indexed_ms };
    },
    list50,
    async writeOffline(count) {
      const times: number[] = [];
      for (let n = 0; n < count; n++) {
        const started = performance.now();
        await replica.write(draft(setup, n));
        times.push(performance.now() - started);
      }
      return times;
    },
    drain: () => cycle(engine()),
    pull: () => cycle(engine()),
    async idle() {
      createIdleEngine(setup, replica).start();
    },
    async holdings() {
      const held: { table: string; id: string; row_version: number }[] = [];
      for (const table of Object.keys(tables))
        await replica
          .table<Row & { row_version: number }>(table)
          .each(({ id, row_version }) => held.push({ table, id, row_version }));
      return checksum(held);
    },
  };
};

function startWorker(setup: Setup): Worker {
  const worker = new Worker(new URL('./ours-worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage(setup); // oxlint-disable-line unicorn/require-post-message-target-origin -- a worker has none
  return worker;
}

/** One conversation from beginning to end. */
function cycle(worker: Worker, onPage = async () => {}, onDurable = () => {}): Promise<void> {
  return new Promise((resolve, reject) => {
    let answers = worker.onmessage ? 1 : 0; // the first `done` belongs to the setup
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    worker.onmessage = ({ data }) => {
      if (data === 'paged') void onPage();
      else if (data === 'durable') onDurable();
      else if (++answers === 2) resolve();
    };
    worker.postMessage('cycle'); // oxlint-disable-line unicorn/require-post-message-target-origin -- a worker has none
  });
}

async function newestOf(replica: SyncedReplica): Promise<string[]> {
  const rows = await replica
    .table('expenses')
    .orderBy('expense_date')
    .reverse()
    .filter(({ status }) => status === 'submitted')
    .limit(50)
    .toArray();
  return rows.map(({ id }) => id);
}

function draft(setup: Setup, n: number) {
  const { id, ...v } = newClaim(setup, n);
  const expect = { status: 'draft', over_limit: false };
  return {
    name: 'expenses.save',
    organization_id: setup.organization_id,
    operations: [{ op: 'ins' as const, t: 'expenses', id, v, expect }],
  };
}
