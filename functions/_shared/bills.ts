import { sha256 } from '../../app/kernel/digest.ts';
import type { AccountingPort, Bill, BillFate, BooksFile, BooksObjection, Payee } from './accounting.ts';
import { LARGEST_BOOKS_FILE, MOST_BILLS } from './accounting.ts';
import { Trouble, unknown } from './outcome.ts';

/** A file of a claim before its bytes are fetched. */
export interface WaitingFile {
  readonly name: string;
  readonly mime_type: string;
  readonly byte_size: number;
}

/** A bill that waits for its way into the books, with everything it takes. */
export interface WaitingBill {
  /** Our row. */
  readonly id: string;
  /** The books' name, once they have it; then only files are missing. */
  readonly remote_id: string | null;
  /** How often the books have said no: after something was mended the same bill is a new question. */
  readonly refusals: number;
  readonly payee: Payee;
  readonly bill: Omit<Bill, 'contact_id'>;
  readonly files: readonly WaitingFile[];
}

/** Where every step is written down as soon as it is done, so that whoever goes on after a crash does none of them again. */
export interface Ledger {
  /** The books have the bill. */
  billed(id: string, remote_id: string): Promise<void>;
  /** The books have its files too: nothing is left to do. */
  done(id: string): Promise<void>;
  /** The books do not take it; a person must act. */
  objected(id: string, objection: BooksObjection): Promise<void>;
  load(bill: WaitingBill, file: WaitingFile): Promise<Uint8Array<ArrayBuffer>>;
}

/** How a batch went; numbers only. */
export interface BillsReport {
  readonly done: number;
  readonly objected: number;
}

interface Round {
  readonly port: AccountingPort;
  readonly ledger: Ledger;
  /** The books' names of bills, ours first. */
  readonly remote: Map<string, string>;
  objected: number;
}

/**
 * Writes bills into the books with their files, each once: what the books have already is taken over, what may have been
 * written is looked up. Throws `Trouble` when the rest must wait; what was done until then is written down.
 */
export async function sendBills(
  port: AccountingPort,
  ledger: Ledger,
  bills: readonly WaitingBill[],
): Promise<BillsReport> {
  const round: Round = { port, ledger, remote: new Map(), objected: 0 };
  for (const { id, remote_id } of bills) if (remote_id) round.remote.set(id, remote_id);
  for (let at = 0; at < bills.length; at += MOST_BILLS) await sendBatch(round, bills.slice(at, at + MOST_BILLS));
  let done = 0;
  for (const bill of bills) if (await sendFiles(round, bill)) done += 1;
  return { done, objected: round.objected };
}

async function sendBatch(round: Round, batch: readonly WaitingBill[]): Promise<void> {
  await takeOver(round, batch);
  await create(
    round,
    await withContacts(
      round,
      batch.filter((bill) => isMissing(round, bill)),
    ),
  );
}

const isMissing = ({ remote }: Round, { id }: WaitingBill): boolean => !remote.has(id);

async function create(round: Round, named: readonly Named[]): Promise<void> {
  if (named.length === 0) return;
  try {
    const bills = named.map(({ bill }) => bill);
    await settle(round, named, await round.port.createBills(bills, await keyOf(named)));
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    if (trouble.outcome === 'unknown') await lookAgain(round, named, trouble);
    else if (trouble.code === 'refused') await findCulprit(round, named, trouble);
    else throw trouble;
  }
}

/** The answer was lost. What the books have is taken over; the rest waits, because it may still be on its way. */
async function lookAgain(round: Round, named: readonly Named[], trouble: Trouble): Promise<void> {
  await takeOver(
    round,
    named.map(({ waiting }) => waiting),
  );
  if (named.some(({ waiting }) => isMissing(round, waiting))) throw trouble;
}

/** The books refused the request as a whole: by halves the bill is found that they cannot read, and the others go. */
async function findCulprit(round: Round, named: readonly Named[], trouble: Trouble): Promise<void> {
  const [only] = named;
  if (named.length === 1) return object(round, only!.waiting.id, round.port.objection(trouble));
  const half = Math.ceil(named.length / 2);
  await create(round, named.slice(0, half));
  await create(round, named.slice(half));
}

/** Bills that the books have under our reference are ours, whether or not their answer ever reached us. */
async function takeOver({ port, ledger, remote }: Round, batch: readonly WaitingBill[]): Promise<void> {
  const missing = batch.filter(({ id }) => !remote.has(id));
  const found = await port.findBills(missing.map(({ bill }) => bill.reference));
  for (const { id, bill } of missing) {
    const known = found.find(({ reference }) => reference === bill.reference);
    if (!known) continue;
    remote.set(id, known.id);
    await ledger.billed(id, known.id);
  }
}

interface Named {
  readonly waiting: WaitingBill;
  readonly bill: Bill;
}

/** Asks for each person once. A person whom the books refuse holds up nobody else's bill. */
async function withContacts(round: Round, batch: readonly WaitingBill[]): Promise<Named[]> {
  const contacts = new Map<string, string | BooksObjection>();
  const named: Named[] = [];
  for (const waiting of batch) {
    const { payee } = waiting;
    const contact = contacts.get(payee.id) ?? (await contactOf(round, payee));
    contacts.set(payee.id, contact);
    if (typeof contact === 'string') named.push({ waiting, bill: { ...waiting.bill, contact_id: contact } });
    else await object(round, waiting.id, contact);
  }
  return named;
}

async function contactOf({ port }: Round, payee: Payee): Promise<string | BooksObjection> {
  try {
    return await port.contact(payee);
  } catch (trouble) {
    if (trouble instanceof Trouble && trouble.code === 'refused') return port.objection(trouble);
    throw trouble;
  }
}

async function settle(round: Round, named: readonly Named[], fates: readonly BillFate[]): Promise<void> {
  for (const { waiting, bill } of named) {
    const fate = fates.find(({ reference }) => reference === bill.reference);
    if (!fate) throw unknown('answer_unreadable', 'The books answered about other bills.');
    if ('objection' in fate) {
      await object(round, waiting.id, fate.objection);
    } else {
      round.remote.set(waiting.id, fate.id);
      await round.ledger.billed(waiting.id, fate.id);
    }
  }
}

async function object(round: Round, id: string, objection: BooksObjection): Promise<void> {
  round.objected += 1;
  await round.ledger.objected(id, objection);
}

/** Adds the files that the bill lacks; true once none is missing. */
async function sendFiles(round: Round, waiting: WaitingBill): Promise<boolean> {
  const remote_id = round.remote.get(waiting.id);
  if (remote_id === undefined) return false;
  try {
    await addFiles(round, waiting, remote_id);
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    if (trouble.code === 'file_missing') await object(round, waiting.id, { code: 'file_missing', said: '' });
    else if (trouble.code !== 'refused') throw trouble;
    else await object(round, waiting.id, { ...round.port.objection(trouble), code: 'file_refused' });
    return false;
  }
  await round.ledger.done(waiting.id);
  return true;
}

async function addFiles({ port, ledger }: Round, waiting: WaitingBill, remote_id: string): Promise<void> {
  const there = new Set(waiting.files.length > 0 ? await port.files(remote_id) : []);
  for (const file of waiting.files) {
    if (there.has(file.name) || file.byte_size > LARGEST_BOOKS_FILE) continue;
    const sent: BooksFile = { ...file, data: await ledger.load(waiting, file) };
    await port.attach(remote_id, sent, `${waiting.id}-${file.name}`.slice(0, 128));
  }
}

/** The same bills make the same key; bills that changed since make another. */
async function keyOf(named: readonly Named[]): Promise<string> {
  const asked = named.map(({ waiting, bill }) => [waiting.refusals, bill]);
  return `bills-${await sha256(JSON.stringify(asked))}`;
}
