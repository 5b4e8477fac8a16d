// npm run gen [-- --check] [-- --database postgres://…]: the migrations' schema as TypeScript.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { readCatalogue } from './gen/catalogue.ts';
import { withClient } from '../local/postgres/prepare.ts';
import { withMigratedDatabase } from './gen/database.ts';
import { render } from './gen/render.ts';

const OUTPUT = fileURLToPath(new URL('../../app/data/schema.gen.ts', import.meta.url));

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, database: { type: 'string' } },
});

const catalogue = values.database
  ? await withClient(values.database, readCatalogue)
  : await withMigratedDatabase(readCatalogue);
const style = { parser: 'typescript', printWidth: 120, singleQuote: true } as const;
const text = await format(render(catalogue), style);

if (!values.check) {
  writeFileSync(OUTPUT, text);
  console.log(`app/data/schema.gen.ts: ${catalogue.tables.length} tables`);
} else if (existsSync(OUTPUT) && readFileSync(OUTPUT, 'utf8') === text) {
  console.log('app/data/schema.gen.ts is current');
} else {
  console.error('app/data/schema.gen.ts does not match the migrations. Run: npm run gen');
  process.exitCode = 1;
}
