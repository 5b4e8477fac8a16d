import { rmSync } from 'node:fs';
import { startStack } from '../../supabase/local/stack.ts';

const DATA = '.local/journeys';

/** Starts a fresh stack with the demo season for the journeys and returns what stops it. */
export default async function setup(): Promise<() => Promise<void>> {
  rmSync(DATA, { recursive: true, force: true });
  const stack = await startStack({ port: 54391, dataDir: DATA, seed: true, quiet: true });
  process.env['JOURNEY_URL'] = stack.url;
  process.env['JOURNEY_DB'] = stack.dbUrl;
  return () => stack.stop();
}
