import { expect, test, vi } from 'vitest';
import type { BooksObjection } from './accounting.ts';
import { sendBills, type Ledger, type WaitingBill } from './bills.ts';
import { Trouble } from './outcome.ts';
import { xero } from './xero/adapter.ts';
import { connectedXero } from '../../supabase/local/emulators/xero/connected.ts';

// Compiling Xero's description takes a moment, on a busy machine several seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The rows of our database, as far as bills are concerned. */
function memory() {
  const remote = new Map<string, string>();
  const done = new Set<string>();
  const objections = new Map<string, BooksObjection>();
  const ledger: Ledger = {
    billed: async (id, remote_id) => void remote.set(id, remote_id),
    done: async (id) => void done.add(id),
    objected: async (id, objection) => void objections.set(id, objection),
    load: async (_, file) => new TextEncoder().encode(file.name),
  };
  return { remote, done, objections, ledger };
}

const waiting = (name: string, more: Partial<WaitingBill> = {}, account_code = '449'): WaitingBill => ({
  id: name,
  remote_id: null,
  refusals: 0,
  payee: { id: `person-${name.slice(0, 1)}`, name: `Person ${name.slice(0, 1)}`, email: null },
  bill: {
    reference: `BLP-${name}`,
    date: '2026-11-20',
    due: '2026-12-04',
    money: { amount_minor: 6420, currency: 'EUR' },
    account_code,
    description: 'Diesel',
    tracking: [],
    url: null,
  },
  files: [{ name: `${name}.jpg`, mime_type: 'image/jpeg', byte_size: 5 }],
  ...more,
});

async function opened() {
  const world = await connectedXero();
  return { ...world, port: xero(world.access), held: world.xero.state.books[0]!, memory: memory() };
}

const numbers = (held: { invoices: { InvoiceNumber?: string }[] }) =>
  held.invoices.map(({ InvoiceNumber }) => InvoiceNumber ?? '').sort((a, b) => a.localeCompare(b));

test('120 bills go in three requests, and a second run asks for nothing new', async () => {
  const { port, held, memory, calls } = await opened();
  const bills = Array.from({ length: 120 }, (_, at) => waiting(`a${at}`, { files: [] }));
  expect(await sendBills(port, memory.ledger, bills)).toEqual({ done: 120, objected: 0 });
  expect(calls.filter((call) => call === 'PUT /Invoices')).toHaveLength(3);
  expect(held.invoices).toHaveLength(120);
  await sendBills(port, memory.ledger, bills);
  expect(held.invoices).toHaveLength(120);
});

test('a bill that the books refuse holds up no other, and says what to mend', async () => {
  const { port, held, memory } = await opened();
  expect(await sendBills(port, memory.ledger, [waiting('a'), waiting('b', {}, '999'), waiting('c')])).toEqual({
    done: 2,
    objected: 1,
  });
  expect(numbers(held)).toEqual(['BLP-a', 'BLP-c']);
  expect(memory.objections.get('b')).toMatchObject({ code: 'account_unknown' });
});

test('after something was mended the same bill is asked anew, and not answered from memory', async () => {
  const { port, held, memory } = await opened();
  held.currencies = ['GBP'];
  await sendBills(port, memory.ledger, [waiting('a')]);
  expect(memory.objections.get('a')).toMatchObject({ code: 'currency_not_enabled' });
  held.currencies = ['EUR'];
  expect(await sendBills(port, memory.ledger, [waiting('a', { refusals: 1 })])).toEqual({ done: 1, objected: 0 });
});

test('an answer that is lost after the books wrote: looked up, and nobody is billed twice', async () => {
  const { port, held, memory, xero: emulator } = await opened();
  emulator.faults.add({ fault: 'timeout-after-commit', match: 'PUT /api.xro/2.0/Invoices' });
  expect(await sendBills(port, memory.ledger, [waiting('a'), waiting('b')])).toEqual({ done: 2, objected: 0 });
  expect(numbers(held)).toEqual(['BLP-a', 'BLP-b']);
  expect(memory.remote.size).toBe(2);
});

test('an answer that is lost before the books wrote: the rest waits, and goes once later', async () => {
  const { port, held, memory, xero: emulator } = await opened();
  emulator.faults.add({ fault: 'timeout', match: 'PUT /api.xro/2.0/Invoices' });
  await expect(sendBills(port, memory.ledger, [waiting('a')])).rejects.toMatchObject({ outcome: 'unknown' });
  expect(held.invoices).toHaveLength(0);
  await sendBills(port, memory.ledger, [waiting('a')]);
  expect(numbers(held)).toEqual(['BLP-a']);
});

test('a crash between the books and our row: the bill is taken over, not written again', async () => {
  const { port, held, memory } = await opened();
  const crash: Ledger = { ...memory.ledger, billed: () => Promise.reject(new Error('crash')) };
  await expect(sendBills(port, crash, [waiting('a')])).rejects.toThrow('crash');
  await sendBills(port, memory.ledger, [waiting('a')]);
  expect(numbers(held)).toEqual(['BLP-a']);
  expect(memory.done).toContain('a');
});

test.each(['minute-limit', 'day-limit', 'unavailable', 'server-error', 'timeout', 'timeout-after-commit'] as const)(
  '%s while files go: each file is there once in the end',
  async (fault) => {
    const { port, held, memory, xero: emulator } = await opened();
    const files = ['1.jpg', '2.jpg'].map((name) => ({ name, mime_type: 'image/jpeg', byte_size: 5 }));
    emulator.faults.add({ fault, match: '/Attachments/2.jpg' });
    await expect(sendBills(port, memory.ledger, [waiting('a', { files })])).rejects.toBeInstanceOf(Trouble);
    expect(memory.done).not.toContain('a');
    const again = waiting('a', { files, remote_id: memory.remote.get('a')! });
    expect(await sendBills(port, memory.ledger, [again])).toEqual({ done: 1, objected: 0 });
    const attached = Object.values(held.attachments).flat();
    expect(attached.map(({ FileName }) => FileName)).toEqual(['1.jpg', '2.jpg']);
    expect(held.invoices).toHaveLength(1);
  },
);

test('a limit stops the run at once and says when to come back', async () => {
  const { port, memory, xero: emulator, calls } = await opened();
  emulator.faults.add({ fault: 'minute-limit', match: 'PUT /api.xro/2.0/Invoices' });
  await expect(sendBills(port, memory.ledger, [waiting('a')])).rejects.toMatchObject({
    outcome: 'throttle',
    retryAfter: 17,
  });
  expect(calls.filter((call) => call === 'PUT /Invoices')).toHaveLength(1);
});

test('one request that the books cannot read is halved until the culprit is found', async () => {
  const { port, held, memory } = await opened();
  const culprit = waiting('c', {});
  const broken = { ...culprit, bill: { ...culprit.bill, tracking: [{ category_id: 'no uuid', option_id: 'x' }] } };
  expect(await sendBills(port, memory.ledger, [waiting('a'), waiting('b'), broken, waiting('d')])).toEqual({
    done: 3,
    objected: 1,
  });
  expect(numbers(held)).toEqual(['BLP-a', 'BLP-b', 'BLP-d']);
});

test('a file larger than the books take stays with us', async () => {
  const { port, held, memory } = await opened();
  const files = [{ name: 'large.pdf', mime_type: 'application/pdf', byte_size: 10 * 1024 * 1024 + 1 }];
  expect(await sendBills(port, memory.ledger, [waiting('a', { files })])).toEqual({ done: 1, objected: 0 });
  expect(Object.values(held.attachments).flat()).toEqual([]);
});

test('a photo that is lost holds up no other bill, and is told', async () => {
  const { port, held, memory } = await opened();
  const load: Ledger['load'] = async ({ id }) => {
    if (id === 'a') throw new Trouble('fatal', 'file_missing', 'lost');
    return new Uint8Array([1]);
  };
  expect(await sendBills(port, { ...memory.ledger, load }, [waiting('a'), waiting('b')])).toEqual({
    done: 1,
    objected: 1,
  });
  expect(memory.objections.get('a')).toMatchObject({ code: 'file_missing' });
  expect(numbers(held)).toEqual(['BLP-a', 'BLP-b']);
});
