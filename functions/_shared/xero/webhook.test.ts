import { expect, test } from 'vitest';
import { readEvents } from './webhook.ts';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const event = {
  tenantId: 't',
  resourceId: 'r',
  eventCategory: 'INVOICE',
  eventType: 'UPDATE',
  eventDateUtc: '2026-11-24T10:00:00',
};

test('an event has the same name each time it comes', () => {
  const read = (entropy: string) => readEvents(bytes({ events: [event], entropy }));
  expect(read('a')).toEqual(read('b'));
  expect(read('a')).toMatchObject([{ tenant_id: 't', resource_id: 'r', category: 'INVOICE' }]);
});

test('what names no organisation or no thing is left out', () => {
  expect(
    readEvents(
      bytes({
        events: [
          { ...event, tenantId: undefined },
          { ...event, resourceId: '' },
        ],
      }),
    ),
  ).toEqual([]);
  expect(readEvents(bytes({ events: [], entropy: 'x' }))).toEqual([]);
});
