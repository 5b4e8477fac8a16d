import { expect, test } from 'vitest';
import { settled } from '../sync/testing.ts';
import { watchDevice } from './conditions.ts';

const line = (about: object) => Object.assign(new EventTarget(), about);

test('a device that tells nothing is unknown, not free', () => {
  expect(watchDevice({})).toMatchObject({ metered: undefined, low_battery: undefined });
});

test.each([
  [{ type: 'cellular' }, true],
  [{ type: 'wifi' }, false],
  [{ type: 'unknown' }, undefined],
  [{ saveData: false }, undefined],
  [{ type: 'wifi', saveData: true }, true],
])('the line %j is metered: %s', (about, metered) => {
  expect(watchDevice({ connection: line(about) }).metered).toBe(metered);
});

test('a battery below a fifth that is not charging is low, and each change is told', async () => {
  const battery = line({ level: 0.15, charging: false }) as EventTarget & { level: number; charging: boolean };
  const device = watchDevice({ getBattery: async () => battery });
  let told = 0;
  device.onChange(() => (told += 1));
  await settled();
  expect([device.low_battery, told]).toEqual([true, 1]);
  battery.charging = true;
  battery.dispatchEvent(new Event('chargingchange'));
  expect([device.low_battery, told]).toEqual([false, 2]);
});
