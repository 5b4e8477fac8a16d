import { createHash, randomUUID } from 'node:crypto';
import { writeContact } from './contacts.ts';
import { scaled, shownInvoice, writeInvoice, type Written } from './invoices.ts';
import { badRequest, json, msDate, validationFailed } from './replies.ts';
import { SCALE, type Attachment, type Books, type Payment, type Sent } from './state.ts';
import { readWhere } from './where.ts';

/** One call to the books after its form has been checked. */
export interface Call {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly now: number;
  /** Tells subscribers that a document changed. */
  readonly changed: (invoiceId: string, type: 'CREATE' | 'UPDATE') => void;
}

type Handler = (books: Books, call: Call) => Response;

/** Xero advises at most this many documents a request. */
const MOST_DOCUMENTS = 50;
const PAGE = 100;
const MOST_ATTACHMENTS = 10;
const LARGEST_ATTACHMENT = 10 * 1024 * 1024;

/** What the books answer, by the names of Xero's own description. */
export const handlers: Readonly<Record<string, Handler>> = {
  getOrganisations: (books) => json(200, { Organisations: [organisation(books)] }),
  getAccounts: (books, call) => list('Accounts', books.accounts, call),
  getAccount: (books, { params }) =>
    one(
      'Accounts',
      books.accounts.find(({ AccountID }) => AccountID === params['AccountID']),
    ),
  getTaxRates: (_, call) => list('TaxRates', TAX_RATES, call),
  getCurrencies: (books, call) =>
    list(
      'Currencies',
      books.currencies.map((Code) => ({ Code })),
      call,
    ),
  getTrackingCategories: (books, call) =>
    list(
      'TrackingCategories',
      books.tracking.filter(({ Status }) => includes(call) || Status === 'ACTIVE'),
      call,
    ),
  getContacts: (books, call) =>
    list(
      'Contacts',
      books.contacts.filter(({ ContactStatus }) => includes(call) || ContactStatus === 'ACTIVE'),
      call,
    ),
  getContact: (books, { params }) =>
    one(
      'Contacts',
      books.contacts.find(({ ContactID }) => ContactID === params['ContactID']),
    ),
  createContacts: contacts,
  updateOrCreateContacts: contacts,
  getInvoices: listInvoices,
  getInvoice: (books, { params }) => {
    const found = books.invoices.find(({ InvoiceID }) => InvoiceID === params['InvoiceID']);
    return one('Invoices', found && shownInvoice(books, found));
  },
  createInvoices: invoices,
  updateOrCreateInvoices: invoices,
  updateInvoice: (books, call) => {
    const [sent] = (call.body as { Invoices: Sent[] }).Invoices;
    if (!books.invoices.some(({ InvoiceID }) => InvoiceID === call.params['InvoiceID'])) return missing();
    return invoices(books, { ...call, body: { Invoices: [{ ...sent, InvoiceID: call.params['InvoiceID'] }] } });
  },
  getInvoiceAttachments: (books, { params }) =>
    json(200, { Attachments: (books.attachments[params['InvoiceID']!] ?? []).map(shownAttachment) }),
  createInvoiceAttachmentByFileName: attach,
  updateInvoiceAttachmentByFileName: attach,
  getPayments: (books, call) =>
    list(
      'Payments',
      books.payments.map((payment) => shownPayment(books, payment)),
      call,
    ),
  createPayments: (books, call) => {
    const paid = (call.body as { Payments: Sent[] }).Payments.map((sent) => payInvoice(books, sent, call));
    const wrong = paid.flatMap((result) => (typeof result === 'string' ? [result] : []));
    if (wrong.length > 0) return validationFailed(wrong);
    return json(200, { Payments: (paid as Payment[]).map((payment) => shownPayment(books, payment)) });
  },
  deletePayment: (books, call) => {
    const payment = books.payments.find(({ PaymentID }) => PaymentID === call.params['PaymentID']);
    return payment ? takeBack(books, payment, call) : missing();
  },
};

const TAX_RATES = [
  { Name: '20% (VAT on Expenses)', TaxType: 'INPUT2', Status: 'ACTIVE', EffectiveRate: 20, CanApplyToExpenses: true },
  { Name: 'No VAT', TaxType: 'NONE', Status: 'ACTIVE', EffectiveRate: 0, CanApplyToExpenses: true },
];

const organisation = ({ tenantId, name, baseCurrency }: Books) => ({
  OrganisationID: tenantId,
  Name: name,
  LegalName: name,
  PaysTax: true,
  Version: 'UK',
  OrganisationType: 'COMPANY',
  BaseCurrency: baseCurrency,
  CountryCode: 'GB',
  IsDemoCompany: true,
  OrganisationStatus: 'ACTIVE',
});

const missing = (): Response =>
  json(404, { ErrorNumber: 404, Type: 'NotFound', Message: 'The resource you are looking for cannot be found' });
const includes = ({ query }: Call): boolean => query.get('includeArchived') === 'true';
const one = (name: string, row: object | undefined): Response => (row ? json(200, { [name]: [row] }) : missing());

function list(name: string, rows: readonly object[], { query }: Call): Response {
  const where = query.get('where');
  const filter = where === null ? () => true : readWhere(where);
  if (!filter) return badRequest(`No property or field in '${where}'`, 'QueryParseException', 16);
  const ids = query.get('IDs')?.split(',');
  const idField = `${name.slice(0, -1)}ID`;
  const isAsked = (row: object) => !ids || ids.includes(String((row as Record<string, unknown>)[idField]));
  const found = rows.filter((row) => filter(row) && isAsked(row));
  const page = Number(query.get('page') ?? 0);
  return json(200, { [name]: page > 0 ? found.slice((page - 1) * PAGE, page * PAGE) : found });
}

function listInvoices(books: Books, call: Call): Response {
  const asked = (parameter: string) => call.query.get(parameter)?.split(',');
  const [numbers, statuses] = [asked('InvoiceNumbers'), asked('Statuses')];
  const rows = books.invoices.filter(
    ({ InvoiceNumber, Status }) =>
      (!numbers || numbers.includes(InvoiceNumber ?? '')) && (!statuses || statuses.includes(Status)),
  );
  return list(
    'Invoices',
    rows.map((invoice) => shownInvoice(books, invoice)),
    call,
  );
}

function contacts(books: Books, { body }: Call): Response {
  const written = (body as { Contacts: Sent[] }).Contacts.map((sent) => writeContact(books, sent));
  const errors = written.flatMap((result) => ('errors' in result ? result.errors : []));
  return errors.length > 0 ? validationFailed(errors) : json(200, { Contacts: written });
}

/** All of a batch or nothing, unless the caller asks for each document's own fate. */
function invoices(books: Books, call: Call): Response {
  const sent = (call.body as { Invoices?: Sent[] }).Invoices ?? [];
  if (sent.length === 0) return badRequest('No Invoices were sent');
  if (sent.length > MOST_DOCUMENTS) return badRequest(`At most ${MOST_DOCUMENTS} invoices a request, please`);
  const each = call.query.get('summarizeErrors') === 'false';
  const before = structuredClone(books);
  const written = sent.map((invoice) => writeInvoice(books, invoice, call.now));
  const wrong = written.flatMap((result) => ('errors' in result ? result.errors : []));
  if (wrong.length > 0 && !each) {
    Object.assign(books, before);
    return validationFailed(wrong, sent.length === 1 ? sent[0] : {});
  }
  for (const result of written) if ('invoice' in result) tell(call, result);
  return json(200, { Invoices: written.map((result, at) => fate(books, result, sent[at]!)) });
}

const tell = ({ changed }: Call, { invoice, created }: Extract<Written, { invoice: object }>): void =>
  changed(invoice.InvoiceID, created ? 'CREATE' : 'UPDATE');

const NOBODY = '00000000-0000-0000-0000-000000000000';

function fate(books: Books, result: Written, sent: Sent): object {
  if ('invoice' in result) return { ...shownInvoice(books, result.invoice), StatusAttributeString: 'OK' };
  const ValidationErrors = result.errors.map((Message) => ({ Message }));
  return { InvoiceID: NOBODY, ...sent, HasErrors: true, StatusAttributeString: 'ERROR', ValidationErrors };
}

function attach(books: Books, { params, bytes, contentType, operation, now, changed }: Call): Response {
  const { InvoiceID = '', FileName = '' } = params;
  const invoice = books.invoices.find((one) => one.InvoiceID === InvoiceID);
  if (!invoice) return missing();
  const held = (books.attachments[InvoiceID] ??= []);
  if (bytes.length === 0 || bytes.length > LARGEST_ATTACHMENT)
    return validationFailed(['The attachment must have between 1 byte and 10 MB']);
  const name = decodeURIComponent(FileName);
  if (/[<>:"/\\|?*]/.test(name)) return validationFailed(['The file name contains invalid characters']);
  const before = held.find((one) => one.FileName === name);
  if (operation.startsWith('update') && !before) return missing();
  if (!before && held.length >= MOST_ATTACHMENTS)
    return validationFailed([`A document can have at most ${MOST_ATTACHMENTS} attachments`]);
  const file = {
    MimeType: contentType,
    ContentLength: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const attachment: Attachment = { AttachmentID: before?.AttachmentID ?? randomUUID(), FileName: name, ...file };
  books.attachments[InvoiceID] = [...held.filter((one) => one !== before), attachment];
  invoice.updatedAt = now;
  changed(InvoiceID, 'UPDATE');
  return json(200, { Attachments: [shownAttachment(attachment)] });
}

function shownAttachment({ AttachmentID, FileName, MimeType, ContentLength }: Attachment): object {
  return { AttachmentID, FileName, MimeType, ContentLength };
}

/** Pays a document; answers the payment, or what is wrong in Xero's words. */
export function payInvoice(
  books: Books,
  sent: Sent,
  { now, changed }: Pick<Call, 'now' | 'changed'>,
): Payment | string {
  const id = (sent['Invoice'] as Sent | undefined)?.['InvoiceID'];
  const invoice = books.invoices.find(({ InvoiceID }) => InvoiceID === id);
  if (!invoice) return 'The invoice could not be found';
  if (invoice.Status !== 'AUTHORISED') return 'Payment can only be made against Authorised documents';
  const amount = scaled(Number(sent['Amount']));
  if (amount > invoice.total - invoice.paid) return 'Payment amount exceeds the amount outstanding on this document';
  const AccountCode = String((sent['Account'] as Sent | undefined)?.['Code'] ?? '');
  if (!books.accounts.some(({ Code, EnablePaymentsToAccount }) => Code === AccountCode && EnablePaymentsToAccount))
    return 'Account is not valid for payments';
  const Date = String(sent['Date']);
  const payment: Payment = {
    PaymentID: randomUUID(),
    InvoiceID: invoice.InvoiceID,
    AccountCode,
    Date,
    amount,
    Status: 'AUTHORISED',
  };
  books.payments.push(payment);
  invoice.paid += amount;
  invoice.updatedAt = now;
  if (invoice.paid === invoice.total) Object.assign(invoice, { Status: 'PAID', fullyPaidOn: Date });
  changed(invoice.InvoiceID, 'UPDATE');
  return payment;
}

function takeBack(books: Books, payment: Payment, { now, changed }: Call): Response {
  if (payment.Status === 'DELETED') return validationFailed(['Payment has already been deleted']);
  payment.Status = 'DELETED';
  const invoice = books.invoices.find(({ InvoiceID }) => InvoiceID === payment.InvoiceID)!;
  Object.assign(invoice, { Status: 'AUTHORISED', paid: invoice.paid - payment.amount, updatedAt: now });
  delete invoice.fullyPaidOn;
  changed(invoice.InvoiceID, 'UPDATE');
  return json(200, { Payments: [shownPayment(books, payment)] });
}

function shownPayment(books: Books, { PaymentID, InvoiceID, Date, amount, Status, AccountCode }: Payment): object {
  const { AccountID } = books.accounts.find(({ Code }) => Code === AccountCode)!;
  const Account = { AccountID, Code: AccountCode };
  return { PaymentID, Date: msDate(Date), Amount: amount / SCALE, Status, Account, Invoice: { InvoiceID } };
}
