// `npm start` on a fresh clone: installs, builds, then starts the whole stack. Plain Node, nothing installed is needed.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, npm } from './install.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const WANTED = [20, 19];
/** What the built app is made from. */
const SOURCES = ['app', 'sw', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) return;
  leave(
    `Node ${WANTED.join('.')} or newer is needed; this is ${process.versions.node}. Get it from https://nodejs.org.`,
  );
}

function leave(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

function newest(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return 0;
  const stats = statSync(full);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(full).map((name) => newest(join(path, name))));
}

function build() {
  const built = newest('dist/index.html');
  if (built >= Math.max(...SOURCES.map(newest))) return;
  console.log('Building the app…');
  if (npm(['run', '--silent', 'build'])) return;
  if (built === 0) leave('The app could not be built. What the build said is above; "npm start" tries again.');
  console.error('\nThe app could not be built anew: what you will see is the build before.\n');
}

checkNode();
if (!install()) leave('The packages could not be installed. What npm said is above; "npm start" tries again.');
build();
process.chdir(ROOT);
process.argv = [process.argv[0], join(ROOT, 'supabase/local/cli.ts'), 'start', ...process.argv.slice(2)];
const { register } = await import('tsx/esm/api');
register();
await import('./cli.ts');
