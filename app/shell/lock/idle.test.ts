import { beforeEach, expect, test } from 'vitest';
import { IdleWatch, type Idle } from './idle.ts';

const MINUTE = 60_000;
let now: number;
let kept: Map<string, string>;
let heard: Idle['phase'][];
/** What another tab does between two writes of this one. */
let looks: () => unknown = () => undefined;

beforeEach(() => {
  now = 1_800_000_000_000;
  kept = new Map();
  heard = [];
});

function open(signed_in_at = now, user_id = 'mara'): IdleWatch {
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      kept.set(key, value);
      looks();
    },
    removeItem: (key: string) => {
      kept.delete(key);
      looks();
    },
  };
  return new IdleWatch({ user_id, signed_in_at, storage, now: () => now, onChange: (idle) => heard.push(idle.phase) });
}

test('the screen warns after 25 minutes and locks after 30', () => {
  const watch = open();
  now += 25 * MINUTE - 1;
  expect(watch.check()).toEqual({ phase: 'active' });
  now += 1;
  expect(watch.check()).toEqual({ phase: 'warning', seconds_left: 300 });
  now += 5 * MINUTE;
  expect(watch.check()).toEqual({ phase: 'locked' });
  expect(heard).toEqual(['warning', 'locked']);
});

test('a touch starts the time anew', () => {
  const watch = open();
  now += 20 * MINUTE;
  watch.touch();
  now += 20 * MINUTE;
  expect(watch.check().phase).toBe('active');
});

test('the touch that wakes a sleeping phone locks instead of counting', () => {
  const watch = open();
  now += 8 * 60 * MINUTE;
  watch.touch();
  expect(watch.idle.phase).toBe('locked');
  watch.touch();
  expect(watch.idle.phase).toBe('locked');
});

test('a stray touch does not answer the warning, the button does', () => {
  const watch = open();
  now += 26 * MINUTE;
  watch.touch();
  expect(watch.idle.phase).toBe('warning');
  watch.stay();
  expect(watch.idle.phase).toBe('active');
});

test('activity in one tab keeps the other open, and a lock in one locks the other', () => {
  const first = open();
  const second = open();
  now += 20 * MINUTE;
  first.touch();
  now += 20 * MINUTE;
  expect(second.check().phase).toBe('active');
  first.lock();
  expect(second.check().phase).toBe('locked');
  second.unlock();
  expect(first.check().phase).toBe('active');
});

test('another tab that looks in the middle of unlocking does not lock again', () => {
  const first = open();
  const second = open();
  now += 31 * MINUTE;
  first.check();
  second.check();
  looks = () => second.check();
  first.unlock();
  looks = () => undefined;
  expect(first.check().phase).toBe('active');
  expect(second.check().phase).toBe('active');
});

test('a reload does not open a locked screen', () => {
  const signedInAt = now;
  open().lock();
  now += 1000;
  expect(open(signedInAt).check().phase).toBe('locked');
});

test('signing in again opens it, however old the last activity is', () => {
  const watch = open();
  now += 3 * 24 * 60 * MINUTE;
  watch.check();
  now += 1000;
  expect(open(now).check().phase).toBe('active');
});

test('a clock set back neither locks at once nor keeps open for ever', () => {
  const watch = open(now - MINUTE);
  watch.touch();
  now -= 24 * 60 * MINUTE;
  expect(watch.check().phase).toBe('active');
});

test('another person on the same device has their own lock', () => {
  open(now, 'mara').lock();
  expect(open(now - 1, 'jonas').check().phase).toBe('active');
});
