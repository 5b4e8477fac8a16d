import { expect, test, vi } from 'vitest';
import { refusal } from '../kernel/failure.ts';
import { rows } from './db.ts';
import { LiveQuery } from './live-query.ts';
import { arrive, TestHost, testDatabase } from './testing.ts';

test('a live query answers, and answers again when its rows change', async () => {
  const db = await testDatabase();
  const host = new TestHost();
  const query = new LiveQuery(host, () => rows('expenses').count());
  expect([query.value, query.ready]).toEqual([undefined, false]);
  host.connect();
  await vi.waitFor(() => expect(query.value).toBe(0));
  await arrive(db, { expenses: [{ id: 'e1', organization_id: 'o1' }] });
  await vi.waitFor(() => expect(query.value).toBe(1));
  host.disconnect();
  await arrive(db, { expenses: [{ id: 'e2', organization_id: 'o1' }] });
  expect(query.value).toBe(1);
});

test('a changed dep asks anew', async () => {
  const db = await testDatabase();
  await arrive(db, { expenses: [{ id: 'e1', organization_id: 'o1', status: 'draft' }] });
  const host = new TestHost();
  let status = 'draft';
  const query = new LiveQuery(
    host,
    () => rows('expenses').where('status').equals(status).count(),
    () => [status],
  );
  host.connect();
  await vi.waitFor(() => expect(query.value).toBe(1));
  status = 'paid';
  host.requestUpdate();
  await vi.waitFor(() => expect(query.value).toBe(0));
});

test('a query that fails says so', async () => {
  await testDatabase();
  const host = new TestHost();
  const query = new LiveQuery(host, () => Promise.reject(refusal('gone', 'not here')));
  host.connect();
  await vi.waitFor(() => expect(query.failure).toMatchObject({ code: 'gone' }));
});
