import { SupabaseClient } from '@supabase/supabase-js';
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb';
import { replicateSupabase, type RxSupabaseReplicationState } from 'rxdb/plugins/replication-supabase';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { tables } from '../../app/data/schema.gen.ts';
import { checksum, newClaim, sameList, type Make, type Setup } from './peer.ts';

/** The most that hosted Supabase's data interface answers at once. */
const BATCH = 1_000;
const TABLE = 'rxdb_expenses';

interface Claim {
  id: string;
  organization_id: string;
  row_version: number;
  status: string;
  expense_date: string;
  [column: string]: unknown;
}

/** RxDB 17 as its documentation sets it up: free Dexie storage, Supabase replication, no validation. */
export const make: Make = (setup) => {
  let claims: RxCollection<Claim>;
  let replication: RxSupabaseReplicationState<Claim> | undefined;
  const client = createClient(setup);
  const list50 = () => newestOf(claims);
  const talk = async () => {
    if (replication) replication.reSync();
    else replication = replicate(claims, client, setup);
    await replication.awaitInitialReplication();
    await replication.awaitInSync();
  };
  return {
    async open() {
      claims = await openClaims();
    },
    async firstSync() {
      const started = performance.now();
      await talk();
      const durable_ms = performance.now() - started;
      // It brings the oldest rows first, so the newest are there when all are.
      const first = sameList(await list50(), setup.newest) ? performance.now() - started : 0;
      return { first_rows_ms: first, durable_ms, indexed_ms: durable_ms };
    },
    list50,
    async writeOffline(count) {
      const times: number[] = [];
      for (let n = 0; n < count; n++) {
        const started = performance.now();
        await claims.insert({ ...newClaim(setup, n), status: 'draft', row_version: 1 });
        times.push(performance.now() - started);
      }
      return times;
    },
    drain: talk,
    pull: talk,
    idle: talk,
    async holdings() {
      const docs = await claims.find().exec();
      return checksum(docs.map(({ id, row_version }) => ({ table: 'expenses', id, row_version })));
    },
  };
};

/** Its hints would come by postgres_changes, which this stack does not serve: the bench asks instead. */
function createClient({ url, key, token }: Setup): SupabaseClient {
  const client = new SupabaseClient(url, key, { accessToken: async () => token });
  const silent = { on: () => silent, subscribe: () => silent };
  Object.assign(client, { channel: () => silent, removeChannel: async () => 'ok' });
  return client;
}

async function openClaims(): Promise<RxCollection<Claim>> {
  const db: RxDatabase = await createRxDatabase({ name: 'rxdb', storage: getRxStorageDexie(), multiInstance: false });
  const { claims } = await db.addCollections({ claims: { schema } });
  return claims as unknown as RxCollection<Claim>;
}

const text = (maxLength: number) => ({ type: 'string', maxLength });
const columns = Object.fromEntries(tables.expenses.columns.map((column) => [column, {}]));
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    ...columns,
    id: text(36),
    organization_id: text(36),
    person_id: text(36),
    status: text(20),
    expense_date: text(10),
    row_version: { type: 'number' },
  },
  required: ['id', 'organization_id', 'person_id', 'status', 'expense_date'],
  indexes: ['organization_id', 'person_id', 'status', 'expense_date'],
} as const;

function replicate(collection: RxCollection<Claim>, client: SupabaseClient, { organization_id }: Setup) {
  return replicateSupabase<Claim>({
    replicationIdentifier: 'claims',
    collection,
    client,
    tableName: TABLE,
    waitForLeadership: false,
    pull: { batchSize: BATCH, queryBuilder: ({ query }) => query.eq('organization_id', organization_id) },
    push: { batchSize: BATCH },
  });
}

async function newestOf(claims: RxCollection<Claim>): Promise<string[]> {
  const found = await claims
    .find({ selector: { status: 'submitted' }, sort: [{ expense_date: 'desc' }, { id: 'desc' }], limit: 50 })
    .exec();
  return found.map(({ id }) => id);
}
