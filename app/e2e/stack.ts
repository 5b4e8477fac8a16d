import { rmSync } from 'node:fs';
import { freePort } from '../../supabase/local/ports.ts';
import { startStack } from '../../supabase/local/stack.ts';

/** Starts a fresh stack with the demo season for the journeys and returns what stops it; `JOURNEY_PORT` and `JOURNEY_DIST` let two run side by side. */
export default async function setup(): Promise<() => Promise<void>> {
  const port = await freePort(Number(process.env['JOURNEY_PORT'] ?? 54391));
  const dataDir = `.local/journeys-${port}`;
  rmSync(dataDir, { recursive: true, force: true });
  const dist = process.env['JOURNEY_DIST'] ?? 'dist';
  const stack = await startStack({ port, dataDir, dist, seed: true, quiet: true });
  process.env['JOURNEY_URL'] = stack.url;
  process.env['JOURNEY_DB'] = stack.dbUrl;
  return () => stack.stop();
}
