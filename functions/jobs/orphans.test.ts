import { expect, test } from 'vitest';
import { removeOrphans, type Attic } from './orphans.ts';

/** Storage that holds so many orphans and gives them in portions of three. */
function attic(names: string[], refuses: (name: string) => boolean = () => false) {
  const held = new Set(names);
  const calls: string[][] = [];
  const port: Attic = {
    orphans: async () => [...held].slice(0, 3).map((name) => ({ bucket_id: name.split(':')[0]!, name })),
    remove: async (bucket, asked) => {
      calls.push([bucket, ...asked]);
      const going = asked.filter((name) => !refuses(name));
      for (const name of going) held.delete(name);
      return going.length;
    },
  };
  return { port, held, calls };
}

test('S34: orphans go, portion by portion, each bucket by itself', async () => {
  const { port, held, calls } = attic(['a:1', 'b:1', 'a:2', 'a:3']);
  expect(await removeOrphans(port)).toEqual({ removed: 4 });
  expect(held.size).toBe(0);
  expect(calls).toEqual([
    ['a', 'a:1', 'a:2'],
    ['b', 'b:1'],
    ['a', 'a:3'],
  ]);
});

test('files that cannot be removed do not keep it busy all night', async () => {
  const { port, calls } = attic(['a:1'], () => true);
  expect(await removeOrphans(port)).toEqual({ removed: 0 });
  expect(calls).toHaveLength(1);
});

test('one night has an end', async () => {
  const names = Array.from({ length: 100 }, (_, at) => `a:${at}`);
  expect(await removeOrphans(attic(names).port)).toEqual({ removed: 30 });
});
