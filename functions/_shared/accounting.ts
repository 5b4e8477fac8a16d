import type { LocalDate } from '../../app/kernel/day.ts';
import type { Money } from '../../app/kernel/money.ts';
import type { Trouble } from './outcome.ts';

/** An account of the books that a category of expenses can post to. */
export interface BooksAccount {
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  /** Code of the tax rate that the account brings along. */
  readonly tax_type: string | null;
  /** The same rate's name, as an import file wants it. */
  readonly tax_name: string | null;
}

/** Something the books keep apart, such as tours, with its choices. */
export interface BooksTracking {
  readonly id: string;
  readonly name: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
}

/** The books' own description of themselves. */
export interface BooksOrganisation {
  readonly name: string;
  readonly currency: string;
}

/** Whom a bill is owed to. */
export interface Payee {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** A bill to write into the books. */
export interface Bill {
  /** Our name for it, the same at every attempt; how it is found again. */
  readonly reference: string;
  readonly contact_id: string;
  readonly date: LocalDate;
  readonly due: LocalDate;
  readonly money: Money;
  readonly account_code: string;
  readonly description: string;
  readonly tracking: readonly { readonly category_id: string; readonly option_id: string }[];
  /** Leads from the books back to the claim. */
  readonly url: string | null;
}

/** What the books hold of a bill. */
export interface BooksBill {
  readonly id: string;
  readonly reference: string;
  readonly state: 'draft' | 'open' | 'paid' | 'void';
  /** The day it was paid in full. */
  readonly paid_on: LocalDate | null;
  readonly total_minor: number;
  readonly paid_minor: number;
  readonly currency: string;
}

/** Why the books do not take a bill: a code with a sentence in words.ts, and the books' own words. */
export interface BooksObjection {
  readonly code: ObjectionCode;
  readonly said: string;
}

/** What a person can mend, by name. */
export type ObjectionCode =
  | 'account_unknown'
  | 'account_archived'
  | 'currency_not_enabled'
  | 'period_locked'
  | 'contact_archived'
  | 'contact_name_taken'
  | 'tracking_archived'
  | 'already_paid'
  | 'file_refused'
  | 'file_missing'
  | 'refused';

/** What became of one bill of a batch. */
export type BillFate =
  | { readonly reference: string; readonly id: string }
  | { readonly reference: string; readonly objection: BooksObjection };

/** A document that proves a bill. */
export interface BooksFile {
  /** The same at every attempt, so that a file is there once. */
  readonly name: string;
  readonly mime_type: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** The books of an organisation, whoever keeps them. Every call may throw `Trouble`. */
export interface AccountingPort {
  organisation(): Promise<BooksOrganisation>;
  /** The accounts that expenses can post to, also those out of use. */
  accounts(): Promise<readonly BooksAccount[]>;
  tracking(): Promise<readonly BooksTracking[]>;
  /** The books' name for a person, made when there is none. */
  contact(payee: Payee): Promise<string>;
  /** Writes a batch; each bill has its own fate. The key is remembered by the provider for a while. */
  createBills(bills: readonly Bill[], key: string): Promise<readonly BillFate[]>;
  /** The bills of these references that stand in the books; void ones do not. */
  findBills(references: readonly string[]): Promise<readonly BooksBill[]>;
  /** Undefined when the books know nothing of it. */
  bill(id: string): Promise<BooksBill | undefined>;
  voidBill(id: string, key: string): Promise<void>;
  /** Names of the files that a bill has already. */
  files(billId: string): Promise<readonly string[]>;
  attach(billId: string, file: BooksFile, key: string): Promise<void>;
  /** What a call that was refused (code `refused`) means for a person. */
  objection(trouble: Trouble): BooksObjection;
}

/** The most bills one call may carry. */
export const MOST_BILLS = 50;
/** The largest file the books take, in bytes. */
export const LARGEST_BOOKS_FILE = 10 * 1024 * 1024;
