import { expect, test, vi } from 'vitest';
import type { Bill } from '../accounting.ts';
import { Trouble } from '../outcome.ts';
import { dayOf, xero } from './adapter.ts';
import { exactJson, Exact, minorOf } from './exact.ts';
import { disconnect, connections, consentUrl, redeem, refresh } from './oauth.ts';
import { connectedXero, letIn } from '../../../supabase/local/emulators/xero/connected.ts';
import { allow, APPLICATION } from '../../../supabase/local/emulators/xero/testing.ts';

// Compiling Xero's description takes a moment, on a busy machine several seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const bill = (contact_id: string, more: Partial<Bill> = {}): Bill => ({
  reference: 'BLP-1',
  contact_id,
  date: '2026-11-20',
  due: '2026-12-04',
  money: { amount_minor: 6420, currency: 'EUR' },
  account_code: '449',
  description: 'Diesel',
  tracking: [],
  url: 'https://portal.test/expenses/1',
  ...more,
});
const payee = { id: 'a0000000-0000-4000-8000-000000000001', name: 'Mara Vogt', email: 'mara@example.com' };

async function opened() {
  const world = await connectedXero();
  const books = xero(world.access);
  const contact = await books.contact(payee);
  return { ...world, books, contact, held: world.xero.state.books[0]! };
}

const troubleOf = async (work: Promise<unknown>): Promise<Trouble> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Trouble);
  return thrown as Trouble;
};

test.each([
  [6420, 'EUR', 64.2],
  [9_999_999_999, 'EUR', 99_999_999.99],
  [1, 'EUR', 0.01],
  [12_345, 'JPY', 12_345],
  [1_001, 'KWD', 1.001],
])('%i minor units of %s arrive as %d', async (amount_minor, currency, written) => {
  const { books, contact, held } = await opened();
  await books.createBills([bill(contact, { money: { amount_minor, currency } })], 'k');
  expect(held.invoices[0]!.LineItems[0]!.UnitAmount).toBe(written);
});

test('sums travel digit by digit, and a mark that somebody typed is no number', () => {
  expect(exactJson({ a: new Exact('90071992547409.91'), b: '\u000112\u0001' })).toBe(
    '{"a":90071992547409.91,"b":"12"}',
  );
  expect(minorOf(64.2, 'EUR')).toBe(6420);
  expect(minorOf(1.001, 'KWD')).toBe(1001);
  expect(minorOf(12_345, 'JPY')).toBe(12_345);
});

test('days are read in both ways that Xero writes them', () => {
  expect(dayOf('/Date(1795478400000+0000)/')).toBe('2026-11-24');
  expect(dayOf('2026-11-24T00:00:00')).toBe('2026-11-24');
});

test('two people of one name are two contacts, and a contact the bookkeeper made is taken over', async () => {
  const { books, contact, held } = await opened();
  const twin = await books.contact({ ...payee, id: 'a0000000-0000-4000-8000-000000000002' });
  expect(twin).not.toBe(contact);
  expect(held.contacts.map(({ Name }) => Name)).toEqual(['Mara Vogt', 'Mara Vogt (mara@example.com)']);
  held.contacts.push({
    ContactID: 'c1000000-0000-4000-8000-000000000001',
    ContactStatus: 'ACTIVE',
    Name: 'Jo "JJ" Berg',
  });
  expect(await books.contact({ ...payee, id: 'a0000000-0000-4000-8000-000000000003', name: 'Jo "JJ" Berg' })).toBe(
    'c1000000-0000-4000-8000-000000000001',
  );
});

test.each([
  ['minute-limit', 'throttle', 'limit_minute', 17],
  ['day-limit', 'throttle', 'limit_day', 3_600],
  ['bad-request', 'fatal', 'refused', undefined],
  ['unauthorized', 'fatal', 'sign_in_again', undefined],
  ['server-error', 'unknown', 'server_error', undefined],
  ['unavailable', 'retry', 'unavailable', undefined],
  ['timeout', 'unknown', 'timed_out', undefined],
  ['timeout-after-commit', 'unknown', 'timed_out', undefined],
] as const)('%s while writing means %s', async (fault, outcome, code, retryAfter) => {
  const { books, contact, xero: emulator } = await opened();
  emulator.faults.add({ fault, match: 'PUT /api.xro/2.0/Invoices', times: 2 });
  expect(await troubleOf(books.createBills([bill(contact)], 'k'))).toMatchObject({ outcome, code, retryAfter });
});

test.each(['server-error', 'timeout'] as const)('%s while reading can be repeated blindly', async (fault) => {
  const { books, xero: emulator } = await opened();
  emulator.faults.add({ fault, match: 'GET' });
  expect(await troubleOf(books.tracking())).toMatchObject({ outcome: 'retry' });
});

test('a token that ran out is renewed once, and the call goes through', async () => {
  const { access, app, clock, fetch: ask } = await connectedXero();
  let tokens = await letIn(app, ask);
  const asked: boolean[] = [];
  const token = async (renew: boolean) => {
    asked.push(renew);
    if (renew) tokens = await refresh(app, tokens.refresh_token);
    return tokens.access_token;
  };
  const books = xero({ ...access, token });
  clock.now += 31 * 60_000;
  expect((await books.organisation()).name).toBe('Northlight Books (demo)');
  expect(asked).toEqual([false, true]);
});

test('a permission that was taken back is for a person to give again', async () => {
  const { app, fetch: ask, xero: emulator } = await connectedXero();
  const tokens = await letIn(app, ask);
  emulator.revokeAll();
  expect(await troubleOf(refresh(app, tokens.refresh_token))).toMatchObject({
    outcome: 'fatal',
    code: 'sign_in_again',
  });
});

test('an organisation that was let go is out of reach', async () => {
  const { app, access, fetch: ask } = await connectedXero();
  const { access_token } = await letIn(app, ask);
  const [connection] = await connections(app, access_token);
  await disconnect(app, access_token, connection!.id);
  await disconnect(app, access_token, connection!.id);
  const books = xero({ ...access, token: () => Promise.resolve(access_token) });
  expect(await troubleOf(books.accounts())).toMatchObject({ outcome: 'fatal', code: 'sign_in_again' });
});

test('another state makes another verifier, and a code is good once', async () => {
  const { app, fetch: ask } = await connectedXero();
  const redirect_uri = APPLICATION.redirectUris[0]!;
  const codeFor = async (state: string) =>
    (await allow(ask, (await consentUrl(app, state, redirect_uri)).href)).searchParams.get('code')!;
  const stolen = redeem(app, { code: await codeFor('one'), state: 'other', redirect_uri });
  expect(await troubleOf(stolen)).toMatchObject({ outcome: 'fatal' });
  const back = { code: await codeFor('one'), state: 'one', redirect_uri };
  await redeem(app, back);
  expect(await troubleOf(redeem(app, back))).toMatchObject({ outcome: 'fatal' });
});

test('whoever presses Cancel comes back without a code', async () => {
  const { app, fetch: ask } = await connectedXero();
  const consent = await consentUrl(app, 'one', APPLICATION.redirectUris[0]!);
  const back = await allow(ask, consent.href, undefined, 'deny');
  expect(Object.fromEntries(back.searchParams)).toEqual({ state: 'one', error: 'access_denied' });
});

test.each([
  ['the account was archived', { account_code: '429' }, 'account_archived'],
  ['the account is unknown', { account_code: '4490' }, 'account_unknown'],
  ['the currency is not set up', { money: { amount_minor: 100, currency: 'PLN' } }, 'currency_not_enabled'],
  ['the period is locked', { date: '2025-12-31' }, 'period_locked'],
  [
    'the option is gone',
    { tracking: [{ category_id: crypto.randomUUID(), option_id: crypto.randomUUID() }] },
    'tracking_archived',
  ],
])('%s: the objection says so', async (_, wrong, code) => {
  const { books, contact, held } = await opened();
  held.accounts.find(({ Code }) => Code === '429')!.Status = 'ARCHIVED';
  held.lockDate = '2025-12-31';
  const [fate] = await books.createBills([bill(contact, wrong)], 'k');
  expect(fate).toMatchObject({ objection: { code } });
});

test('a paid bill is not voided', async () => {
  const { books, contact, xero: emulator } = await opened();
  const [fate] = await books.createBills([bill(contact)], 'k');
  const { id } = fate as { id: string };
  emulator.pay(id, '2026-11-24');
  expect(await books.bill(id)).toMatchObject({ state: 'paid', paid_on: '2026-11-24', paid_minor: 6420 });
  expect(await troubleOf(books.voidBill(id, 'v'))).toMatchObject({ outcome: 'fatal', code: 'refused' });
});
