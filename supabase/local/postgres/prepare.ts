import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Everything hosted Supabase brings, in the order it is laid. */
const LAYERS = ['../bootstrap.sql', '../auth/auth.sql', '../storage/storage.sql', '../realtime/realtime.sql'];

/** Each service owns its schema, as on hosted; a policy on another's table then fails here too. */
const OWNERS = { auth: 'supabase_auth_admin', storage: 'supabase_storage_admin', realtime: 'supabase_realtime_admin' };

/** Brings a plain Postgres to where hosted Supabase is before the first migration. Takes the url of `postgres` or of the superuser. */
export async function prepareDatabase(url: string): Promise<void> {
  const layers = LAYERS.map(here).filter((file) => existsSync(file));
  const texts = layers.map((file) => readFileSync(file, 'utf8'));
  const fingerprint = createHash('sha256').update(texts.join('\0')).digest('hex');
  await withClient(asAdmin(url), async (client) => {
    if ((await currentFingerprint(client)) === fingerprint) return;
    for (const [index, text] of texts.entries()) await layer(client, layers[index]!, text);
    await client.query(ownership());
    await client.query(`comment on schema extensions is '${fingerprint}'`);
  });
}

async function layer(client: pg.Client, file: string, text: string): Promise<void> {
  try {
    await client.query(text);
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message}`, { cause });
  }
}

async function currentFingerprint(client: pg.Client): Promise<string | undefined> {
  const sql = `select obj_description(oid, 'pg_namespace') as print from pg_namespace where nspname = 'extensions'`;
  return (await client.query<{ print: string }>(sql)).rows[0]?.print;
}

function ownership(): string {
  const cases = Object.entries(OWNERS).map(([schema, role]) => `('${schema}', '${role}')`);
  return `do $$
declare
  thing record;
begin
  for thing in
    select format('alter table %s owner to %I', c.oid::regclass, o.role) as command
    from (values ${cases.join(', ')}) o(schema, role)
    join pg_namespace n on n.nspname = o.schema
    join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v')
    union all
    select format('alter %s %s owner to %I', case p.prokind when 'p' then 'procedure' else 'function' end,
      p.oid::regprocedure, o.role)
    from (values ${cases.join(', ')}) o(schema, role)
    join pg_namespace n on n.nspname = o.schema
    join pg_proc p on p.pronamespace = n.oid
  loop
    execute thing.command;
  end loop;
end
$$`;
}

/** The same server and database, as the superuser. */
export function asAdmin(url: string): string {
  const admin = new URL(url);
  admin.username = 'supabase_admin';
  return admin.href;
}

/** The same server and database, as another login role. */
export function asRole(url: string, role: string): string {
  const other = new URL(url);
  other.username = role;
  return other.href;
}

/** Opens one connection, lends it, and closes it whatever happens. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
