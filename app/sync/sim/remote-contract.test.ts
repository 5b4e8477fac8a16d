import { startTestDatabase } from '../../../supabase/tests/harness/database.ts';
import { bootPglite, overPool } from './database.ts';
import { remoteContract } from './remote-contract.ts';

remoteContract('Postgres in this process', bootPglite);
remoteContract('the embedded Postgres', async () => {
  const { url, stop } = await startTestDatabase();
  return overPool(url, stop);
});
