// `npm run stack:docker`: the Supabase CLI's ordinary local stack, in containers. Needs Docker and, the first time, internet.
import { spawnSync } from 'node:child_process';

const windows = process.platform === 'win32';
const { status } = spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 15_000, shell: windows });
if (status !== 0) {
  console.error(
    '\nThis stack runs in containers, and no Docker answers here ("docker info" fails).\n' +
      'Start Docker Desktop (or the docker service) and try again, or use "npm start", which needs only Node.\n',
  );
  process.exit(1);
}
const run = spawnSync('npx', ['supabase', 'start', ...process.argv.slice(2)], { stdio: 'inherit', shell: windows });
process.exit(run.status ?? 1);
