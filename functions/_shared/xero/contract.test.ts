import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { AccountingPort, Bill } from '../accounting.ts';
import { xero } from './adapter.ts';
import { refresh, XERO, type XeroApplication } from './oauth.ts';
import { connectedXero } from '../../../supabase/local/emulators/xero/connected.ts';

// Compiling Xero's description takes a moment, on a busy machine several seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// One suite for whoever keeps the books: the emulator always, the real Xero when the environment lets us in.

const { XERO_CLIENT_ID, XERO_CLIENT_SECRET, XERO_REFRESH_TOKEN, XERO_TENANT_ID } = process.env;
const hasXero = Boolean(XERO_CLIENT_ID && XERO_CLIENT_SECRET && XERO_REFRESH_TOKEN && XERO_TENANT_ID);

async function realXero(): Promise<AccountingPort> {
  const app: XeroApplication = {
    ...XERO,
    client_id: XERO_CLIENT_ID!,
    client_secret: XERO_CLIENT_SECRET!,
  };
  const { access_token } = await refresh(app, XERO_REFRESH_TOKEN!);
  return xero({ api_url: XERO.api_url, tenant_id: XERO_TENANT_ID!, token: () => Promise.resolve(access_token) });
}

describe('the contract of the books, on the emulator', () =>
  contract(async () => xero((await connectedXero()).access)));

describe.skipIf(!hasXero)(
  'the contract of the books, on the real Xero (skipped, not verified: XERO_CLIENT_ID, XERO_CLIENT_SECRET, XERO_REFRESH_TOKEN and XERO_TENANT_ID are not all set)',
  () => contract(realXero),
);

function contract(open: () => Promise<AccountingPort>): void {
  let books: AccountingPort;
  let contact_id: string;
  let account_code: string;
  const run = crypto.randomUUID().slice(-12);
  const payee = { id: crypto.randomUUID(), name: `Contract ${run}`, email: 'contract@example.com' };
  const bill = (name: string, more: Partial<Bill> = {}): Bill => ({
    reference: `T-${run}-${name}`,
    contact_id,
    date: '2026-11-20',
    due: '2026-12-04',
    money: { amount_minor: 6420, currency: 'EUR' },
    account_code,
    description: 'Diesel, Graz to Vienna',
    tracking: [],
    url: null,
    ...more,
  });
  const key = () => crypto.randomUUID();

  beforeAll(async () => {
    books = await open();
    contact_id = await books.contact(payee);
    account_code = (await books.accounts()).find(({ active }) => active)!.code;
  });

  test('the organisation has a name and a currency', async () => {
    expect(await books.organisation()).toMatchObject({
      name: expect.stringMatching(/./),
      currency: expect.stringMatching(/^[A-Z]{3}$/),
    });
  });

  test('a person is one contact however often asked', async () => {
    expect(await books.contact(payee)).toBe(contact_id);
  });

  test('a bill is written to the minor unit and found by its reference', async () => {
    const [fate] = await books.createBills([bill('a')], key());
    const found = await books.findBills([bill('a').reference]);
    expect(found).toMatchObject([
      { ...fate, state: 'open', total_minor: 6420, paid_minor: 0, currency: 'EUR', paid_on: null },
    ]);
  });

  test('the same key writes the same bill once', async () => {
    const same = key();
    const [one] = await books.createBills([bill('b')], same);
    const [other] = await books.createBills([bill('b')], same);
    expect(other).toEqual(one);
    expect(await books.findBills([bill('b').reference])).toHaveLength(1);
  });

  test('each bill of a batch has its own fate, and the objection has a name', async () => {
    const fates = await books.createBills([bill('c'), bill('d', { account_code: 'no-such' })], key());
    expect(fates).toMatchObject([{ id: expect.any(String) }, { objection: { code: 'account_unknown' } }]);
  });

  test('a file is there once, by its name', async () => {
    const [fate] = await books.createBills([bill('e')], key());
    const { id } = fate as { id: string };
    const file = {
      name: 'receipt-1.pdf',
      mime_type: 'application/pdf',
      data: new TextEncoder().encode('%PDF-1.4\n%%EOF\n'),
    };
    await books.attach(id, file, key());
    await books.attach(id, file, key());
    expect(await books.files(id)).toEqual(['receipt-1.pdf']);
  });

  test('a void bill is no longer found, and voiding it again is no error', async () => {
    const [fate] = await books.createBills([bill('f')], key());
    const { id } = fate as { id: string };
    await books.voidBill(id, key());
    await books.voidBill(id, key());
    expect(await books.bill(id)).toMatchObject({ state: 'void' });
    expect(await books.findBills([bill('f').reference])).toEqual([]);
  });

  test('what the books do not know is undefined', async () => {
    expect(await books.bill(crypto.randomUUID())).toBeUndefined();
  });
}
