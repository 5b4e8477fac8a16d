import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openParts } from './parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOUR = 3_600_000;
const draft = { bucket: 'b', name: 'n', length: 6, type: 'image/png', cacheControl: 'no-cache', metadata: null };
const bytes = (text: string) => new Blob([text]).stream() as ReadableStream<Uint8Array>;
const never = new AbortController().signal;

test('what arrived is there after a restart', async () => {
  const before = await openParts(folder);
  const part = await before.create(draft);
  await before.append(part, bytes('abc'), never);
  const after = await openParts(folder);
  expect(await after.offset((await after.find(part.id))!)).toBe(3);
  expect(await after.append(part, bytes('def'), never)).toBe(true);
  expect(await new Response(after.read(part)).text()).toBe('abcdef');
  expect(await after.append(part, bytes('g'), never)).toBe(false);
});

test('after a day an upload is gone, after a week forgotten', async () => {
  let now = Date.now();
  const part = await (await openParts(folder, () => now)).create(draft);
  now += 24 * HOUR + 1;
  const parts = await openParts(folder, () => now);
  const late = await parts.find(part.id);
  expect(late && parts.isExpired(late)).toBe(true);
  now += 7 * 24 * HOUR;
  await openParts(folder, () => now);
  expect(await parts.find(part.id)).toBeUndefined();
});

test('a name from outside never meets the disk', async () => {
  expect(await (await openParts(folder)).find('../../keys')).toBeUndefined();
});
