import type { ExpenseStatus } from '../../data/schema.gen.ts';
import { formatDate, formatInstant } from '../../kernel/day.ts';
import { formatMoney } from '../../kernel/money.ts';
import { count, defineWords } from '../../kernel/words.ts';
import type { Exceeded, Hindrance, Problem, ProblemCode, Warning } from './rules.ts';

/** The sentences of the expenses screens. */
export const words = defineWords('expenses', {
  claims: 'Claims',
  claim: 'Claim',
  mine: 'Mine',
  everyone: 'Everyone',
  whose: 'Whose claims',
  newClaim: 'New claim',
  editClaim: 'Edit claim',
  approvals: 'Approvals',
  categories: 'Categories',
  backToClaims: 'Back to claims',
  noMerchant: 'No merchant yet',
  noAmount: 'No amount yet',
  noCategory: 'No category',
  noShow: 'No show',
  noClaims: 'No claims yet',
  noClaimsText: 'Photograph a receipt right after paying. It is kept on this device at once, with or without signal.',
  noClaimsOfOthers: 'When somebody in the organisation makes a claim, it appears here.',
  noMatch: 'Nothing matches',
  noMatchText: 'No claim fits these filters.',
  clearFilters: 'Clear filters',
  endOfList: 'End of list',
  onlyHere: 'Only on this device so far',
  onlyHereText: 'Saved on this device. It is sent as soon as there is signal.',
  somebody: 'somebody',
  startedBy: (who: string) => `Started by ${who}`,
  claimGone: 'This claim is not here',
  cannotEdit: 'It was submitted meanwhile, so it can no longer be changed.',
  claimGoneText: 'It may have been removed, or you may no longer see it.',
  claimCount: (n: number) => count(n, 'claim', 'claims'),
  receiptCount: (n: number) => count(n, 'photo', 'photos'),
  search: 'Search claims',
  state: 'State',
  month: 'Month',
  category: 'Category',
  show: 'Show',
  anyState: 'Any state',
  anyMonth: 'Any time',
  anyCategory: 'Any category',
  anyShow: 'Any show',
  filters: 'Filters',
  showMore: 'Show more',
  close: 'Close',

  receipts: 'Receipt',
  photograph: 'Photograph the receipt',
  chooseFile: 'Choose a file',
  addPhoto: 'Add photo',
  photoHint: 'JPG or PNG, up to 5',
  dropHere: 'or drop files here',
  preparing: 'Preparing photo',
  photoRemoved: 'Photo removed',
  undo: 'Undo',
  removePhoto: (name: string) => `Remove ${name}`,
  openPhoto: (n: number) => `Open photo ${n}`,
  photoOf: (n: number, all: number) => `Photo ${n} of ${all}`,
  photoNotKept: 'Not kept on this device yet',
  tryAgain: 'Try again',
  photoOnItsWay: 'Photo on its way',
  photoOnItsWayText: 'It is still on the device that took it and arrives when that device has signal.',
  photoNotHere: 'Photo not on this device',
  photoNotHereText: 'It loads when you have signal.',
  noPhotos: 'No photo',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',

  amount: 'Amount',
  currency: 'Currency',
  date: 'Date',
  merchant: 'Merchant',
  merchantHint: 'Shop, hotel…',
  description: 'What was it for?',
  descriptionHint: 'For example: diesel, Graz to Vienna',
  payment: 'Paid with',
  payPersonalCard: 'My card',
  payCash: 'My cash',
  payCompanyCard: 'Company card',
  payFloat: 'Cash float',
  notes: 'Note for the approver',
  optional: 'optional',
  charactersLeft: (n: number) => count(n, 'character left', 'characters left'),
  charactersOver: (n: number) => count(n, 'character too many', 'characters too many'),
  guessedCategory: (merchant: string) => `Category as last time at ${merchant}.`,
  guessedShow: 'The show on that date.',
  saveDraft: 'Save draft',
  submit: 'Submit',
  submitAgain: 'Submit again',
  discard: 'Discard',
  discardAsk: 'Discard this draft?',
  discardAskText: 'What you typed and photographed for it is deleted from this device.',
  keptHere: 'Saved on this device',
  notKept: 'Not saved: this device is full',
  draftSaved: 'Draft saved.',
  submitted: 'Claim submitted.',
  submittedLater: 'Claim submitted. It leaves this device when there is signal.',
  errorSummary: (n: number) => `${count(n, 'thing needs', 'things need')} your eye before this can go`,
  resume: (n: number) => count(n, 'unfinished claim', 'unfinished claims'),
  resumeText: 'Kept on this device.',
  resumeOpen: 'Continue',
  seeClaim: 'See that claim',

  approve: 'Approve',
  reject: 'Reject',
  rejectAsk: 'Reject this claim',
  rejectReason: 'Reason',
  rejectReasonHint: 'The person who made the claim reads this and can correct it.',
  rejectReasonMissing: 'Write a reason, so that it can be corrected.',
  cancel: 'Cancel claim',
  cancelAsk: 'Cancel this claim?',
  cancelAskText: 'It is not paid back and cannot be submitted again.',
  deleteDraft: 'Delete draft',
  deleteDraftAsk: 'Delete this draft?',
  deleteDraftAskText: 'It is removed from all your devices, with its photos.',
  deleted: 'Draft deleted.',
  continueClaim: 'Continue',
  reopened: 'Back to draft.',
  keepWaiting: 'Not now',
  correct: 'Correct and submit again',
  reopen: 'Back to draft',
  pay: 'Mark as paid',
  approved: 'Approved.',
  approvedOne: (what: string) => `Approved: ${what}.`,
  undone: 'Taken back. The claim waits again.',
  tooLate: 'It was sent already. The finance director can reject it.',
  overLimit: 'Over limit',
  allClaims: 'See all claims',
  dismiss: 'Cancel',
  moved: (name: string, place: number) => `${name} is now number ${place}.`,
  sameElsewhere: 'The same amount, merchant and day is in another claim of this person.',
  approvedCount: (n: number) => `${count(n, 'claim', 'claims')} approved.`,
  rejected: 'Rejected.',
  paid: 'Marked as paid.',
  cancelled: 'Claim cancelled.',
  approveSelected: (n: number) => `Approve ${count(n, 'claim', 'claims')}`,
  selectClaim: (name: string) => `Select the claim of ${name}`,
  selectAll: 'Select all',
  selected: (n: number) => `${n} selected`,
  waitingFor: (n: number) => count(n, 'claim waits for you', 'claims wait for you'),
  nothingWaits: 'Nothing waits for you',
  nothingWaitsText: 'New claims appear here as soon as they are submitted.',

  history: 'History',
  by: 'Claimed by',
  rejectedBecause: 'Rejected because',

  categoryName: 'Name',
  categoryIcon: 'Icon',
  categoryLimit: 'Limit',
  categoryLimitHint: 'Above it, a claim needs higher approval. Empty for none.',
  needsReceipt: 'A photo of the receipt is required',
  active: 'Can be chosen for new claims',
  inactive: 'Inactive',
  addCategory: 'Add category',
  editCategory: 'Edit category',
  save: 'Save',
  moveUp: (name: string) => `Move ${name} up`,
  moveDown: (name: string) => `Move ${name} down`,
  noCategories: 'No categories yet',
  noCategoriesText: 'Categories say what a claim is for. Add the ones your bookkeeping knows.',
  nameMissing: 'Enter a name.',
  nameTaken: 'There is a category with this name already.',
  categorySaved: 'Category saved.',
  receiptRequired: 'Photo required',
  receiptNotRequired: 'No photo needed',
  upTo: (money: string) => `up to ${money}`,
  noLimit: 'No limit',
  notAllowed: 'This page is for people who manage expense categories.',
  notAllowedApprovals: 'This page is for people who approve claims.',
});

/** The keys of the approvals screen, as a line under the queue. */
export const keyHints: readonly (readonly [key: string, what: string])[] = [
  ['j', 'next'],
  ['k', 'previous'],
  ['x', 'select'],
  ['a', 'approve'],
  ['r', 'reject'],
  ['Enter', 'open'],
  ['?', 'all keys'],
];

/** A state of a claim in a word. */
export const statusWords: Readonly<Record<ExpenseStatus, string>> = defineWords('expenses.status', {
  draft: 'Draft',
  submitted: 'Submitted',
  approved: 'Approved',
  rejected: 'Rejected',
  paid: 'Paid',
  cancelled: 'Cancelled',
  archived: 'Archived',
});

/** The reasons for a rejection that come up most; each can be changed before it is sent. */
export const rejectionPresets: readonly string[] = [
  'The receipt cannot be read. Add a sharper photo.',
  'The amount does not match the receipt.',
  'This is a private purchase.',
  'This was claimed already.',
  'Add what it was for and for which show.',
];

const problemSentences: Readonly<Record<ProblemCode, (facts: Problem['facts']) => string>> = {
  amount_missing: () => 'Enter the amount on the receipt.',
  amount_not_a_number: () => 'Write the amount in digits, for example 12.50.',
  amount_too_precise: ({ currency, digits }) =>
    digits === 0
      ? `${String(currency)} has no decimals. Write a whole number.`
      : `${String(currency)} has ${String(digits)} decimals. Remove the digits after that.`,
  amount_too_large: () => 'This is more than one claim can hold. Check the number of digits.',
  amount_zero: () => 'The amount is zero. Enter what you paid.',
  amount_negative: () => 'Enter what you paid without a minus sign.',
  bad_currency: () => 'Choose a currency.',
  date_missing: () => 'Enter the day you paid.',
  date_invalid: () => 'This day does not exist. Choose one from the calendar.',
  future_date: () => 'This day has not come yet. Enter the day you paid.',
  category_missing: () => 'Choose a category.',
  category_inactive: () => 'This category is no longer used. Choose another one.',
  description_missing: () => 'Say in a few words what it was for.',
  description_too_long: ({ over }) => `Shorten it by ${count(Number(over), 'character', 'characters')}.`,
  merchant_too_long: () => 'Shorten the name of the merchant.',
  missing_receipts: () => 'This category needs a photo of the receipt. Add one.',
  too_many_receipts: () => 'A claim holds 5 photos. Remove some.',
};

/** What to do about a problem, in a sentence. */
export const problemSentence = ({ code, facts }: Problem): string => problemSentences[code](facts);

/** A warning in a sentence. */
export function warningSentence(warning: Warning, locale?: string): string {
  if (warning.code === 'over_limit') return overLimitSentence(warning.exceeded, locale);
  if (warning.code === 'date_tomorrow') return 'This is tomorrow by the clock of this device. Check the date.';
  if (warning.code === 'date_long_ago') return 'This is more than half a year ago. Check the year.';
  return 'You have a claim for this amount, merchant and day already.';
}

/** Says which limit is exceeded and what follows from it. */
export function overLimitSentence({ by, limit }: Exceeded, locale?: string): string {
  const whose = by === 'category' ? 'the limit of this category' : 'the limit of your organisation';
  return `This is over ${whose} (${formatMoney(limit, locale)}). You can submit it; a higher approval decides.`;
}

/** Says to everybody who looks at a claim over a limit who can decide it. */
export function overLimitNote(
  category: { name: string; max_amount_minor: number | null; currency: string | null } | undefined,
  organization: { expense_limit_minor: number; currency: string },
  locale?: string,
): string {
  const limits = [
    category?.max_amount_minor && category.currency
      ? `${category.name}: ${formatMoney({ amount_minor: category.max_amount_minor, currency: category.currency }, locale)}`
      : '',
    `organisation: ${formatMoney({ amount_minor: organization.expense_limit_minor, currency: organization.currency }, locale)}`,
  ];
  return `Over a limit (${limits.filter(Boolean).join('; ')}). The finance director or an administrator decides.`;
}

/** Why somebody cannot act on a claim, in a sentence. */
export const hindranceSentence: Readonly<Record<Hindrance, string>> = defineWords('expenses.hindrance', {
  wrong_state: 'This is no longer possible for this claim.',
  not_yours: 'Only the person who made the claim can do this.',
  not_permitted: 'You do not decide on claims here.',
  own_claim: 'This is your own claim. Somebody else decides about it.',
  insufficient_approval_limit:
    'This is over a limit. It needs the approval of the finance director or an administrator.',
});

/** What became of an intent that was not taken, or of a photo, and what to do: refusal code to sentence. */
export const refusalWords: Readonly<Record<string, string>> = defineWords('expenses.refusals', {
  missing_amount: 'The claim had no amount. Enter it and submit again.',
  missing_description: 'The claim did not say what it was for. Add it and submit again.',
  missing_receipts: 'This category needs a photo of the receipt. Add one and submit again.',
  too_many_receipts: 'A claim holds 5 photos. Remove some, then add this one.',
  inactive_category: 'The category is no longer used. Choose another one and submit again.',
  future_date:
    'The day of the claim has not come yet anywhere on Earth. Check the clock of this device, correct the date and submit again.',
  expenses_amount_out_of_bounds: 'The amount must be more than zero and fit in one claim. Correct it and submit again.',
  expenses_amount_missing: 'The claim had no amount. Enter it and submit again.',
  expenses_bad_currency: 'The currency was not known. Choose another one and submit again.',
  expenses_date_out_of_bounds: 'The date is too far in the past. Correct it and submit again.',
  expenses_description_too_long: 'The description is longer than 500 characters. Shorten it and submit again.',
  expense_receipts_too_large: 'The photo is larger than 10 MB. Take it at a lower resolution and add it again.',
  expense_receipts_bad_type: 'The photo is of a kind that is not accepted. Add it as JPG or PNG.',
  insufficient_approval_limit: hindranceSentenceOf('insufficient_approval_limit'),
  own_claim: hindranceSentenceOf('own_claim'),
  bad_transition: 'Somebody else moved this claim on before you. Look at it again.',
  conflict: 'The claim changed before your decision arrived. Look at what is different and decide again.',
  not_permitted: 'You may no longer do this. Ask an administrator of your organisation.',
  gone: 'The claim is gone, or you no longer see it.',
  exists: 'There is one with this name already. Choose another name.',
  photo_empty: 'This file is empty. Choose another one, or take the photo again.',
  photo_not_an_image: 'This file is not an image, whatever its name says. Choose a JPG or PNG.',
  photo_is_pdf: 'PDF files cannot be added yet. Make a screenshot of the receipt and choose that.',
  photo_heic:
    'This browser cannot open HEIC photos. Set the camera to “Most compatible” (iPhone: Settings, Camera, Formats), or choose a JPG or PNG.',
  photo_damaged: 'This image is damaged and cannot be opened. Take the photo again, or choose another file.',
  photo_unreadable: 'This file could not be read. Copy it to this device and choose it again.',
  photo_too_large:
    'This image is too large for this device to open. Take it at a lower resolution, or choose a screenshot of it.',
  photo_duplicate: 'You added this photo already.',
  device_full:
    'This device is full, so it could not be saved. What you typed and photographed is still on this screen: free some space, then try again.',
});

/** A sentence for any failure of these screens. */
export const refusalSentence = (code: string): string =>
  refusalWords[code] ?? 'This did not work. What you typed is still here; try again, or tell your administrator.';

function hindranceSentenceOf(code: Hindrance): string {
  return hindranceSentence[code];
}

const actionSentences: Readonly<Record<string, (who: string, detail: Record<string, unknown>) => string>> = {
  submitted: (who) => `Submitted by ${who}`,
  approved: (who) => `Approved by ${who}`,
  rejected: (who) => `Rejected by ${who}`,
  draft: (who) => `Taken back to draft by ${who}`,
  paid: (who) => `Marked as paid by ${who}`,
  cancelled: (who) => `Cancelled by ${who}`,
  archived: () => 'Archived',
};

/** "Approved by Mara Lind": one line of a claim's history. */
export function historyLine(action: string, actor: string | null, detail: Record<string, unknown> = {}): string {
  const bare = action.replace(/^expenses?[._]/, '');
  return (actionSentences[bare] ?? ((who: string) => `${bare} by ${who}`))(actor ?? 'somebody', detail);
}

/** "Approved by Mara Lind, 14 Nov, 21:05". */
export const decidedLine = (action: string, actor: string | null, at: string, locale?: string): string =>
  `${historyLine(action, actor)}, ${formatInstant(at, locale)}`;

/** A month as a heading: "November 2026". */
export const monthName = (month: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** A claim's day as people read it. */
export const dayWords = (date: string, locale?: string): string => formatDate(date, locale);
