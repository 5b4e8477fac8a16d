import { z } from 'zod';
import {
  billOf,
  billReference,
  receiptName,
  type BillFacts,
  type Tracking,
} from '../../../app/features/books/rules.ts';
import { MOST_BILLS } from '../accounting.ts';
import { sendBills, type Ledger, type WaitingBill } from '../bills.ts';
import type { Ask } from '../database.ts';
import { defineJob, type Job, type JobContext, type JobKind } from '../jobs.ts';
import { fatal, Trouble } from '../outcome.ts';
import { openBooks, type OpenBooks, type XeroRoom } from './room.ts';
import { readEvents } from './webhook.ts';

const NOTHING = z.object({});
/** The lease of one batch, in seconds: fifty bills with five photos each are some three hundred calls. */
const BATCH_S = 900;

/** Everything that is asked of Xero. */
export const xeroErrands = (room: XeroRoom): JobKind[] => [
  defineJob({ kind: 'xero.read', payload: NOTHING, run: (job, context) => read(room, job, context) }),
  defineJob({ kind: 'xero.bills', payload: NOTHING, run: (job, context) => bills(room, job, context) }),
  defineJob({
    kind: 'xero.check',
    payload: z.object({ bill: z.string() }),
    run: (job, context) => check(room, job, context),
  }),
  defineJob({ kind: 'xero.webhook', payload: z.object({ event: z.number() }), run: (job) => heed(room, job) }),
];

function organizationOf({ organizationId }: Job): string {
  if (!organizationId) throw fatal('unexpected', 'The errand belongs to nobody.');
  return organizationId;
}

/** Reads accounts and tracking, and looks at every unpaid bill in case a hint was lost. Ordered at the sign-in and every night. */
async function read(room: XeroRoom, job: Job, context: JobContext) {
  const organization = organizationOf(job);
  const { port } = await openBooks(room, organization, context);
  const { currency } = await port.organisation();
  const accounts = await port.accounts();
  await room.ask('put_books', { organization, currency, accounts, tracking: await port.tracking() });
  for (const bill of await room.ask<string[]>('open_bills', { organization }))
    await orderCheck(room.queue, organization, bill);
  return { accounts: accounts.length };
}

const orderCheck = (queue: XeroRoom['queue'], organizationId: string, bill: string): Promise<number> =>
  queue.enqueue({ kind: 'xero.check', organizationId, payload: { bill }, dedupeKey: `check:${bill}` });

/** A bill that waits, as the database says it. */
interface Row extends Omit<BillFacts, 'money'> {
  readonly id: string;
  readonly remote_id: string | null;
  readonly refusals: number;
  readonly amount_minor: number;
  readonly currency: string;
  readonly person: { readonly id: string; readonly name: string; readonly email: string | null };
  readonly receipts: readonly { id: string; path: string; mime_type: string; byte_size: number }[];
}

/** First what is to be taken back, then what waits, fifty a time, until nothing does. */
async function bills(room: XeroRoom, job: Job, context: JobContext) {
  const organization = organizationOf(job);
  const books = await openBooks(room, organization, context);
  await takeBack(room.ask, books, organization);
  const total = { done: 0, objected: 0 };
  while (!context.signal.aborted) {
    const rows = await room.ask<Row[]>('waiting_bills', { organization, at_most: MOST_BILLS });
    if (rows.length === 0) break;
    await context.extend(BATCH_S);
    const { done, objected } = await sendBills(
      books.port,
      ledgerOf(room, rows),
      rows.map((row) => waitingBill(room, row, books.tracking)),
    );
    total.done += done;
    total.objected += objected;
  }
  return total;
}

function waitingBill({ portal_url }: XeroRoom, row: Row, tracking: readonly Tracking[]): WaitingBill {
  const { id, remote_id, refusals, person, receipts, amount_minor, currency } = row;
  const bill = billOf({ ...row, money: { amount_minor, currency } }, tracking);
  // The database lets no bill wait whose category lacks its account.
  if (typeof bill === 'string') throw fatal(bill, 'A bill waits that cannot be made.');
  const url = portal_url?.startsWith('https://') ? `${portal_url}/expenses/${row.expense_id}` : null;
  const files = receipts.map((receipt, at) => ({ ...receipt, name: receiptName(at, receipt) }));
  return { id, remote_id, refusals, payee: person, bill: { ...bill, url }, files };
}

function ledgerOf({ ask, load }: XeroRoom, rows: readonly Row[]): Ledger {
  const paths = new Map(
    rows.flatMap((row) => row.receipts.map((receipt, at) => [`${row.id}/${receiptName(at, receipt)}`, receipt.path])),
  );
  return {
    billed: (bill, remote_id) => ask('bill_written', { bill, remote_id }),
    done: (bill) => ask('bill_done', { bill }),
    objected: (bill, { code, said }) => ask('bill_refused', { bill, objection: code, said }),
    load: ({ id }, { name }) => load(paths.get(`${id}/${name}`)!),
  };
}

interface Voiding {
  readonly id: string;
  readonly expense_id: string;
  readonly round: number;
  readonly remote_id: string | null;
}

/** A bill whose answer was lost may stand without our knowing its name: it is looked for by ours. */
async function takeBack(ask: Ask, { port }: OpenBooks, organization: string): Promise<void> {
  for (const row of await ask<Voiding[]>('voiding_bills', { organization })) {
    const remote_id = row.remote_id ?? (await port.findBills([billReference(row.expense_id, row.round)]))[0]?.id;
    try {
      if (remote_id) await port.voidBill(remote_id, `void-${row.id}`);
      await ask('bill_void', { bill: row.id });
    } catch (trouble) {
      if (!(trouble instanceof Trouble) || trouble.code !== 'refused') throw trouble;
      const { code, said } = port.objection(trouble);
      await ask('bill_refused', { bill: row.id, objection: code, said });
    }
  }
}

/** Asks how a bill stands and writes it down; hints are never believed, only followed. */
async function check(room: XeroRoom, job: Job<{ bill: string }>, context: JobContext) {
  const organization = organizationOf(job);
  const { port } = await openBooks(room, organization, context);
  const bill = await port.bill(job.payload.bill);
  if (!bill) return { seen: 'gone' };
  const { id: remote_id, state, paid_on } = bill;
  return { seen: await room.ask<string>('bill_seen', { organization, remote_id, state, paid_on }) };
}

/** One telling may be of bills of several organisations, and of things we do not look at. */
async function heed({ ask, queue }: XeroRoom, { payload }: Job<{ event: number }>) {
  const [telling] = await ask<{ body: string }[]>('webhook_event', { event: payload.event });
  const events = telling ? readEvents(new TextEncoder().encode(telling.body)) : [];
  let checks = 0;
  for (const { tenant_id, resource_id } of events.filter(({ category }) => category === 'INVOICE')) {
    for (const organization of await ask<string[]>('organizations_of', { provider: 'xero', account_id: tenant_id })) {
      await orderCheck(queue, organization, resource_id);
      checks += 1;
    }
  }
  await ask('settle_event', { event: payload.event, outcome: checks > 0 ? 'done' : 'ignored' });
  return { checks };
}
