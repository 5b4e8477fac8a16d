// `npm run stack:native`: the Supabase CLI's own stack without containers, an experiment of theirs that downloads its
// programs from GitHub. It has not been run where there is no internet.
import { spawnSync } from 'node:child_process';

const SOURCE = 'https://github.com';
const windows = process.platform === 'win32';

function leave(sentence) {
  console.error(`\n${sentence}\nUse "npm start", which needs only Node and the npm registry.\n`);
  process.exit(1);
}

const reachable = await fetch(SOURCE, { method: 'HEAD', signal: AbortSignal.timeout(8_000) }).then(
  () => true,
  () => false,
);
if (!reachable) leave(`This stack downloads its programs from ${SOURCE}, which cannot be reached from here.`);

const env = { ...process.env, SUPABASE_EXPERIMENTAL_STACK: '1' };
if (process.getuid?.() === 0 && !env.SUPABASE_NATIVE_POSTGRES_USER) {
  leave('As root, set SUPABASE_NATIVE_POSTGRES_USER to the account that shall run Postgres, or start as a user.');
}
const args = ['supabase', 'stack', 'start', '--runtime', 'native', ...process.argv.slice(2)];
const run = spawnSync('npx', args, { stdio: 'inherit', env, shell: windows });
process.exit(run.status ?? 1);
