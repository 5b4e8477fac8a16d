// Installs what package-lock.json names, once, on any machine. Plain Node, nothing installed is needed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs npm here and says whether it went well. */
export function npm(args) {
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

/** Installs the locked packages unless they are there; answers whether they are now. */
export function install() {
  if (isInstalled()) return true;
  console.log('Installing the packages that package-lock.json names (the first time takes about a minute)…');
  const quiet = ['--no-audit', '--no-fund'];
  return isWholeLock() ? npm(['ci', ...quiet]) : npm(['install', '--no-save', ...quiet]);
}
