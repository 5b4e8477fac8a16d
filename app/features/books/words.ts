import { count, defineWords } from '../../kernel/words.ts';

/** The sentences of bookkeeping. */
export const words = defineWords('books', {
  heading: 'Bookkeeping',
  notAllowed: 'This page is for people who pay claims.',
  connected: (name: string) => `Connected to ${name}`,
  sandbox: 'Sandbox',
  sandboxText: 'Nothing leaves this machine: this is a stand-in for Xero.',
  notConnected: 'Xero is not connected',
  notConnectedText:
    'Connect it and approved claims become bills with their photos by themselves. Until then, take them along as a file.',
  toIntegrations: 'Integrations',
  signInAgain: 'Xero asks somebody to sign in again. Everything waits and goes out afterwards.',
  paused: 'Sending is paused. Everything waits until it is resumed.',

  accounts: 'Accounts of categories',
  accountsText: 'A claim is posted to the account of its category.',
  accountOf: (category: string) => `Account of ${category}`,
  reading: 'The accounts are being read from Xero. They appear here within moments.',
  noAccount: 'No account',
  unmapped: (n: number) =>
    `${count(n, 'category has', 'categories have')} no account yet. Their claims cannot go into the books.`,
  archived: 'This account is out of use in Xero. Choose another one.',
  outOfUse: 'out of use',
  unknownAccount: 'Xero does not know this account. Choose another one.',
  accountHint: 'Code, for example 449',
  accountTooLong: 'A code has at most 20 characters.',
  accountSaved: (category: string, code: string) =>
    code ? `${category} posts to ${code}.` : `${category} has no account.`,
  newAccounts: (n: number) => count(n, 'account in Xero has no category', 'accounts in Xero have no category'),
  addAsCategory: (name: string) => `Add ${name} as a category`,
  categoryAdded: (name: string) => `${name} can be chosen for new claims.`,
  add: 'Add',

  exportHeading: 'Bills as a file',
  exportText: 'Approved claims that are not in Xero yet, for Business > Bills to pay > Import in Xero.',
  exportNothing: 'No approved claim waits to be taken along.',
  exportReady: (n: number) => `${count(n, 'claim', 'claims')} to take along`,
  dayOrder: 'Dates as in',
  dayFirst: 'Day first: 31/12/2026',
  monthFirst: 'Month first: 12/31/2026',
  taxName: 'Tax rate',
  taxNameHint: 'Its name in Xero. Used where an account brings none along.',
  taxMissing: 'Enter the name of a tax rate, as Xero calls it.',
  download: 'Download',
  downloaded: (n: number) => `${count(n, 'file', 'files')} downloaded.`,
  leftOut: (n: number) => `${count(n, 'claim is', 'claims are')} left out, because the category has no account.`,

  inXero: 'In Xero',
  onItsWay: 'On its way to Xero',
  onItsWayText: 'It goes out within moments.',
  triedAgainAt: (when: string) => `Xero is not answering. It is tried again at ${when}.`,
  takenBack: 'Its bill in Xero was taken back.',
  takingBack: 'Its bill in Xero is being taken back.',
  paidThere: (day: string) => `Paid in Xero on ${day}`,
  since: (when: string) => `Since ${when}`,
  reference: 'Reference',
  openInXero: 'Open in Xero',
  problem: 'Not in Xero',
  notSent: 'Not in Xero yet',
  notSentText: 'It was approved before Xero was connected. Send it, unless it was taken along as a file.',
  deskLooks: 'The desk has something to mend before this can be paid.',
  send: 'Send to Xero',
  tryAgain: 'Try again',
  sent: 'On its way to Xero.',
  chooseAccount: 'Choose an account',
  said: 'Xero says',
});

/** What keeps a bill out of the books or makes it wrong there, and how to mend it. */
export const objectionWords: Readonly<Record<string, (category: string) => string>> = defineWords('books.objections', {
  no_category: () => 'The claim has no category, so no account. Reject it, so that one can be chosen.',
  no_account: (category: string) => `Category “${category}” has no Xero account: choose one.`,
  account_unknown: (category: string) =>
    `Xero does not know the account of category “${category}”: choose another one.`,
  account_archived: (category: string) =>
    `The account of category “${category}” is out of use in Xero: choose another one.`,
  currency_not_enabled: () =>
    'The currency of this claim is not set up in Xero. Add it there (Settings, Currencies), then try again.',
  period_locked: () =>
    'The day of this claim lies in a period that is locked in Xero. Move the lock date there, then try again.',
  contact_archived: () => 'The person’s contact is archived in Xero. Restore it there, then try again.',
  contact_name_taken: () => 'Xero has another contact of the same name. Rename it there, then try again.',
  tracking_archived: () => 'The tour or show is archived in Xero’s tracking. Restore it there, then try again.',
  already_paid: () =>
    'This claim was sent back, but its bill is paid in Xero. Remove the payment there, or approve the claim again.',
  payment_taken_back: () =>
    'The payment was removed in Xero after this claim was marked as paid. Look at the bill there.',
  void_there: () => 'Somebody voided the bill in Xero. Send it again, or pay the claim another way.',
  file_refused: () =>
    'Xero has the bill, but does not take one of its photos. Try again, or add the photo there by hand.',
  file_missing: () => 'Xero has the bill, but one of its photos is lost here. Add it there by hand.',
  refused: () => 'Xero does not accept the bill. What it says is below: mend it there, then try again.',
});
