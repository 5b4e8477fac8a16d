import type { Page } from 'playwright/test';
import { countOf, forgetClaims } from './database.ts';
import { expect, test } from './devices.ts';
import { account, signIn } from './people.ts';

const WRITES = 5_000;
const MERCHANT = 'Killed in between';
const arrived = 'select count(*) from public.expenses where merchant = $1';
const missing = async (): Promise<number> => WRITES - (await countOf(arrived, MERCHANT));
const queued = (page: Page) => countKept(page, 'outbox', ['state', 'queued']);

test('S2, S12: a browser that is killed again and again between commit and acknowledgement sends 5,000 writes exactly once', async ({
  phone,
}) => {
  test.setTimeout(240_000);
  let page = await phone.open('/');
  await signIn(page, account(/artist, drums/));
  await phone.offline(true);
  await page.evaluate(writeClaims, { count: WRITES, merchant: MERCHANT });
  await phone.offline(false);
  try {
    let kills = 0;
    for (let left = WRITES; left > 0;) {
      const enough = Math.max(0, left - 200 - Math.floor(Math.random() * 400));
      await expect.poll(missing, { intervals: [20], timeout: 60_000 }).toBeLessThanOrEqual(enough);
      left = await missing();
      if (left === 0) break;
      page = await phone.crash('/expenses');
      kills += 1;
    }
    expect(kills).toBeGreaterThan(5);
    await expect.poll(() => queued(page), { timeout: 60_000 }).toBe(0);
    expect(await countKept(page, 'attention')).toBe(0);
    expect(await missing()).toBe(0);
    const done = `select count(*) from sync.mutations m where m.result -> 'ops' -> 0 ->> 't' = 'expenses'
      and m.result ->> 's' = 'applied' and m.at > now() - interval '10 minutes'`;
    expect(await countOf(done)).toBeGreaterThanOrEqual(WRITES);
  } finally {
    await forgetClaims(MERCHANT);
  }
});

/** Writes claims as the replica does, one intent each, all in one transaction of the device's database. */
async function writeClaims({ count, merchant }: { count: number; merchant: string }): Promise<void> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const about = (await indexedDB.databases()).find(({ name }) => name?.startsWith('portal-') && name !== 'portal-auth');
  const database = await answer(indexedDB.open(about!.name!));
  const user_id = about!.name!.replace('portal-', '');
  const people: { id: string; organization_id: string; user_id: string }[] = await answer(
    database.transaction('people').objectStore('people').getAll(),
  );
  const me = people.find((person) => person.user_id === user_id)!;
  const { organization_id, id: person_id } = me;
  const writing = database.transaction(['outbox', 'shadow', 'expenses'], 'readwrite');
  for (let at = 0; at < count; at += 1) {
    const id = crypto.randomUUID();
    const v = {
      organization_id,
      person_id,
      amount_minor: 100 + at,
      currency: 'EUR',
      expense_date: '2026-10-01',
      merchant,
    };
    const op = { op: 'ins', t: 'expenses', id, v, expect: { status: 'draft' } };
    const key = `expenses:${id}`;
    const intent = { id: crypto.randomUUID(), organization_id, name: 'expenses.save', ops: [op], rows: [key] };
    writing.objectStore('outbox').add({ ...intent, state: 'queued', at: new Date().toISOString() });
    writing.objectStore('shadow').put({ key, row: null });
    writing.objectStore('expenses').put({ id, ...v, status: 'draft', tags: [] });
  }
  await new Promise((resolve, reject) => {
    writing.oncomplete = resolve;
    writing.onabort = () => reject(writing.error);
  });
  database.close();
}

/** How many records of a store the browser keeps: all, or those with one value of an index. */
const countKept = (page: Page, store: string, index?: [name: string, value: string]): Promise<number> =>
  page.evaluate(countRecords, { store, index });

async function countRecords({
  store,
  index,
}: {
  store: string;
  index?: [string, string] | undefined;
}): Promise<number> {
  const about = (await indexedDB.databases()).find(({ name }) => name?.startsWith('portal-') && name !== 'portal-auth');
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(about!.name!);
    opening.onerror = () => reject(opening.error!);
    opening.onsuccess = () => {
      const records = opening.result.transaction(store).objectStore(store);
      const asked = index ? records.index(index[0]).count(index[1]) : records.count();
      asked.onsuccess = () => resolve(asked.result);
      opening.result.close();
    };
  });
}
