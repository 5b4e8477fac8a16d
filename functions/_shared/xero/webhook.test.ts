import { expect, test } from 'vitest';
import { isSigned, readEvents } from './webhook.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const BODY = '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "S0m3r4Nd0mt3xt"}';
const SIGNATURE = '8SLtmAH1sxGHBqMe4i+eQ7sbJjGN+zHABPpAKCmHXaY=';

test('the signature of the known example is right, to the byte', async () => {
  expect(await isSigned(bytes(BODY), SIGNATURE, 'webhook-key')).toBe(true);
  expect(await isSigned(bytes(`${BODY} `), SIGNATURE, 'webhook-key')).toBe(false);
  expect(await isSigned(bytes(BODY), SIGNATURE, 'other-key')).toBe(false);
});

test.each([null, '', 'not base64 !!', 'AAAA'])('the signature %j is wrong', async (signature) => {
  expect(await isSigned(bytes(BODY), signature, 'webhook-key')).toBe(false);
});

test('without a key nothing is right', async () => expect(await isSigned(bytes(BODY), SIGNATURE, '')).toBe(false));

test('an event has the same name each time it comes', () => {
  const event = {
    tenantId: 't',
    resourceId: 'r',
    eventCategory: 'INVOICE',
    eventType: 'UPDATE',
    eventDateUtc: '2026-11-24T10:00:00',
  };
  const read = (sequence: number) =>
    readEvents(bytes(JSON.stringify({ events: [event], firstEventSequence: sequence, entropy: String(sequence) })));
  expect(read(1)).toEqual(read(2));
  expect(read(1)).toMatchObject([{ tenant_id: 't', resource_id: 'r', category: 'INVOICE' }]);
  expect(readEvents(bytes(BODY))).toEqual([]);
});
