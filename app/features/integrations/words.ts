import { formatInstant } from '../../kernel/day.ts';
import { count, defineWords } from '../../kernel/words.ts';
import type { Tone } from '../../ui/ui-badge.ts';
import { isAhead, type Standing } from './rules.ts';

/** Every sentence of the integrations page. */
export const words = defineWords('integrations', {
  heading: 'Integrations',
  lead: 'Where your work goes on in other products. What cannot leave now waits here and loses nothing.',
  none: 'Nothing is on its way',
  noneText: 'What is sent to another product shows here until it has arrived.',
  connect: (who: string) => `Connect ${who}`,
  signInAgain: (who: string) => `Sign in to ${who} again`,
  pause: 'Pause',
  resume: 'Resume',
  retryNow: 'Try now',
  disconnect: 'Disconnect',
  disconnectAsk: (who: string) => `Disconnect ${who}?`,
  disconnectText: 'The sign-in is forgotten. What waits stays here and leaves when somebody connects again.',
  paused: 'Paused. What is to be sent waits.',
  resumed: 'Resumed.',
  retried: 'It is tried again now.',
  retriedLater: 'Noted. It is tried again as soon as this device has signal.',
  disconnected: 'Disconnected.',
  sandbox: 'Sandbox mode',
  sandboxText: 'Nothing real happens: this is a trial copy of the product.',
  connectedBy: (who: string, at: string) => `connected by ${who}, ${at}`,
  connectedAt: (at: string) => `connected ${at}`,
  wellSince: (at: string) => `Working. Last sent something ${at}.`,
  wellNever: 'Working. Nothing has been sent yet.',
  nextTry: (at: string) => `We try again at ${at}.`,
  queued: (who: string) => `It goes to ${who} in a moment.`,
  queuedAt: (who: string, at: string) => `It goes to ${who} at ${at}.`,
  nextSoon: 'We try again in a moment.',
  needsSignIn: (who: string) => `${who} wants somebody to sign in again. What waits leaves as soon as you have.`,
  pausedText: 'Somebody paused it. What is to be sent waits until it is resumed.',
  notConnected: (what: string) => what,
  waiting: (n: number) => count(n, 'waits', 'wait'),
  failed: (n: number) => count(n, 'needs you', 'need you'),
  onItsWay: 'On its way',
  needYou: 'Needs you',
  more: (n: number) => `and ${count(n, 'more', 'more')}`,
  retry: 'Try again',
  retryThis: (what: string) => `Try again: ${what}`,
  giveUp: 'Give up',
  giveUpThis: (what: string) => `Give up: ${what}`,
  giveUpAsk: (what: string) => `Give “${what}” up?`,
  giveUpText: 'It is not sent. Enter it over there by hand, or send it again later from here.',
  gaveUp: 'Given up. It can be tried again from here.',
  openThere: (who: string) => `Open in ${who}`,
  unknownThing: 'Something that is not on this device',
  notRetried: 'That did not work: it has changed meanwhile. Look at it again.',
});

/** What came of signing in at a provider, by the word that comes back with the browser. */
export const outcomes: Readonly<Record<string, (who: string) => string>> = defineWords('integrations.outcomes', {
  connected: (who: string) => `${who} is connected. What waited is leaving now.`,
  declined: (who: string) => `${who} was not connected: you, or they, said no. Nothing has changed.`,
  expired: () => 'That took too long, or it was finished already. Start again from here.',
  other_browser: () => 'That was begun in another browser. Start again from here.',
  failed: (who: string) =>
    `${who} did not accept the sign-in. Try again; if it happens twice, tell your administrator.`,
  unavailable: (who: string) =>
    `${who} cannot be connected in this installation: its keys are not set up. Tell whoever runs it.`,
});

/** A provider as people know it. */
interface ProviderWords {
  readonly name: string;
  readonly what: string;
  readonly icon: string;
}

const providers: Readonly<Record<string, ProviderWords>> = {
  xero: {
    name: 'Xero',
    what: 'Approved claims become bills with their receipts, and payments come back.',
    icon: 'banknote',
  },
  docusign: { name: 'DocuSign', what: 'Contracts are signed without leaving the portal.', icon: 'pencil' },
  adobe_sign: { name: 'Adobe Acrobat Sign', what: 'Contracts are signed without leaving the portal.', icon: 'pencil' },
  sharepoint: { name: 'SharePoint', what: 'Documents are kept in your own library.', icon: 'package' },
  hubdoc: { name: 'Hubdoc', what: 'Receipts go to your bookkeeping inbox.', icon: 'receipt' },
  stripe: { name: 'Stripe', what: 'Tickets and deposits are paid by card.', icon: 'wallet' },
  razorpay: { name: 'Razorpay', what: 'Tickets and deposits are paid in India.', icon: 'wallet' },
  twilio: { name: 'Twilio', what: 'Text messages reach crew on the road.', icon: 'smartphone' },
  sendgrid: { name: 'SendGrid', what: 'Mails are delivered.', icon: 'mail' },
  mail: { name: 'Mail', what: 'Invitations are mailed.', icon: 'mail' },
  web_push: { name: 'Notifications', what: 'Devices are told what happened.', icon: 'bell' },
};

/** What a provider is called, what it is for, and its picture. */
export const providerWords = (provider: string): ProviderWords =>
  providers[provider] ?? { name: provider, what: '', icon: 'circle' };

/** Why something did not get through and what comes next, by error code. */
const errors: Readonly<Record<string, (who: string) => string>> = defineWords('integrations.errors', {
  timed_out: (who: string) => `${who} is not answering.`,
  unreachable: (who: string) => `${who} cannot be reached.`,
  unavailable: (who: string) => `${who} is not available at the moment.`,
  server_error: (who: string) => `${who} has a fault of its own.`,
  too_many_requests: (who: string) => `${who} asks us to wait: it takes only so much at a time.`,
  lane_empty: (who: string) => `${who} takes only so much at a time, so it goes in portions.`,
  sign_in_again: (who: string) => `${who} wants somebody to sign in again.`,
  renewal_stuck: (who: string) => `The sign-in at ${who} is being renewed.`,
  out_of_time: (who: string) => `${who} took too long.`,
  lease_expired: () => 'Sending was interrupted.',
  unexpected: () => 'Something went wrong on our side. It is being tried again.',
  bad_request: (who: string) =>
    `${who} does not accept it as it is. Correct it and try again, or enter it there by hand.`,
  refused: (who: string) => `${who} does not accept it. Look at it there, or enter it by hand.`,
  forbidden: (who: string) =>
    `${who} does not allow it. Somebody with more rights there has to connect it, then try again.`,
  not_found: (who: string) => `${who} does not know what it belongs to any more. Look at it there, then try again.`,
  conflict: (who: string) => `There is one like it in ${who} already. Look at it there.`,
  payment_required: (who: string) => `Your plan at ${who} does not include this.`,
  too_large: (who: string) => `It is larger than ${who} takes. Make it smaller, then try again.`,
  gone: (who: string) => `It is not in ${who} any more.`,
  answer_unreadable: (who: string) => `The answer of ${who} broke off. Whether it arrived is looked up first.`,
  file_unreadable: () => 'A photo could not be read at the moment.',
  file_missing: () => 'A photo is not here any more. Add it to the claim again, or send the claim without it.',
  not_set_up: (who: string) => `This installation is not set up for ${who} yet. Tell whoever runs it.`,
  bad_application: (who: string) => `${who} does not know this installation any more. Tell whoever runs it.`,
  no_organisation: (who: string) => `Nothing was chosen in ${who}. Connect again and choose an organisation there.`,
  no_refresh_token: (who: string) => `${who} did not allow us to stay signed in. Connect again and allow everything.`,
  given_up: () => 'Somebody gave it up. Enter it by hand, or try again.',
  mail_limit: () => 'Only so many mails may leave in an hour.',
  mail_down: () => 'The mail server is not answering.',
  mail_refused: () => 'The mail server refused this address. Check it and invite again.',
  email_address_invalid: () => 'There is no such address. Check it and invite again.',
  email_address_not_authorized: () => 'This installation may not send mails to that address. Tell whoever runs it.',
});

/** Why, in words; a code nobody has words for is still said plainly. */
export const errorSentence = (code: string | null, provider: string): string => {
  const who = providerWords(provider).name;
  if (!code) return '';
  return errors[code]?.(who) ?? `${who} does not accept it. Look at it there, correct it and try again.`;
};

/** "at 14:20" needs no day when it is today. */
export function moment(instant: string, now = new Date()): string {
  const at = new Date(instant);
  if (at.toDateString() !== now.toDateString()) return formatInstant(at);
  return new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(at);
}

const again = (at: string | null, now: Date): string =>
  isAhead(at, now.getTime()) ? words.nextTry(moment(at, now)) : words.nextSoon;

/** Where a thing is on its way, as a sentence: "Xero is not answering. We try again at 14:20." */
export function standingSentence(
  standing: Standing,
  { provider, error_code }: { readonly provider: string; readonly error_code: string | null },
  now = new Date(),
): string {
  const who = providerWords(provider).name;
  const why = errorSentence(error_code, provider);
  if (standing.kind === 'held') return held[standing.by](who);
  if (standing.kind === 'retrying') return `${why} ${again(standing.at, now)}`.trim();
  if (standing.kind === 'queued')
    return isAhead(standing.at, now.getTime()) ? words.queuedAt(who, moment(standing.at, now)) : words.queued(who);
  return standing.kind === 'failed' ? why : going[standing.kind](who);
}

const going = {
  sent: (who: string) => `Arrived in ${who}.`,
  sending: (who: string) => `It is being sent to ${who}.`,
};

const held = {
  disconnected: (who: string) => `It waits until somebody connects ${who}.`,
  paused: (who: string) => `It waits: ${who} is paused.`,
  needs_attention: (who: string) => `It waits until somebody signs in to ${who} again.`,
};

/** A standing in one word, with its tone and picture. */
export const badgeOf: Readonly<Record<Standing['kind'], { word: string; tone: Tone; icon: string }>> = {
  sent: { word: 'Sent', tone: 'good', icon: 'circle-check' },
  sending: { word: 'Sending', tone: 'waiting', icon: 'send' },
  queued: { word: 'Queued', tone: 'waiting', icon: 'clock' },
  retrying: { word: 'Trying again', tone: 'warn', icon: 'refresh-cw' },
  held: { word: 'Waiting', tone: 'warn', icon: 'clock' },
  failed: { word: 'Not sent', tone: 'bad', icon: 'circle-alert' },
};

/** How an organisation stands with a provider, in one word. */
export const statusBadge: Readonly<Record<string, { word: string; tone: Tone; icon: string }>> = {
  connected: { word: 'Connected', tone: 'good', icon: 'circle-check' },
  busy: { word: 'Asks us to wait', tone: 'warn', icon: 'clock' },
  troubled: { word: 'Not answering', tone: 'warn', icon: 'refresh-cw' },
  paused: { word: 'Paused', tone: 'neutral', icon: 'clock' },
  needs_attention: { word: 'Needs you', tone: 'bad', icon: 'circle-alert' },
  disconnected: { word: 'Not connected', tone: 'neutral', icon: 'circle' },
};

/** How it goes at a provider, as a sentence. */
export function healthSentence(
  row: {
    readonly provider: string;
    readonly status: string;
    readonly error_code: string | null;
    readonly next_try_at: string | null;
    readonly succeeded_at: string | null;
  },
  now = new Date(),
): string {
  const { name } = providerWords(row.provider);
  if (row.status === 'needs_attention') return words.needsSignIn(name);
  if (row.status === 'paused') return words.pausedText;
  if (row.error_code) return `${errorSentence(row.error_code, row.provider)} ${again(row.next_try_at, now)}`;
  return row.succeeded_at ? words.wellSince(moment(row.succeeded_at, now)) : words.wellNever;
}
