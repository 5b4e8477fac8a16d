import type { Page } from 'playwright/test';
import pg from 'pg';

/** Asks the server's database behind the product's back for one number. */
export async function countOf(query: string, ...values: unknown[]): Promise<number> {
  const client = new pg.Client(process.env['JOURNEY_DB']);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(query, values);
    return Number(rows[0]!.count);
  } finally {
    await client.end();
  }
}

/** The ids of the claims that a browser keeps, of whoever used it. */
export const keptClaims = (page: Page): Promise<string[]> => page.evaluate(readKeptClaims);

async function readKeptClaims(): Promise<string[]> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const found: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('portal-')) continue;
    const database = await answer(indexedDB.open(name));
    if (database.objectStoreNames.contains('expenses'))
      found.push(
        ...((await answer(database.transaction('expenses').objectStore('expenses').getAllKeys())) as string[]),
      );
    database.close();
  }
  return found.toSorted();
}
