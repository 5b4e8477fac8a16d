import { expect, test } from 'vitest';
import { credentialsBy } from './credentials.ts';
import { base64, readKeyring } from './envelope.ts';
import { memoryDatabase } from './testing.ts';

const over = () => new Date(Date.now() - 1);
const later = () => new Date(Date.now() + 3_600_000);

test('five who find it expired renew it once; what is kept can be read by nobody without the key', async () => {
  const { ask, held } = memoryDatabase();
  const kept = credentialsBy(ask, readKeyring(`k:${base64(new Uint8Array(32))}`));
  await kept.put('o', 'xero', { refresh: 'one' }, over());
  let calls = 0;
  const renew = async () => {
    calls += 1;
    return { value: { refresh: 'two' }, expiresAt: later() };
  };
  const all = await Promise.all(Array.from({ length: 5 }, () => kept.fresh<{ refresh: string }>('o', 'xero', renew)));
  expect(calls).toBe(1);
  expect(new Set(all.map(({ value }) => value.refresh))).toEqual(new Set(['two']));
  expect(JSON.stringify([...held])).not.toContain('two');
});
