import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
const WANTED = /\/pgtap--\d+\.\d+\.\d+\.sql$/;

/** The SQL of pgTAP's newest whole version, from the archive that the npm package carries; throws when it is not there. */
export function pgtapSource(): string {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite-pgtap');
  const archive = gunzipSync(readFileSync(join(dirname(main), 'pgtap.tar.gz')));
  const versions = [...entries(archive)].filter(({ name }) => WANTED.test(name));
  const newest = versions.sort((a, b) => a.name.localeCompare(b.name)).at(-1);
  if (!newest) throw new Error('The npm package @electric-sql/pglite-pgtap holds no pgtap--x.y.z.sql any more.');
  return newest.data.toString('utf8');
}

/** Files of a tar archive: a header block with name and octal size, then the data padded to whole blocks. */
function* entries(tar: Buffer): Generator<{ name: string; data: Buffer }> {
  const text = (from: number, length: number) => tar.toString('latin1', from, from + length).split('\0', 1)[0]!;
  for (let at = 0; at + BLOCK <= tar.length && text(at, 100) !== '';) {
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    yield { name: text(at, 100), data: tar.subarray(at + BLOCK, at + BLOCK + size) };
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}
