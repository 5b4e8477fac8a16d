import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const KB = 1024;
/** Script that must arrive before the sign-in page or the frame is usable. */
const FIRST_LOAD_LIMIT = 130 * KB;
/** What one further screen may add. */
const ROUTE_LIMIT = 60 * KB;
/** Tools for one kind of file, which only a person who has such a file waits for: raised one by one, never for all. */
const TOOL_LIMITS: Readonly<Record<string, number>> = {
  'heic-worker': 720 * KB,
  'pdf-worker': 400 * KB,
  'pdf-file': 130 * KB,
  'pdf-pages': 130 * KB,
};
/** The service worker is read again at every start of it, but never waited for by a page. */
const SERVICE_WORKER_LIMIT = 75 * KB;

/** What a person opens on top of a screen adds only what that screen has not brought. */
const ON_TOP_OF = 'app/features/expenses/expense-new-page.ts';
const ON_TOP = new Set(
  ['receipt-camera', 'corner-editor', 'pdf-pages', 'photos/pdf-file'].map((name) => `app/features/expenses/${name}.ts`),
);

/** What opens by itself for somebody signed in; everything else waits for a person's step. */
const BOOT = [
  'index.html',
  'app/shell/app-frame.ts',
  'app/shell/lock/screen-lock.ts',
  'app/shell/before-membership.ts',
];
const SIGN_IN = 'app/shell/sign-in/sign-in-page.ts';

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly imports?: readonly string[];
  readonly isDynamicEntry?: boolean;
}

type Manifest = Readonly<Record<string, Chunk>>;

interface Line {
  readonly name: string;
  readonly bytes: number;
  readonly limit: number;
}

/** A chunk and everything it imports statically. */
function closure(manifest: Manifest, keys: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no ${key}; name what boot loads in sw/bundle-size.ts`);
    if (found.has(key)) return;
    found.add(key);
    chunk.imports?.forEach(visit);
  };
  for (const key of keys) visit(key);
  return found;
}

/** The limit of a chunk by the name of its file, without folder, hash and ending. */
const limitOf = (file: string): number =>
  Object.entries(TOOL_LIMITS).find(([tool]) => new RegExp(`/${tool}[.-]`).test(file))?.[1] ?? ROUTE_LIMIT;

async function weigh(dist: string, files: Iterable<string>): Promise<number> {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(join(dist, file)), { level: 9 }).length;
  return bytes;
}

async function measure(dist: string): Promise<Line[]> {
  const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
  const files = (keys: Iterable<string>) => [...keys].map((key) => manifest[key]!.file);
  const boot = closure(manifest, BOOT);
  const first = closure(manifest, [...BOOT, SIGN_IN]);
  const lines = [{ name: 'first load', bytes: await weigh(dist, files(first)), limit: FIRST_LOAD_LIMIT }];
  const routes = Object.keys(manifest).filter((key) => manifest[key]!.isDynamicEntry && !first.has(key));
  for (const key of routes) {
    const there = ON_TOP.has(key) ? closure(manifest, [...BOOT, ON_TOP_OF]) : boot;
    const added = [...closure(manifest, [key])].filter((each) => !there.has(each));
    lines.push({ name: key, bytes: await weigh(dist, files(added)), limit: limitOf(key) });
  }
  lines.push({ name: 'sw.js', bytes: await weigh(dist, ['sw.js']), limit: SERVICE_WORKER_LIMIT });
  return [...lines, ...(await workers(dist, new Set(files(Object.keys(manifest)))))];
}

/** Worker bundles are not in Vite's manifest. */
async function workers(dist: string, known: ReadonlySet<string>): Promise<Line[]> {
  const scripts = (await readdir(join(dist, 'assets')))
    .map((name) => `assets/${name}`)
    .filter((f) => f.endsWith('.js'));
  const others = scripts.filter((file) => !known.has(file));
  return Promise.all(
    others.map(async (file) => ({ name: file, bytes: await weigh(dist, [file]), limit: limitOf(file) })),
  );
}

/** Prints gzip sizes against their limits; returns whether all of them hold. */
export async function printSizes(dist: string): Promise<boolean> {
  const [first, ...rest] = await measure(dist);
  const lines = [first!, ...rest.sort((a, b) => b.bytes - a.bytes)];
  for (const { name, bytes, limit } of lines) {
    const size = `${(bytes / KB).toFixed(1)} KB`.padStart(9);
    console.log(`${bytes > limit ? '✗' : ' '} ${size} of ${limit / KB} KB  ${name}`);
  }
  return lines.every(({ bytes, limit }) => bytes <= limit);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await printSizes('dist')) ? 0 : 1;
