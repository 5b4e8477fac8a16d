import { decimalText } from '../../../app/kernel/money.ts';
import type { AccountingPort, Bill, BillFate, BooksAccount, BooksBill, BooksTracking, Payee } from '../accounting.ts';
import { Trouble, unknown } from '../outcome.ts';
import { Exact, minorOf } from './exact.ts';
import { objectionOf } from './objections.ts';
import { saidIn, speak, type XeroAccess } from './transport.ts';
import type { Account, Attachment, Contact, Invoice, TaxRate, TrackingCategory } from './wire.ts';

/** The books of one Xero organisation. By `fetch`, because every GET of `xero-node` fails on the hosted runtime's Deno 2.1.4. */
export const xero = (access: XeroAccess): AccountingPort => ({
  organisation: () => organisation(access),
  accounts: () => accounts(access),
  tracking: () => tracking(access),
  contact: (payee) => contact(access, payee),
  objection: (trouble) => objectionOf(saidIn(trouble)),
  createBills: (bills, key) => createBills(access, bills, key),
  findBills: (references) => findBills(access, references),
  bill: (id) => bill(access, id),
  voidBill: (id, key) => voidBill(access, id, key),
  files: (billId) => files(access, billId),
  attach: async (billId, { name, mime_type, data }, key) => {
    const path = `/Invoices/${billId}/Attachments/${encodeURIComponent(name)}`;
    await speak(access, { method: 'PUT', path, file: { mime_type, data }, key });
  },
});

async function organisation(access: XeroAccess) {
  type Answer = { Organisations: { Name?: string; BaseCurrency?: string }[] };
  const [found] = (await speak<Answer>(access, { method: 'GET', path: '/Organisation' })).Organisations;
  return { name: found?.Name ?? '', currency: found?.BaseCurrency ?? '' };
}

async function accounts(access: XeroAccess): Promise<BooksAccount[]> {
  const query = { where: 'Class=="EXPENSE"', order: 'Code' };
  const { Accounts } = await speak<{ Accounts: Account[] }>(access, { method: 'GET', path: '/Accounts', query });
  const { TaxRates } = await speak<{ TaxRates: TaxRate[] }>(access, { method: 'GET', path: '/TaxRates' });
  const names = new Map(TaxRates.map(({ TaxType, Name }) => [TaxType, Name]));
  return Accounts.flatMap(({ Code, Name = '', Status, TaxType }) =>
    Code
      ? [
          {
            code: Code,
            name: Name,
            active: Status === 'ACTIVE',
            tax_type: TaxType ?? null,
            tax_name: names.get(TaxType) ?? null,
          },
        ]
      : [],
  );
}

async function tracking(access: XeroAccess): Promise<BooksTracking[]> {
  type Answer = { TrackingCategories: TrackingCategory[] };
  const { TrackingCategories } = await speak<Answer>(access, { method: 'GET', path: '/TrackingCategories' });
  return TrackingCategories.map(({ TrackingCategoryID = '', Name = '', Options = [] }) => ({
    id: TrackingCategoryID,
    name: Name,
    options: Options.filter(({ Status }) => Status === 'ACTIVE').map((option) => ({
      id: option.TrackingOptionID ?? '',
      name: option.Name ?? '',
    })),
  }));
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** First by our number; then by name, unless that contact is somebody else of ours; else it is made. */
async function contact(access: XeroAccess, payee: Payee): Promise<string> {
  const byNumber = await contactsWhere(access, `ContactNumber==${quoted(payee.id)}`);
  if (byNumber[0]?.ContactID) return byNumber[0].ContactID;
  const [namesake] = await contactsWhere(access, `Name==${quoted(payee.name)}`);
  if (namesake?.ContactID && !namesake.ContactNumber) return namesake.ContactID;
  return createContact(access, payee, namesake ? `${payee.name} (${payee.email ?? payee.id.slice(0, 8)})` : payee.name);
}

async function contactsWhere(access: XeroAccess, where: string): Promise<Contact[]> {
  const { Contacts } = await speak<{ Contacts: Contact[] }>(access, {
    method: 'GET',
    path: '/Contacts',
    query: { where },
  });
  return Contacts;
}

async function createContact(access: XeroAccess, payee: Payee, name: string): Promise<string> {
  const made = { ContactNumber: payee.id, Name: name, ...(payee.email ? { EmailAddress: payee.email } : {}) };
  const answer = await speak<{ Contacts: Contact[] }>(access, {
    method: 'PUT',
    path: '/Contacts',
    json: { Contacts: [made] },
    key: `contact-${payee.id}`,
  });
  return answer.Contacts[0]!.ContactID!;
}

async function createBills(access: XeroAccess, bills: readonly Bill[], key: string): Promise<BillFate[]> {
  const { Invoices } = await speak<{ Invoices: Invoice[] }>(access, {
    method: 'PUT',
    path: '/Invoices',
    // Each bill has its own fate, and unit prices may have the three decimal places that some currencies have.
    query: { summarizeErrors: 'false', unitdp: '4' },
    json: { Invoices: bills.map(invoiceOf) },
    key,
  });
  if (Invoices.length !== bills.length) throw unknown('answer_unreadable', 'Xero answered about other bills.');
  return bills.map(({ reference }, at) => fateOf(reference, Invoices[at]!));
}

function invoiceOf(bill: Bill): object {
  const { reference, contact_id, date, due, money, account_code, description, url } = bill;
  return {
    Type: 'ACCPAY',
    Status: 'AUTHORISED',
    Contact: { ContactID: contact_id },
    InvoiceNumber: reference,
    Date: date,
    DueDate: due,
    CurrencyCode: money.currency,
    LineAmountTypes: 'Inclusive',
    ...(url ? { Url: url } : {}),
    LineItems: [
      {
        Description: description,
        Quantity: new Exact('1'),
        UnitAmount: new Exact(decimalText(money)),
        AccountCode: account_code,
        Tracking: bill.tracking.map(({ category_id, option_id }) => ({
          TrackingCategoryID: category_id,
          TrackingOptionID: option_id,
        })),
      },
    ],
  };
}

function fateOf(reference: string, invoice: Invoice): BillFate {
  const { InvoiceID, StatusAttributeString, ValidationErrors = [] } = invoice;
  if (InvoiceID && StatusAttributeString !== 'ERROR') return { reference, id: InvoiceID };
  return { reference, objection: objectionOf(ValidationErrors.map(({ Message }) => Message ?? '')) };
}

async function findBills(access: XeroAccess, references: readonly string[]): Promise<BooksBill[]> {
  if (references.length === 0) return [];
  const query = { InvoiceNumbers: references.join(','), Statuses: 'DRAFT,SUBMITTED,AUTHORISED,PAID', page: '1' };
  const { Invoices } = await speak<{ Invoices: Invoice[] }>(access, { method: 'GET', path: '/Invoices', query });
  return Invoices.filter(({ Type }) => Type === 'ACCPAY').map(billOf);
}

async function bill(access: XeroAccess, id: string): Promise<BooksBill | undefined> {
  try {
    const { Invoices } = await speak<{ Invoices: Invoice[] }>(access, { method: 'GET', path: `/Invoices/${id}` });
    return Invoices[0] && billOf(Invoices[0]);
  } catch (trouble) {
    if (trouble instanceof Trouble && trouble.code === 'gone') return undefined;
    throw trouble;
  }
}

const STATES: Readonly<Record<string, BooksBill['state']>> = {
  DRAFT: 'draft',
  SUBMITTED: 'draft',
  AUTHORISED: 'open',
  PAID: 'paid',
  VOIDED: 'void',
  DELETED: 'void',
};

function billOf(invoice: Invoice): BooksBill {
  const { InvoiceID = '', InvoiceNumber = '', Status = '', CurrencyCode = '', Total = 0 } = invoice;
  const { AmountPaid = 0, AmountCredited = 0, FullyPaidOnDate } = invoice;
  const minor = (value: number) => minorOf(value, CurrencyCode);
  return {
    id: InvoiceID,
    reference: InvoiceNumber,
    state: STATES[Status] ?? 'draft',
    paid_on: FullyPaidOnDate ? dayOf(FullyPaidOnDate) : null,
    total_minor: minor(Total),
    paid_minor: minor(AmountPaid) + minor(AmountCredited),
    currency: CurrencyCode,
  };
}

/** Xero writes a day as midnight in no zone, `/Date(1518685950940+0000)/`, or as ISO 8601. */
export function dayOf(text: string): string {
  const ms = /^\/Date\((-?\d+)/.exec(text)?.[1];
  return ms === undefined ? text.slice(0, 10) : new Date(Number(ms)).toISOString().slice(0, 10);
}

async function voidBill(access: XeroAccess, id: string, key: string): Promise<void> {
  const now = await bill(access, id);
  if (!now || now.state === 'void') return;
  const Status = now.state === 'draft' ? 'DELETED' : 'VOIDED';
  await speak(access, {
    method: 'POST',
    path: `/Invoices/${id}`,
    json: { Invoices: [{ InvoiceID: id, Status }] },
    key,
  });
}

async function files(access: XeroAccess, billId: string): Promise<string[]> {
  const path = `/Invoices/${billId}/Attachments`;
  const { Attachments } = await speak<{ Attachments: Attachment[] }>(access, { method: 'GET', path });
  return Attachments.flatMap(({ FileName }) => (FileName ? [FileName] : []));
}
