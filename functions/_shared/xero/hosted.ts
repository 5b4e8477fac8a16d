import { credentials } from '../credentials.ts';
import { askBy, serviceClient } from '../database.ts';
import { setting } from '../environment.ts';
import { fatal, retry } from '../outcome.ts';
import { queueBy } from '../queue.ts';
import type { XeroRoom } from './room.ts';
import { xeroApplication } from './settings.ts';

/** Xero's room as the functions' environment furnishes it. */
export function hostedRoom(): XeroRoom {
  const client = serviceClient();
  const ask = askBy(client);
  return {
    ask,
    queue: queueBy(ask),
    credentials: credentials(ask),
    application: xeroApplication,
    portal_url: setting('PORTAL_URL'),
    load: async (path) => {
      const { data, error } = await client.storage.from('receipts').download(path);
      if (error)
        throw isMissing(error)
          ? missing(error)
          : retry('file_unreadable', 'A photo could not be read.', { cause: error });
      return new Uint8Array(await data.arrayBuffer());
    },
  };
}

const missing = (cause: Error) => fatal('file_missing', 'A photo is not in Storage.', { cause });
const isMissing = (error: { name: string; message: string }): boolean => /not found/i.test(error.message);
