import { addDays, type LocalDate } from '../../kernel/day.ts';
import { decimalText, type Money } from '../../kernel/money.ts';

/** How long after the approval a bill is due, in days. */
export const DAYS_TO_PAY = 14;
/** The longest description a line of a bill takes. */
export const LONGEST_LINE = 4_000;
/** The most bills one import file carries. */
export const MOST_BILLS_A_FILE = 500;
/** The most tracking categories one line of a bill has. */
const MOST_TRACKING = 2;

/** Everything about an approved claim that its bill is made from. */
export interface BillFacts {
  readonly expense_id: string;
  /** 1 for the first bill of a claim; a claim that was approved again after its bill was void gets the next. */
  readonly round: number;
  readonly money: Money;
  readonly expense_date: LocalDate;
  readonly approved_on: LocalDate;
  readonly merchant: string | null;
  readonly description: string | null;
  readonly category: string | null;
  readonly account_code: string | null;
  readonly tour: string | null;
  readonly show: string | null;
}

/** Something the books keep apart, such as tours, with its choices. */
export interface Tracking {
  readonly id: string;
  readonly name: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
}

/** A choice that a claim belongs to. */
export interface TrackingChoice {
  readonly category_id: string;
  readonly option_id: string;
  readonly category: string;
  readonly option: string;
}

/** A bill as any books would take it. */
export interface BillDraft {
  readonly reference: string;
  readonly date: LocalDate;
  readonly due: LocalDate;
  readonly money: Money;
  readonly account_code: string;
  readonly description: string;
  readonly tracking: readonly TrackingChoice[];
}

/** What keeps a claim from becoming a bill before anybody is asked; words.ts has the sentences. */
export type BillHindrance = 'no_category' | 'no_account';

/** The name of a claim in the books. Twelve random digits of its id: short enough to type, and no two in an organisation alike. */
export const billReference = (expense_id: string, round = 1): string =>
  `BLP-${expense_id.slice(-12).toUpperCase()}${round > 1 ? `-${round}` : ''}`;

/** The bill of an approved claim, or what a person must mend first. */
export function billOf(facts: BillFacts, tracking: readonly Tracking[]): BillDraft | BillHindrance {
  if (facts.category === null) return 'no_category';
  if (!facts.account_code) return 'no_account';
  return {
    reference: billReference(facts.expense_id, facts.round),
    date: facts.expense_date,
    due: addDays(facts.approved_on, DAYS_TO_PAY),
    money: facts.money,
    account_code: facts.account_code,
    description: lineText(facts),
    tracking: trackingFor([facts.tour, facts.show], tracking),
  };
}

/** What a bookkeeper reads on the line: where, what for, which kind, which tour and show. */
export function lineText({ merchant, description, category, tour, show }: BillFacts): string {
  const what = [merchant, description].filter(Boolean).join(': ');
  const belongs = [category, tour, show].filter(Boolean).join(', ');
  return [what, belongs && `(${belongs})`].filter(Boolean).join(' ').slice(0, LONGEST_LINE);
}

const key = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');

/** In each of the books' tracking categories the choice that has the name of the claim's tour or show. */
export function trackingFor(names: readonly (string | null)[], tracking: readonly Tracking[]): TrackingChoice[] {
  const wanted = names.flatMap((name) => (name ? [key(name)] : []));
  const found = tracking.flatMap(({ id, name, options }) => {
    const option = wanted.flatMap((one) => options.filter((option) => key(option.name) === one))[0];
    return option ? [{ category_id: id, option_id: option.id, category: name, option: option.name }] : [];
  });
  return found.slice(0, MOST_TRACKING);
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
};

/** The name of a receipt at a stranger's: always the same, so that it is there once however often it is sent. */
export const receiptName = (at: number, { id, mime_type }: { id: string; mime_type: string }): string =>
  `receipt-${at + 1}-${id.slice(-8)}.${EXTENSIONS[mime_type] ?? 'bin'}`;

/** How the organisation's Xero writes days. */
export type DayOrder = 'day-first' | 'month-first';

/** A claim on its way into an import file. */
export interface CsvClaim extends BillFacts {
  readonly contact: string;
  readonly email: string | null;
  /** The tax rate's name; the account's own when the books are known. */
  readonly tax_name: string | null;
}

/** How an import file is to be written. */
export interface CsvOptions {
  readonly order: DayOrder;
  /** The tax rate of accounts of which nothing is known. */
  readonly tax_name: string;
  readonly tracking: readonly Tracking[];
}

/** Import files, and the claims that cannot be in one yet. */
export interface CsvExport {
  readonly files: readonly { readonly name: string; readonly text: string; readonly bills: number }[];
  readonly left_out: readonly { readonly expense_id: string; readonly why: BillHindrance }[];
}

const COLUMNS = [
  '*ContactName',
  'EmailAddress',
  'POAddressLine1',
  'POAddressLine2',
  'POAddressLine3',
  'POAddressLine4',
  'POCity',
  'PORegion',
  'POPostalCode',
  'POCountry',
  '*InvoiceNumber',
  'Reference',
  '*InvoiceDate',
  '*DueDate',
  'Total',
  'InventoryItemCode',
  '*Description',
  '*Quantity',
  '*UnitAmount',
  'Discount',
  '*AccountCode',
  '*TaxType',
  'TaxAmount',
  'TrackingName1',
  'TrackingOption1',
  'TrackingName2',
  'TrackingOption2',
  'Currency',
] as const;

type Column = (typeof COLUMNS)[number];

/** The claims as files for Xero's bill import, at most 500 bills each. */
export function xeroCsv(claims: readonly CsvClaim[], options: CsvOptions, day: LocalDate): CsvExport {
  const drafts = claims.map((claim) => ({ claim, bill: billOf(claim, options.tracking) }));
  const left_out = drafts.flatMap(({ claim, bill }) =>
    typeof bill === 'string' ? [{ expense_id: claim.expense_id, why: bill }] : [],
  );
  const lines = drafts.flatMap(({ claim, bill }) => (typeof bill === 'string' ? [] : [csvLine(claim, bill, options)]));
  const parts = Array.from({ length: Math.ceil(lines.length / MOST_BILLS_A_FILE) }, (_, at) =>
    lines.slice(at * MOST_BILLS_A_FILE, (at + 1) * MOST_BILLS_A_FILE),
  );
  const files = parts.map((part, at) => ({
    name: parts.length > 1 ? `xero-bills-${day}-${at + 1}-of-${parts.length}.csv` : `xero-bills-${day}.csv`,
    text: [COLUMNS.join(','), ...part, ''].join('\r\n'),
    bills: part.length,
  }));
  return { files, left_out };
}

function csvLine(claim: CsvClaim, bill: BillDraft, options: CsvOptions): string {
  const [first, second] = bill.tracking;
  const cells: Partial<Record<Column, string>> = {
    '*ContactName': plain(claim.contact),
    EmailAddress: plain(claim.email ?? ''),
    '*InvoiceNumber': bill.reference,
    Reference: bill.reference,
    '*InvoiceDate': csvDay(bill.date, options.order),
    '*DueDate': csvDay(bill.due, options.order),
    Total: decimalText(bill.money),
    '*Description': plain(bill.description),
    '*Quantity': '1',
    '*UnitAmount': decimalText(bill.money),
    '*AccountCode': plain(bill.account_code),
    '*TaxType': plain(claim.tax_name ?? options.tax_name),
    TrackingName1: plain(first?.category ?? ''),
    TrackingOption1: plain(first?.option ?? ''),
    TrackingName2: plain(second?.category ?? ''),
    TrackingOption2: plain(second?.option ?? ''),
    Currency: bill.money.currency,
  };
  return COLUMNS.map((column) => quoted(cells[column] ?? '')).join(',');
}

function csvDay(date: LocalDate, order: DayOrder): string {
  const [year, month, day] = date.split('-');
  return order === 'day-first' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
}

/** A text that a spreadsheet would read as a formula is made a text. */
const plain = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A receipt on its way to Hubdoc. */
export interface HubdocReceipt {
  readonly id: string;
  readonly mime_type: string;
  readonly path: string;
}

/** One mail for Hubdoc: it takes one document a mail. */
export interface HubdocMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly file: { readonly name: string; readonly mime_type: string; readonly path: string };
}

/** The mails that bring a claim's receipts to an organisation's Hubdoc, one for each. */
export function hubdocMails(
  intake: string,
  facts: BillFacts,
  person: string,
  receipts: readonly HubdocReceipt[],
): HubdocMail[] {
  const reference = billReference(facts.expense_id, facts.round);
  const sum = `${decimalText(facts.money)} ${facts.money.currency}`;
  const subject = oneLine([reference, facts.merchant, sum].filter(Boolean).join(' '));
  const text = [lineText(facts), `${facts.expense_date}, ${sum}`, `Claimed by ${person}`].map(oneLine).join('\n');
  return receipts.map((receipt, at) => ({
    to: intake,
    subject: receipts.length > 1 ? `${subject} (${at + 1}/${receipts.length})` : subject,
    text,
    file: { name: receiptName(at, receipt), mime_type: receipt.mime_type, path: receipt.path },
  }));
}

/** A line break in a subject would begin another header. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();
