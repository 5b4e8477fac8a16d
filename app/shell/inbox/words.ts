import { defineWords } from '../../kernel/words.ts';

/** The needs-attention tray. */
export const words = defineWords('inbox', {
  heading: 'Inbox',
  empty: 'Nothing needs you',
  emptyText: 'When something you did could not go through, it waits here until you decide. Nothing is ever dropped.',
  mine: 'Mine',
  theirs: 'Theirs',
  keepMine: 'Keep mine',
  keepTheirs: 'Keep theirs',
  tryAgain: 'Try again',
  open: 'Open it',
  correct: 'Correct it',
  discard: 'Discard',
  discardAsk: 'Discard what you wanted?',
  discardText: 'What is on the server stays as it is. Photos that went with it are deleted from this device.',
  conflict: 'It was changed by somebody else before yours arrived.',
  refused: 'The server did not accept it.',
  conflictWord: 'Changed by two',
  refusedWord: 'Not accepted',
  nothing: 'nothing',
  unknown: 'not here',
  yes: 'yes',
  no: 'no',
  sentAgain: 'Sent again.',
  done: 'Settled.',
});

const tables: Readonly<Record<string, string>> = defineWords('inbox.tables', {
  expenses: 'Claim',
  expense_receipts: 'Receipt',
  expense_categories: 'Category',
  people: 'Person',
  person_details: 'Contact details',
  invitations: 'Invitation',
  memberships: 'Membership',
  membership_roles: 'Role',
  organizations: 'Organisation',
  settings: 'Setting',
});

/** What a row is called by people. */
export const tableWord = (table: string): string => tables[table] ?? table.replaceAll('_', ' ');

/** A column as a person reads it: "expense_date" becomes "Expense date". */
export const fieldWord = (field: string): string => {
  const plain = field.replace(/_(minor|id)$/, '').replaceAll('_', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
};
