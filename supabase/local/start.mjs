// `npm start` on a fresh clone: installs, builds, then starts the whole stack. Plain Node, nothing installed is needed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

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

function npm(args) {
  const { status } = spawnSync('npm', args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  return status === 0;
}

const packagesIn = (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;

/** Compares what is installed with what is locked; times of files say nothing after a checkout. */
function isInstalled() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(ROOT, record))) return false;
  const installed = packagesIn(record);
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, { version, optional, peer, devOptional }]) =>
      path === '' || installed[path]?.version === version || ((optional || peer || devOptional) && !installed[path]),
  );
}

/** A lock made where a mirror hides other platforms' binaries lacks them, and `npm ci` refuses such a lock. */
function isWholeLock() {
  const packages = packagesIn('package-lock.json');
  const optional = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
  return optional.every((name) => packages[`node_modules/${name}`]);
}

function install() {
  if (isInstalled()) return;
  console.log('Installing the packages that package-lock.json names (the first time takes about a minute)…');
  const quiet = ['--no-audit', '--no-fund'];
  const installed = isWholeLock() ? npm(['ci', ...quiet]) : npm(['install', '--no-save', ...quiet]);
  if (!installed) leave('The packages could not be installed. What npm said is above; "npm start" tries again.');
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
install();
build();
process.chdir(ROOT);
process.argv = [process.argv[0], join(ROOT, 'supabase/local/cli.ts'), 'start', ...process.argv.slice(2)];
const { register } = await import('tsx/esm/api');
register();
await import('./cli.ts');
