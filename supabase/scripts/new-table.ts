// npm run new:table -- riders: writes the two files of a new synced table, supabase/migrations/<now>_riders.sql and supabase/tests/riders.test.sql.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrationOf, testOf } from './new-table/templates.ts';

const place = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const table = process.argv[2] ?? '';

if (!/^[a-z]+(_[a-z]+)*$/.test(table) || table.length > 50) {
  console.error('usage: npm run new:table -- <plural_snake_case>, e.g. npm run new:table -- hotel_rooms');
  process.exit(1);
}

const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const newest = readdirSync(place('migrations')).sort().at(-1)?.slice(0, 14) ?? '0';
// A clock that is behind would sort the new migration before one that others have applied.
const version = now > newest ? now : String(BigInt(newest) + 100n);
const files = {
  [`migrations/${version}_${table}.sql`]: migrationOf(table),
  [`tests/${table}.test.sql`]: testOf(table),
};

for (const [path, text] of Object.entries(files)) {
  if (existsSync(place(path))) throw new Error(`supabase/${path} exists`);
  writeFileSync(place(path), text);
  console.log(`supabase/${path}`);
}
console.log('Give it its columns and rights, then: npm run db:test && npm run gen');
