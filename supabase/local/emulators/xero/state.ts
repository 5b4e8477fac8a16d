import { randomUUID } from 'node:crypto';

/** A document as it was sent. */
export type Sent = Record<string, unknown>;

/** Money as the emulator counts it: ten-thousandths, so that sums are exact. */
export const SCALE = 10_000;

export interface Account {
  AccountID: string;
  Code: string;
  Name: string;
  Type: string;
  Class: string;
  Status: 'ACTIVE' | 'ARCHIVED';
  TaxType: string;
  EnablePaymentsToAccount?: boolean;
}

export interface Contact {
  ContactID: string;
  ContactNumber?: string;
  ContactStatus: 'ACTIVE' | 'ARCHIVED';
  Name: string;
  EmailAddress?: string;
  FirstName?: string;
  LastName?: string;
}

export interface TrackingCategory {
  TrackingCategoryID: string;
  Name: string;
  Status: 'ACTIVE' | 'ARCHIVED';
  Options: { TrackingOptionID: string; Name: string; Status: 'ACTIVE' | 'ARCHIVED' }[];
}

export interface Line {
  LineItemID: string;
  Description: string;
  Quantity: number;
  UnitAmount: number;
  LineAmount: number;
  AccountCode: string;
  TaxType?: string;
  Tracking: { TrackingCategoryID: string; TrackingOptionID: string; Name: string; Option: string }[];
}

export interface Invoice {
  InvoiceID: string;
  Type: string;
  Status: string;
  InvoiceNumber?: string;
  Reference?: string;
  Url?: string;
  ContactID: string;
  /** Local dates. */
  Date: string;
  DueDate: string;
  CurrencyCode: string;
  LineAmountTypes: string;
  LineItems: Line[];
  /** In ten-thousandths. */
  total: number;
  paid: number;
  fullyPaidOn?: string;
  updatedAt: number;
}

export interface Attachment {
  AttachmentID: string;
  FileName: string;
  MimeType: string;
  ContentLength: number;
  sha256: string;
}

export interface Payment {
  PaymentID: string;
  InvoiceID: string;
  AccountCode: string;
  Date: string;
  amount: number;
  Status: 'AUTHORISED' | 'DELETED';
}

/** The books of one organisation. */
export interface Books {
  tenantId: string;
  name: string;
  baseCurrency: string;
  currencies: string[];
  lockDate: string | null;
  accounts: Account[];
  tracking: TrackingCategory[];
  contacts: Contact[];
  invoices: Invoice[];
  attachments: Record<string, Attachment[]>;
  payments: Payment[];
}

export interface Grant {
  tenantIds: string[];
  clientId: string;
  scopes: string[];
  refreshToken: string;
  /** The token before the last refresh: Xero lets it be used again for a while, in case the answer was lost. */
  previous: { refreshToken: string; until: number } | null;
  accessTokens: Record<string, number>;
  connections: Record<string, string>;
}

export interface PendingCode {
  clientId: string;
  redirectUri: string;
  scopes: string[];
  challenge: string | null;
  tenantId: string;
  until: number;
}

/** One call that was answered under a key. */
export interface Remembered {
  request: string;
  status: number;
  body: string;
  at: number;
}

export interface WebhookEvent {
  sequence: number;
  resourceId: string;
  tenantId: string;
  eventType: 'CREATE' | 'UPDATE';
  at: string;
}

/** Everything the emulator knows; plain data, so that a restart can go on with it. */
export interface State {
  books: Books[];
  grants: Grant[];
  codes: Record<string, PendingCode>;
  remembered: Record<string, Remembered>;
  events: WebhookEvent[];
  sequence: number;
}

const EXPENSE_ACCOUNTS: readonly (readonly [code: string, name: string, type?: string])[] = [
  ['310', 'Cost of Goods Sold', 'DIRECTCOSTS'],
  ['325', 'Direct Expenses', 'DIRECTCOSTS'],
  ['408', 'Cleaning'],
  ['420', 'Entertainment'],
  ['425', 'Freight & Courier'],
  ['429', 'General Expenses'],
  ['445', 'Light, Power, Heating'],
  ['449', 'Motor Vehicle Expenses'],
  ['461', 'Printing & Stationery'],
  ['469', 'Rent'],
  ['473', 'Repairs & Maintenance'],
  ['478', 'Subsistence'],
  ['489', 'Telephone & Internet'],
  ['493', 'Travel - National'],
  ['494', 'Travel - International'],
];

const account = (Code: string, Name: string, Type: string, Class: string, more: Partial<Account> = {}): Account => ({
  AccountID: randomUUID(),
  Code,
  Name,
  Type,
  Class,
  Status: 'ACTIVE',
  TaxType: 'INPUT2',
  ...more,
});

/** A demo company with the accounts that Xero gives a new organisation. */
export function demoCompany(name: string, tenantId: string = randomUUID()): Books {
  return {
    tenantId,
    name,
    baseCurrency: 'EUR',
    currencies: ['EUR', 'GBP', 'USD', 'CHF', 'SEK', 'DKK', 'NOK', 'CZK', 'JPY', 'KWD'],
    lockDate: null,
    accounts: [
      account('090', 'Business Bank Account', 'BANK', 'ASSET', { TaxType: 'NONE', EnablePaymentsToAccount: true }),
      account('200', 'Sales', 'REVENUE', 'REVENUE', { TaxType: 'OUTPUT2' }),
      ...EXPENSE_ACCOUNTS.map(([code, title, type = 'EXPENSE']) => account(code, title, type, 'EXPENSE')),
    ],
    tracking: [],
    contacts: [],
    invoices: [],
    attachments: {},
    payments: [],
  };
}

/** Adds a tracking category with its options, as a bookkeeper sets one up. */
export function track(books: Books, name: string, options: readonly string[]): void {
  const made = options.map((Name) => ({ TrackingOptionID: randomUUID(), Name, Status: 'ACTIVE' as const }));
  books.tracking.push({ TrackingCategoryID: randomUUID(), Name: name, Status: 'ACTIVE', Options: made });
}

/** A Xero in which nobody has done anything yet. */
export const newState = (companies: readonly Books[]): State => ({
  books: [...companies],
  grants: [],
  codes: {},
  remembered: {},
  events: [],
  sequence: 0,
});
