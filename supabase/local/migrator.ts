import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type pg from 'pg';
import { withClient } from './postgres/prepare.ts';

/** What a migration run did; `changed` are files edited after they had been applied here. */
export interface MigrationReport {
  applied: string[];
  changed: string[];
}

interface Migration {
  version: string;
  name: string;
  file: string;
}

// The tables of the Supabase CLI, so that `supabase db push` and `migration list` agree with us.
const BOOKS = `
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text not null primary key, statements text[], name text
);
create table if not exists supabase_migrations.seed_files (path text not null primary key, hash text not null);`;

/** Applies the migrations that the database lacks, in order, each in a transaction of its own. */
export function migrate(url: string, directory: string): Promise<MigrationReport> {
  const files = migrationsIn(directory);
  return withClient(url, async (client) => {
    await client.query(BOOKS);
    const known = await appliedOnes(client);
    const report: MigrationReport = { applied: [], changed: [] };
    for (const migration of files) {
      const text = readFileSync(migration.file, 'utf8');
      const before = known.get(migration.version);
      if (before === undefined) {
        await apply(client, migration, text);
        report.applied.push(basename(migration.file));
      } else if (before !== null && before !== text) report.changed.push(basename(migration.file));
    }
    return report;
  });
}

function migrationsIn(directory: string): Migration[] {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).flatMap((name) => {
    const [, version, label] = /^(\d+)_(.*)\.sql$/.exec(name) ?? [];
    return version === undefined ? [] : [{ version, name: label ?? '', file: join(directory, name) }];
  });
  return names.sort((a, b) => (a.version < b.version ? -1 : 1));
}

async function appliedOnes(client: pg.Client): Promise<Map<string, string | null>> {
  const sql = 'select version, statements from supabase_migrations.schema_migrations';
  const { rows } = await client.query<{ version: string; statements: string[] | null }>(sql);
  // The CLI stores one element a statement, we store the file; only ours can be compared with it.
  return new Map(rows.map((row) => [row.version, row.statements?.length === 1 ? row.statements[0]! : null]));
}

async function apply(client: pg.Client, { version, name, file }: Migration, text: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(text);
    await client.query(
      'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3])',
      [version, name, text],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw located(error, file, text);
  } finally {
    // A migration may have left a role or search_path behind; the next one starts clean.
    await client.query('reset all; reset role').catch(() => undefined);
  }
}

/** Runs the seed files that this database has not seen, and records them as the CLI does. Returns their names. */
export function seed(url: string, files: string[]): Promise<string[]> {
  return withClient(url, async (client) => {
    await client.query(BOOKS);
    const done: string[] = [];
    for (const file of files.filter((path) => existsSync(path))) {
      if (await seedOnce(client, file)) done.push(basename(file));
    }
    return done;
  });
}

async function seedOnce(client: pg.Client, file: string): Promise<boolean> {
  const path = `supabase/${basename(file)}`;
  const seen = await client.query('select from supabase_migrations.seed_files where path = $1', [path]);
  if (seen.rowCount) return false;
  const text = readFileSync(file, 'utf8');
  await client.query('begin');
  try {
    await client.query(text);
    const hash = createHash('sha256').update(text).digest('hex');
    await client.query('reset role');
    await client.query('insert into supabase_migrations.seed_files (path, hash) values ($1, $2)', [path, hash]);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw located(error, file, text);
  }
}

/** Says file and line, which a bare Postgres error does not. */
function located(error: unknown, file: string, text: string): Error {
  const { message, position, detail, hint, where } = error as pg.DatabaseError;
  const line = position ? `:${text.slice(0, Number(position)).split('\n').length}` : '';
  const more = [detail, hint, where].filter(Boolean).map((part) => `\n  ${part}`);
  return new Error(`${file}${line}: ${message}${more.join('')}`, { cause: error });
}
