import { count, defineWords } from '../kernel/words.ts';

/** The sentences of the frame. */
export const words = defineWords('shell', {
  product: 'BIG Live Portal',
  skip: 'Skip to content',
  navigation: 'Main',
  more: 'More',
  inbox: 'Inbox',
  create: 'New',
  createWhat: 'What do you want to make?',
  search: 'Search',
  searchHint: 'Type a page or an action',
  nothingFound: 'Nothing found. Try another word.',
  shortcuts: 'Keyboard shortcuts',
  organisation: 'Organisation',
  switchTo: 'Switch organisation',
  account: 'Account',
  invitations: 'Invitations',
  lock: 'Lock the screen',
  chosen: 'chosen',
  goTo: 'Go to',
  actions: 'Actions',
  also: 'More commands',
  workFor: (name: string) => `Switch to ${name}`,
  syncNow: 'Send and fetch now',
  useTheme: (label: string) => `${label} appearance`,
  theme: 'Appearance',
  themeSystem: 'System',
  themeLight: 'Light',
  themeDark: 'Dark',

  opening: 'Opening your data…',
  firstSync: 'Getting your shows, people and claims',
  firstSyncText: 'This happens once on this device. Afterwards everything opens at once, with or without signal.',
  firstSyncOffline: 'This device has nothing yet and there is no signal. It starts by itself as soon as there is.',
  signOut: 'Sign out',

  notFound: 'There is no page here',
  notFoundText: 'The address may be old, or mistyped.',
  notAllowed: 'This page is not for you',
  notAllowedText: 'Your role in this organisation does not include it. An administrator can change that.',
  toToday: 'Go to Today',
  pageFailed: 'This page could not be opened',
  pageFailedOffline: 'It is not on this device yet. It opens as soon as you have signal.',
  broken: 'Something broke on our side',
  brokenText:
    'What you made is safe on this device. Reload to go on; if it comes back, copy the details and send them to us.',
  reload: 'Reload',
  copyDetails: 'Copy details',
  copied: 'Details copied.',

  leaveAsk: 'Leave without saving?',
  leaveText: 'What you typed last is not kept on this device yet.',
  leave: 'Leave',

  reloadAsk: 'Reload without saving?',
  newVersion: 'A new version is ready.',
  install: 'Install the app',
  installText: 'It opens from your home screen, with or without signal.',
  installIos: 'Open the share menu and choose “Add to Home Screen”.',
  notNow: 'Not now',
});

/** What the keys do, on their sheet. */
export const keyWords = defineWords('shortcuts', {
  everywhere: 'Everywhere',
  lists: 'In lists',
  palette: 'Search, go somewhere or start something',
  create: 'Make something new',
  help: 'This list',
  next: 'Next',
  previous: 'Previous',
  select: 'Select',
  approve: 'Approve',
  reject: 'Reject',
  open: 'Open',
  search: 'Search the list',
  close: 'Close',
});

/** The four states of the badge, and what they mean. */
export const syncWords = defineWords('sync', {
  heading: 'Your work',
  saved: 'All saved',
  savedText: 'Everything is on the server.',
  savedHere: 'Saved on this device',
  savedHereText: 'It is safe here and leaves by itself when there is signal.',
  sending: (n: number) => `Sending ${n}`,
  sendingText: 'On its way to the server.',
  needsYou: 'Needs you',
  needsYouText: (n: number) => `${count(n, 'thing', 'things')} could not go through as they were. Look at them.`,
  signedOut: 'Sign in again to send what is saved here. Nothing is lost.',
  deviceFull: 'This device is full. Free some space, so that new work can be saved.',
  stuck: 'The server did not understand this device. We are told; your work is safe here.',
  noSignal: 'No signal',
  online: 'Connected',
  lastSynced: (when: string) => `Last up to date ${when}`,
  neverSynced: 'Not up to date yet',
  waiting: (n: number) => `${count(n, 'change', 'changes')} waiting`,
  photos: (n: number) => `${count(n, 'photo', 'photos')} waiting`,
  tryNow: 'Try now',
  look: 'Look at it',
});

/** The needs-attention tray. */
export const inboxWords = defineWords('inbox', {
  heading: 'Inbox',
  empty: 'Nothing needs you',
  emptyText: 'When something you did could not go through, it waits here until you decide. Nothing is ever dropped.',
  mine: 'Mine',
  theirs: 'Theirs',
  field: 'Field',
  keepMine: 'Keep mine',
  keepTheirs: 'Keep theirs',
  tryAgain: 'Try again',
  open: 'Open it',
  discard: 'Discard',
  discardAsk: 'Discard what you wanted?',
  discardText: 'What is on the server stays as it is. Photos that went with it are deleted from this device.',
  conflict: 'It was changed by somebody else before yours arrived.',
  refused: 'The server did not accept it.',
  nothing: 'empty',
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
