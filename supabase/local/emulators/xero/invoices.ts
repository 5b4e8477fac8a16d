import { randomUUID } from 'node:crypto';
import { contactFor } from './contacts.ts';
import { msDate, msInstant } from './replies.ts';
import { SCALE, type Books, type Contact, type Invoice, type Line, type Sent } from './state.ts';

/** What became of one document: saved, or what is wrong with it. */
export type Written = { readonly invoice: Invoice; readonly created: boolean } | { readonly errors: string[] };

const BAD_MONEY = 'Amounts have at most four decimal places';

/** Writes one document into the books, or says in Xero's words why not; nothing is kept of a wrong one. */
export function writeInvoice(books: Books, sent: Sent, now: number): Written {
  const before = books.invoices.find(({ InvoiceID }) => InvoiceID === sent['InvoiceID']);
  if (sent['InvoiceID'] && !before) return { errors: ['The document could not be found'] };
  return before ? change(books, before, sent, now) : create(books, sent, now);
}

function create(books: Books, sent: Sent, now: number): Written {
  const lines = ((sent['LineItems'] as Sent[] | undefined) ?? []).map((line) => readLine(books, line));
  const errors = [...headErrors(books, sent), ...lines.flatMap((line) => ('errors' in line ? line.errors : []))];
  if (lines.length === 0) errors.push('One or more line items must be specified');
  if (errors.length > 0) return { errors };
  const contact = contactFor(books, sent['Contact'] as Sent | undefined);
  if ('errors' in contact) return contact;
  const invoice = assemble(books, sent, contact, lines as Line[], now);
  books.invoices.push(invoice);
  return { invoice, created: true };
}

function assemble(books: Books, sent: Sent, contact: Contact, lines: Line[], now: number): Invoice {
  const text = (field: string) => (typeof sent[field] === 'string' ? { [field]: sent[field] } : {});
  return {
    InvoiceID: randomUUID(),
    Type: String(sent['Type']),
    Status: String(sent['Status'] ?? 'DRAFT'),
    ...text('InvoiceNumber'),
    ...text('Reference'),
    ...text('Url'),
    ContactID: contact.ContactID,
    Date: day(sent['Date']),
    DueDate: day(sent['DueDate'] ?? sent['Date']),
    CurrencyCode: String(sent['CurrencyCode'] ?? books.baseCurrency),
    LineAmountTypes: String(sent['LineAmountTypes'] ?? 'Exclusive'),
    LineItems: lines,
    total: lines.reduce((sum, line) => sum + scaled(line.LineAmount), 0),
    paid: 0,
    updatedAt: now,
  };
}

const day = (value: unknown): string => String(value).slice(0, 10);

/** Whole ten-thousandths of a number that came in JSON; its shortest text is what was sent. */
export const scaled = (value: number): number => Math.round(Number((value * SCALE).toPrecision(15)));

function headErrors(books: Books, sent: Sent): string[] {
  const { Type, Date: date, DueDate, Status = 'DRAFT', CurrencyCode = books.baseCurrency, Url } = sent;
  const errors: string[] = [];
  if (Type !== 'ACCPAY' && Type !== 'ACCREC') errors.push('Invoice not of valid type');
  if (!['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(String(Status)))
    errors.push('Invoice not of valid status for creation');
  if (!date) errors.push('Date cannot be empty');
  if (Status === 'AUTHORISED' && !DueDate) errors.push('Due Date cannot be empty');
  if (!books.currencies.includes(String(CurrencyCode)))
    errors.push(`Organisation is not subscribed to currency ${String(CurrencyCode)}`);
  if (books.lockDate && day(date) <= books.lockDate)
    errors.push('The document date cannot be before the period lock date');
  if (Url !== undefined && !/^https?:\/\//.test(String(Url))) errors.push('Url must be a valid absolute URL');
  return errors;
}

function readLine(books: Books, sent: Sent): Line | { errors: string[] } {
  const { Description, Quantity = 1, UnitAmount = 0, AccountCode = '', Tracking = [] } = sent;
  const errors = accountErrors(books, String(AccountCode));
  if (!Description) errors.push('Description must not be empty');
  if (decimals(Number(UnitAmount)) > 4) errors.push(BAD_MONEY);
  const tracking = (Tracking as Sent[]).map((one) => readTracking(books, one));
  if (tracking.length > 2) errors.push('A line item can have at most two tracking categories');
  errors.push(...tracking.flatMap((one) => ('error' in one ? [one.error] : [])));
  if (errors.length > 0) return { errors };
  const LineAmount = Math.round((scaled(Number(UnitAmount)) * Number(Quantity)) / 100) / 100;
  return {
    LineItemID: randomUUID(),
    Description: String(Description),
    Quantity: Number(Quantity),
    UnitAmount: Number(UnitAmount),
    LineAmount,
    AccountCode: String(AccountCode),
    Tracking: tracking as Line['Tracking'],
  };
}

const decimals = (value: number): number => (String(value).split('.')[1] ?? '').length;

function accountErrors(books: Books, code: string): string[] {
  if (code === '') return ['Account code must be specified'];
  const account = books.accounts.find(({ Code }) => Code === code);
  if (!account) return [`Account code '${code}' is not a valid code for this document.`];
  if (account.Status === 'ARCHIVED')
    return [`Account code '${code}' has been archived, or deleted, and can no longer be used.`];
  return [];
}

function readTracking(books: Books, sent: Sent): Line['Tracking'][number] | { error: string } {
  const category = books.tracking.find(
    ({ TrackingCategoryID, Name }) => TrackingCategoryID === sent['TrackingCategoryID'] || Name === sent['Name'],
  );
  const option = category?.Options.find(
    ({ TrackingOptionID, Name }) => TrackingOptionID === sent['TrackingOptionID'] || Name === sent['Option'],
  );
  if (!category || !option || category.Status !== 'ACTIVE' || option.Status !== 'ACTIVE')
    return { error: 'The TrackingCategory or its option does not exist or is archived' };
  const { TrackingCategoryID, Name } = category;
  return { TrackingCategoryID, TrackingOptionID: option.TrackingOptionID, Name, Option: option.Name };
}

/** The changes the product makes: a bill is voided, or deleted while it is a draft. */
function change(books: Books, invoice: Invoice, sent: Sent, now: number): Written {
  const target = sent['Status'];
  if (target !== 'VOIDED' && target !== 'DELETED') return { errors: ['The emulator changes nothing but Status'] };
  if (invoice.Status === target) return { errors: [`Invoice not of valid status for modification`] };
  if (invoice.paid > 0)
    return { errors: ['This document cannot be edited as it has a payment or credit note allocated to it.'] };
  if (target === 'VOIDED' && invoice.Status !== 'AUTHORISED')
    return { errors: ['Invoice not of valid status for modification'] };
  if (books.lockDate && invoice.Date <= books.lockDate)
    return { errors: ['The document date cannot be before the period lock date'] };
  Object.assign(invoice, { Status: target, updatedAt: now });
  return { invoice, created: false };
}

const money = (amount: number): number => amount / SCALE;

/** A document as Xero answers it. */
export function shownInvoice(books: Books, invoice: Invoice): object {
  const { total, paid, updatedAt, fullyPaidOn, ContactID, Date: date, DueDate, ...plain } = invoice;
  const due = invoice.Status === 'AUTHORISED' || invoice.Status === 'PAID' ? total - paid : total;
  const { Name = '' } = books.contacts.find((contact) => contact.ContactID === ContactID) ?? {};
  return {
    ...plain,
    Contact: { ContactID, Name },
    Date: msDate(date),
    DueDate: msDate(DueDate),
    SubTotal: money(total),
    TotalTax: 0,
    Total: money(total),
    AmountDue: money(invoice.Status === 'VOIDED' ? 0 : due),
    AmountPaid: money(paid),
    AmountCredited: 0,
    HasAttachments: (books.attachments[invoice.InvoiceID] ?? []).length > 0,
    HasErrors: false,
    ...(fullyPaidOn ? { FullyPaidOnDate: msDate(fullyPaidOn) } : {}),
    UpdatedDateUTC: msInstant(updatedAt),
    Payments: books.payments
      .filter(({ InvoiceID, Status }) => InvoiceID === invoice.InvoiceID && Status === 'AUTHORISED')
      .map(({ PaymentID, Date, amount }) => ({ PaymentID, Date: msDate(Date), Amount: money(amount) })),
  };
}
