import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../supabase/local/stack.ts';
import { report, timed } from './figures.ts';

/** Cold start (empty folder, migrations, seed) beside warm start (everything there) of the embedded stack. */
export async function bench(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-stack-'));
  const start = async () => {
    const stack = await startStack({ port: 54395, dataDir, seed: true, quiet: true });
    const { phases } = stack;
    await stack.stop();
    return phases;
  };
  try {
    report('cold start and stop', await timed(1, start));
    report('warm start and stop', await timed(3, start));
    for (const { name, ms } of await start()) console.log(`    ${name.padEnd(42)} ${ms} ms`);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
