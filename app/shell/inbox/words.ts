import { refusalWords as refusalOfApprovals } from '../../features/approvals/index.ts';
import { refusalWords } from '../../features/expenses/index.ts';
import { refusalWords as refusalOfPeople } from '../../features/people/index.ts';
import { refusalWords as refusalOfSchedule } from '../../features/schedule/index.ts';
import { count, defineWords } from '../../kernel/words.ts';

/** The needs-attention tray. */
export const words = defineWords('inbox', {
  heading: 'Inbox',
  back: 'Inbox',
  empty: 'Nothing needs you',
  emptyText: 'When something you did could not go through, it waits here until you decide. Nothing is ever dropped.',
  list: 'What needs you',
  lead: (n: number) => `${count(n, 'thing waits', 'things wait')} for your decision`,
  goneHeading: 'This is settled',
  goneText: 'It was decided already, here or in another tab.',
  toList: 'To the inbox',

  mine: 'Mine',
  sideMine: 'Yours',
  other: 'Something else',
  keepMine: 'Keep all mine',
  keepTheirs: 'Keep all theirs',
  keepIt: 'Keep it as it is',
  send: 'Send this',
  sendNothing: 'Keep theirs',
  tryAgain: 'Try again',
  doAgain: 'Do it all the same',
  deleteAgain: 'Delete it all the same',
  open: 'Open it',
  correct: 'Correct it',
  discard: 'Discard',
  done: 'Done',

  you: 'You',
  somebody: 'Somebody',
  nothing: 'nothing',
  notNoted: 'not noted',
  unknown: 'not here',
  yes: 'yes',
  no: 'no',
  newer: (who: string) => `Changed again since: this is the newest, by ${who}.`,
  changedAgain: 'It changed again while you were looking. Choose once more.',
  sawColumn: 'You saw',
  nowColumn: 'Now',
  fieldColumn: 'Field',
  alsoCount: (n: number) => `and ${count(n, 'more thing', 'more things')}`,

  conflictWord: 'Changed twice',
  decisionWord: 'Changed meanwhile',
  refusedWord: 'Not accepted',
  changed: (who: string, what: string) => `${who} changed ${what} before yours arrived.`,
  changedByMe: (what: string) => `You changed ${what} on another device before this arrived.`,
  meanwhile: (who: string, what: string) => `Before that arrived, ${who} changed ${what || 'it'}.`,
  equal: 'It says what you wanted by now. There is nothing left to decide.',
  rowGone:
    'It is not here any more: it was removed, or you may no longer see it. What you wanted can only be put aside.',
  didDelete: 'You deleted it.',
  didSomething: 'You decided about this.',
  yourReason: 'Your reason',
  result: 'This is what will be sent',
  resultNothing: 'Nothing is sent. Everything stays as it is now.',
  staysHeading: 'Stays as it is now',
  undecided: 'Choose above',
  andStep: 'Then',
  wanted: 'What you wanted',
  photos: (n: number) => count(n, 'photo', 'photos'),
  decided: (n: number, all: number) => `${n} of ${all} decided`,
  decideFirst: (n: number) => `Choose for ${count(n, 'more field', 'more fields')} first.`,

  sentAgain: 'Sent again.',
  sentLater: 'Saved on this device. It is sent as soon as there is signal.',
  kept: 'Theirs stays. What you wanted is kept here for 30 days.',
  discarded: 'Discarded. It is kept here for 30 days.',
  undo: 'Undo',
  restored: 'It waits for your decision again.',
  notRestored: 'It is not kept any more.',

  settledHeading: 'Settled lately',
  settledText: 'What you gave up stays on this device for 30 days.',
  settledTheirs: 'You kept theirs',
  settledDiscarded: 'You discarded it',
  settledMixed: 'You kept a part of yours',
  restore: 'Restore',
  restoreThis: (what: string) => `Restore ${what}`,

  enterValue: 'Enter a value.',
  enterDate: 'Choose a day from the calendar.',
  enterEmail: 'That is not an e-mail address. It looks like name@example.com.',
  enterPhone: 'A phone number has digits, spaces and + only.',
  enterNumber: 'Write a whole number.',
  amountUnreadable: 'Write the amount in digits, for example 12.50.',
  amountTooLarge: 'This is more than one claim can hold. Check the number of digits.',
  none: 'None',
});

/** The keys of the inbox, as a line under its list. */
export const keyHints: readonly (readonly [key: string, what: string])[] = [
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'open'],
  ['m', 'mine'],
  ['t', 'theirs'],
  ['e', 'edit'],
];

const tables: Readonly<Record<string, string>> = defineWords('inbox.tables', {
  expenses: 'Claim',
  expense_receipts: 'Receipt',
  expense_categories: 'Category',
  expense_approvals: 'Approval',
  approval_rules: 'Rule for approvals',
  approval_limits: 'Approving limit',
  approval_delegations: 'Lent approvals',
  people: 'Person',
  person_details: 'Contact details',
  invitations: 'Invitation',
  deliveries: 'Sending',
  integrations: 'Integration',
  memberships: 'Membership',
  membership_roles: 'Role',
  organizations: 'Organisation',
  settings: 'Setting',
  calendar_feeds: 'Calendar address',
  show_sources: 'Imported line',
  hotels: 'Hotel',
  road_contacts: 'Contact',
  rooming: 'Bed',
  schedule_items: 'Line of the day',
  schedule_people: 'Call',
  shows: 'Show',
  tour_days: 'Tour day',
  tours: 'Tour',
  tour_people: 'Place on a tour',
  travel_legs: 'Journey',
  travel_people: 'Seat',
  venue_rooms: 'Room',
  venues: 'Venue',
});

/** What a row is called by people. */
export const tableWord = (table: string): string => tables[table] ?? sentence(table);

const fields: Readonly<Record<string, string>> = defineWords('inbox.fields', {
  'expense_categories.max_amount_minor': 'Limit',
  'expenses.description': 'What it was for',
  'expenses.expense_date': 'Date',
  'expenses.notes': 'Note for the approver',
  'expenses.payment_method': 'Paid with',
  'expenses.waits_for_level': 'The level it waits for',
  'approval_rules.over_minor': 'Amount',
  'approval_limits.max_minor': 'Limit',
  'expenses.rejection_reason': 'Reason for the rejection',
  'organizations.expense_limit_minor': 'Limit for claims',
  'people.display_name': 'Name',
  'people.title': 'What they do',
  'schedule_items.local_date': 'Day and time',
  'schedule_items.wall_end': 'End',
  'schedule_items.wall_start': 'Start',
  'person_details.email': 'E-mail',
});

/** A column, or columns that belong together, as a person reads them: "expense_date" becomes "Expense date". */
export function fieldWord(table: string, columns: readonly string[]): string {
  const column = columns.find((each) => each.endsWith('_minor')) ?? columns[0]!;
  return fields[`${table}.${column}`] ?? sentence(column.replace(/_(minor|id)$/, ''));
}

function sentence(name: string): string {
  const plain = name.replaceAll('_', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const outdated =
  'This version of the app sent something the server does not know. Load the newest version, then try again.';

/** What became of an intent in any room, and what to do: refusal code to sentence. */
const refusals: Readonly<Record<string, string>> = defineWords('inbox.refusals', {
  malformed: outdated,
  bad_id: outdated,
  unknown_column: outdated,
  unknown_table: outdated,
  unknown_command: outdated,
  unknown_operation: outdated,
  missing_seen: outdated,
  too_many_operations: outdated,
  update_needed: outdated,
  column_not_writable:
    'One of these fields cannot be changed by you. Discard this, or ask an administrator to change it.',
  append_only: 'History cannot be changed. Discard this.',
  not_permitted: 'You may no longer do this. Ask an administrator of your organisation, or discard it.',
  suspended: 'Your access to this organisation is paused. Ask an administrator, then try again.',
  signed_out: 'You were signed out before it arrived. Sign in, then try again.',
  prove_first: 'It needs a fresh proof that it is you. Sign in again, then try again.',
  sealed_away: 'It was sealed on this device with a key that is gone. Type it again.',
  gone: 'It was removed meanwhile, or you may no longer see it. Discard this, or make it anew.',
  conflict: 'It was changed before yours arrived. Look at what is different and decide again.',
  exists: 'There is one like this already. Look at that one, or choose another name.',
  not_accepted: 'One of the values does not fit. Check what you typed and try again.',
  value_missing: 'Something that is needed was left empty. Fill it in and try again.',
  unknown_or_in_use:
    'It points to something that is gone, or something else still needs it. Look at both, then try again.',
  link_missing: 'It points to something that is gone. Choose another one and try again.',
  owner_only: 'Only an owner can do this. Ask one of them.',
  last_owner: 'An organisation needs an owner. Make somebody else owner first, then try again.',
  person_taken: 'This person has a login already. Look at them in the list of people.',
  invitation_answered: 'The invitation was answered meanwhile. There is nothing left to do: discard this.',
  invitation_revoked: 'The invitation was taken back. Ask for a new one.',
  invitation_expired: 'The invitation ran out. Ask for a new one.',
  invitation_not_found: 'The invitation is not there any more. Ask for a new one.',
  email_not_verified: 'Confirm your e-mail address first, then try again.',
  missing_reason: 'A rejection needs a reason. Reject it again and write one.',
  reason_too_long: 'The reason is longer than 500 characters. Reject it again with a shorter one.',
  not_uploaded: 'The photo had not arrived. Try again; it is sent once more.',
  device_not_found: 'This device is not known any more. Sign out and in again, then try again.',
  device_full: 'This device is full. Free some space, then try again.',
  too_large: 'This is too much for one step. Make it smaller, for example with fewer photos.',
  file_too_large: 'The photo is larger than 10 MB. Take it at a lower resolution and add it to the claim again.',
  file_type_not_accepted: 'The photo is of a kind that is not accepted. Add it to the claim again as JPG or PNG.',
  file_not_accepted: 'The photo could not be stored. Try again, or take it anew and add it to the claim.',
  expense_categories_limit_has_currency: 'A limit and its currency come together. Enter both, or none, and try again.',
  not_connected: 'It is not connected any more. Connect it on the page of the integrations, then try again.',
  nothing_to_retry: 'There is nothing to try again: the order is gone. Send it anew from where it was made.',
  left_already: 'It has left already and cannot be called back. Look at it over there.',
  not_made_here:
    'This show was there before the file was imported. Import the file again: it finds the show by itself.',
  unknown_feed: 'This calendar address is not known any more. Make a new one on your account page.',
  answered_meanwhile: 'It was answered meanwhile. Try again.',
});

/** Words that mean another thing for a photo than for the claim it belongs to. */
const ofPhotos: Readonly<Record<string, string>> = defineWords('inbox.photos', {
  not_permitted:
    'The photo could not be stored, because the claim cannot be changed any more. Look at the claim, or discard the photo.',
  gone: 'There is no place for this photo any more. Look at the claim, or discard the photo.',
});

const unknownRefusal =
  'The server did not accept it. Check what you wanted; if it happens again, tell your administrator.';

/** Why something was not accepted and what to do: the room's own sentence, else a plain one. */
export function refusalSentence({ table, code, name }: { table: string; code: string; name: string }): string {
  const photo = name === 'files.upload' ? (ofPhotos[code] ?? refusals[code]) : undefined;
  const room = table.startsWith('expense')
    ? refusalWords[code]
    : (refusalOfApprovals[code] ?? refusalOfSchedule(code) ?? refusalOfPeople(code));
  // an intent may break a rule of another room than that of its first row
  const elsewhere = refusalWords[code] ?? refusalOfPeople(code) ?? refusalOfSchedule(code);
  return photo ?? room ?? refusals[code] ?? elsewhere ?? ofCheck(table, code) ?? unknownRefusal;
}

/** The database names a check after its table and column. */
function ofCheck(table: string, code: string): string | undefined {
  const [, column] = new RegExp(`^${table}_(.+?)_(check|out_of_bounds|bad|too_long)\\d*$`).exec(code) ?? [];
  return (
    column &&
    `“${fieldWord(table, [column])}” does not fit: it may be too long or of another form. Correct it and try again.`
  );
}
