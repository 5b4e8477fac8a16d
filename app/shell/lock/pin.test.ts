import { beforeEach, expect, test } from 'vitest';
import { PIN_ITERATIONS, pinProblem, tryPin, verifierOf, type PinShelf, type PinVerifier } from './pin.ts';

const FEW = 1000;
let kept: PinVerifier | undefined;
const shelf: PinShelf = {
  read: async () => kept,
  write: async (verifier) => {
    kept = verifier;
  },
};

beforeEach(async () => {
  kept = await verifierOf('840193', FEW);
});

const code = (tried: Promise<void>) =>
  tried.then(
    () => 'open',
    (failure: { code: string }) => failure.code,
  );

test('the right PIN opens, a wrong one says how many tries are left', async () => {
  expect(await code(tryPin('840193', shelf))).toBe('open');
  await expect(tryPin('840194', shelf)).rejects.toMatchObject({ code: 'pin_wrong', details: { left: 4 } });
});

test('the device keeps neither the PIN nor the same hash twice', async () => {
  const again = await verifierOf('840193', FEW);
  expect(again.hash).not.toBe(kept!.hash);
  expect(JSON.stringify(kept)).not.toContain('840193');
  expect(PIN_ITERATIONS).toBe(600_000);
});

test('five wrong PINs close it, even for the right one', async () => {
  for (let at = 0; at < 5; at += 1) await code(tryPin('111222', shelf, at * 100_000));
  expect(await code(tryPin('840193', shelf, 9_999_999))).toBe('pin_closed');
});

test('the wait grows from the third wrong PIN on and a right PIN within it does not open', async () => {
  for (const at of [0, 10, 20]) await code(tryPin('111222', shelf, at));
  await expect(tryPin('840193', shelf, 1_000)).rejects.toMatchObject({ code: 'pin_wait', details: { retry_after: 5 } });
  expect(await code(tryPin('111222', shelf, 6_000))).toBe('pin_wrong');
  expect(await code(tryPin('840193', shelf, 20_000))).toBe('pin_wait');
  expect(await code(tryPin('840193', shelf, 40_000))).toBe('open');
});

test('the right PIN clears the count', async () => {
  await code(tryPin('111222', shelf));
  await tryPin('840193', shelf);
  await expect(tryPin('111222', shelf)).rejects.toMatchObject({ details: { left: 4 } });
});

test.each(['12345', '1234567', 'abcdef', ''])('%j is not six digits', (pin) =>
  expect(pinProblem(pin)).toBe('pin_digits'),
);
test.each(['000000', '123456', '987654', '121212', '123123'])('%s is too easy', (pin) =>
  expect(pinProblem(pin)).toBe('pin_easy'),
);
test.each(['840193', '190284'])('%s is fine', (pin) => expect(pinProblem(pin)).toBeUndefined());

test('a page closed while it compares has used its try', async () => {
  const written: number[] = [];
  const watched: PinShelf = { ...shelf, write: async (verifier) => void written.push(verifier.failures) };
  await tryPin('840193', watched);
  expect(written).toEqual([1, 0]);
});
