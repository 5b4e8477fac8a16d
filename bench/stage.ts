import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { build } from 'vite';
import { tables } from '../app/data/schema.gen.ts';
import { freePort } from '../supabase/local/ports.ts';
import { asAdmin } from '../supabase/local/postgres/prepare.ts';
import { startStack } from '../supabase/local/stack.ts';
import { checksum, type Holdings, type Setup } from './pages/peer.ts';
import { makeRxdbTable } from './rxdb-table.ts';
import { PASSWORD, seedOrganization, type Organization } from './seed.ts';
import { openWire, type Wire } from './wire.ts';

/** Everything the sides are measured on: one stack with its organisations, the built pages, and the way between. */
export interface Stage {
  readonly db: pg.Client;
  readonly wire: Wire;
  /** The same way by HTTP/2, and as long as the bench wishes. */
  readonly far: Wire;
  readonly organizations: ReadonlyMap<number, Organization>;
  /** Signs the desk member in and says what their list must show in the end. */
  setup(organization: Organization, wire?: Wire): Promise<Setup>;
  close(): Promise<void>;
}

/** Starts a stack in a temporary folder with one organisation for each number of rows. */
export async function openStage(sizes: readonly number[]): Promise<Stage> {
  const [dataDir, pages] = ['data', 'pages'].map((name) => mkdtempSync(join(tmpdir(), `bench-${name}-`))) as [
    string,
    string,
  ];
  const stack = await startStack({ port: await freePort(54397), dataDir, quiet: true });
  const db = new pg.Client(asAdmin(stack.dbUrl));
  await db.connect();
  const organizations = new Map<number, Organization>();
  for (const size of sizes) organizations.set(size, await seedOrganization(db, `rows-${size}`, size));
  await makeRxdbTable(db);
  await db.query('vacuum analyze public.expenses, public.rxdb_expenses, sync.head');
  await buildPages(pages);
  const [wire, far] = [await openWire(stack.url, pages), await openWire(stack.url, pages, true)];
  return {
    db,
    wire,
    far,
    organizations,
    setup: async (organization, way = wire) => ({
      ...organization,
      url: way.url,
      key: stack.anonKey,
      token: await signIn(stack.url, stack.anonKey, organization.email),
      newest: await newestOf(db, organization),
    }),
    close: async () => {
      await Promise.all([wire.close(), far.close(), db.end()]);
      await stack.stop();
      for (const folder of [dataDir, pages])
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

const buildPages = (outDir: string) =>
  build({
    configFile: false,
    root: fileURLToPath(new URL('./pages', import.meta.url)),
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2_000 },
  });

async function signIn(url: string, apikey: string, email: string): Promise<string> {
  const headers = { apikey, 'content-type': 'application/json' };
  const body = JSON.stringify({ email, password: PASSWORD });
  const response = await fetch(`${url}/auth/v1/token?grant_type=password`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${email} could not sign in: ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

async function newestOf(db: pg.Client, { organization_id }: Organization): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from public.expenses where organization_id = $1 and status = 'submitted' order by expense_date desc, id desc limit 50`,
    [organization_id],
  );
  return rows.map(({ id }) => id);
}

/** What the server shows a member, by row-level security alone: all synced tables, or the claims of RxDB's twin. */
export async function shownTo(db: pg.Client, userId: string, twin = false): Promise<Holdings> {
  const wanted = twin ? [['expenses', 'rxdb_expenses']] : Object.keys(tables).map((name) => [name, name]);
  const shown: { table: string; id: string; row_version: number }[] = [];
  await actAs(db, userId);
  for (const [table, source] of wanted) {
    const { rows } = await db.query<{ id: string; row_version: string }>(
      `select id, row_version from public.${source}`,
    );
    for (const { id, row_version } of rows) shown.push({ table: table!, id, row_version: Number(row_version) });
  }
  await db.query('reset role');
  return checksum(shown);
}

/** Lets a connection ask as a member until `reset role`. */
export async function actAs(db: pg.Client, userId: string): Promise<void> {
  const claims = JSON.stringify({ sub: userId, role: 'authenticated' });
  await db.query(`select set_config('request.jwt.claims', $1, false)`, [claims]);
  await db.query('set role authenticated');
}
