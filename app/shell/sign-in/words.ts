import type { Failure } from '../../kernel/failure.ts';
import { count, defineWords } from '../../kernel/words.ts';

/** Every sentence of the sign-in pages. */
export const words = defineWords('sign-in', {
  product: 'BIG Live Portal',
  tagline: 'The whole tour in one place, with or without signal.',
  point_receipts: 'Photograph a receipt backstage; it becomes a claim even with no signal.',
  point_schedule: 'Shows, people and money in one calendar that knows every time zone.',
  point_safe: 'Everything is saved on your phone first and sent when it can be.',

  welcome: 'Sign in',
  welcome_back: 'Welcome back',
  email: 'E-mail',
  password: 'Password',
  new_password: 'New password',
  show_password: 'Show password',
  hide_password: 'Hide password',
  continue: 'Continue',
  sign_in: 'Sign in',
  signing_in: 'Signing in…',
  change_email: 'Use another e-mail',
  forgot: 'Forgot password?',
  code_instead: 'E-mail me a code instead',
  password_instead: 'Use a password instead',
  or: 'or',
  trust: 'Stay signed in on this device for 30 days',
  trust_hint: 'For your own phone or computer. On a shared one, leave this off: it is 7 days then.',
  new_here: 'New here?',
  create_account: 'Create an account',
  have_account: 'Have an account already?',

  create_heading: 'Create your account',
  create_lead: 'If you were invited, use the address the invitation was sent to.',
  first_name: 'First name',
  last_name: 'Last name',
  create_action: 'Create account',

  check_mail: 'Check your mail',
  mail_sign_in: (email: string) => `If ${email} has an account, a mail with a 6-digit code and a link is on its way.`,
  mail_sign_up: (email: string) =>
    `We sent a mail to ${email}. Enter its 6-digit code, or open its link on this device.`,
  mail_recovery: (email: string) =>
    `If ${email} has an account, a mail with a 6-digit code and a link is on its way. Then you choose a new password.`,
  code: '6-digit code',
  code_hint: 'It works for 10 minutes.',
  code_action: 'Continue',
  code_resend: 'Send a new code',
  code_resend_wait: (seconds: number) => `Send a new code in ${seconds} s`,
  code_sent: 'A new code is on its way.',
  no_mail: 'No mail after a minute? Look in the spam folder, or check the address.',

  code_heading: 'Sign in by a code',
  code_lead: 'We e-mail you 6 digits and a link. Either lets you in.',

  forgot_heading: 'Forgot your password?',
  forgot_lead: 'We e-mail you a code and a link to choose a new one.',
  forgot_action: 'E-mail me a code',

  choose_heading: 'Choose a new password',
  choose_lead: (email: string) => `For ${email}. Your other devices stay signed in until you sign them out.`,
  choose_action: 'Save and continue',

  link_busy: 'Opening your link…',
  link_failed_heading: 'This link no longer works',
  link_failed: 'A link works once and for one hour. Get a new one below: it takes a minute.',
  link_retry: 'Try the link again',
  link_new_code: 'E-mail me a new code',
  back_to_sign_in: 'Back to sign-in',

  offline: 'No signal. Signing in needs the internet once; after that the portal works without it.',
  invitations_wait: (n: number) => count(n, 'invitation waits', 'invitations wait') + ' for you.',
  invitations_see: 'See',
  ended: 'This device was signed out. Sign in again: everything saved on it is still here.',

  rule_length: '12 characters or more',
  rule_upper: 'An upper-case letter',
  rule_lower: 'A lower-case letter',
  rule_digit: 'A digit',
  rule_met: 'done',
  rule_open: 'still needed',
  strength_label: 'Strength',
  strength_none: 'Type a password',
  strength_weak: 'Too easy to guess',
  strength_fair: 'Fair',
  strength_good: 'Good',
  strength_strong: 'Strong',

  email_missing: 'Enter your e-mail address.',
  email_bad: 'That is not an e-mail address. It looks like name@example.com.',
  password_missing: 'Enter your password.',
  name_missing: 'Enter your first and last name.',
  password_rules: 'The password still needs something from the list.',
  password_common:
    'That password is one of the first that are tried. Choose something less usual: four unrelated words and a number work well.',
  password_breached: 'That password has appeared in a leak of another service. Choose one you use nowhere else.',
  code_bad: 'The code has 6 digits.',

  try_at: (time: string) => `Try again at ${time}.`,
});

type Sentence = string | ((facts: Readonly<Record<string, unknown>>) => string);

/** One sentence for each failure code: what happened, and what to do. */
const sentences: Readonly<Record<string, Sentence>> = {
  offline: 'No connection. Check the signal and try again; nothing you typed is lost.',
  server_busy: 'The server is busy. Try again in a moment.',
  wrong_password: 'That e-mail and password do not match. Check both, or get a code by e-mail instead.',
  account_locked: (facts) =>
    `Too many wrong passwords: password sign-in is locked for ${minutes(facts)}, until ${clock(facts)}. A code by e-mail works now.`,
  too_many_attempts: (facts) => `Too many attempts. Try again at ${clock(facts)}, or get a code by e-mail.`,
  too_many_mails: (facts) => `A mail was sent just now. Look for it, or ask for another at ${clock(facts)}.`,
  email_not_confirmed: 'This address is not confirmed yet. Open the mail we sent, or have it sent again.',
  email_taken: 'There is an account with this address already. Sign in instead, or reset the password.',
  email_invalid: 'This address cannot receive our mail. Check it for a typing mistake.',
  email_not_allowed: 'Mail cannot be sent to this address yet. Ask the person who runs your portal.',
  account_closed: 'This account is closed. Ask an administrator of your organisation to open it again.',
  weak_password:
    'The password is too weak. It needs 12 characters, upper and lower case and a digit, and must not be a known one.',
  same_password: 'That is your password already. Choose a new one.',
  password_used_before: 'You used that password before. Choose one you have not used yet.',
  code_expired: 'That code is wrong or has run out. Check the digits, or send a new code.',
  confirm_by_code: 'To change the password, enter the code we just e-mailed you.',
  link_used: 'This link was used already or has run out.',
  link_empty: 'This link is incomplete. Open it from the mail again, or get a code instead.',
  link_other_device: 'Open this link on the device that asked for it, or use the code in the mail.',
  signup_closed: 'New accounts are by invitation here. Ask an administrator of your organisation to invite you.',
  signed_out: 'You were signed out. Sign in again.',
  not_kept: 'This browser does not keep data (a private window?). Open the portal in an ordinary window.',
  not_accepted: 'The server did not accept that. Check what you typed and try again.',
  not_permitted: 'You may not do that. Ask an administrator of your organisation.',
  not_offered: 'This way of signing in is not offered here. Use your e-mail and password, or a code.',
  second_factor_needed: 'This step needs your second factor. Sign in again.',
  invitation_expired: 'This invitation has run out. Ask for a new one.',
  invitation_revoked: 'This invitation was taken back. Ask the person who sent it.',
  device_full: 'There is no room left on this device. Free some space and try again.',
};

/** The sentence a person reads for a failure around signing in. */
export function sentenceFor(failure: Failure, said: Readonly<Record<string, Sentence>> = {}): string {
  const sentence = said[failure.code] ?? sentences[failure.code];
  if (typeof sentence === 'function') return sentence(failure.details);
  return sentence ?? (failure.kind === 'weather' ? (sentences['server_busy'] as string) : unexpected);
}

const unexpected = 'Something went wrong on our side. Try again; if it stays, tell your administrator.';

/** The codes that have a sentence of their own. */
export const saidCodes: readonly string[] = Object.keys(sentences);

const seconds = (facts: Readonly<Record<string, unknown>>): number => Number(facts['retry_after'] ?? 60);

function minutes(facts: Readonly<Record<string, unknown>>): string {
  const whole = Math.max(1, Math.ceil(seconds(facts) / 60));
  return whole === 1 ? '1 minute' : `${whole} minutes`;
}

/** The wall-clock time after the wait; rounded up to a whole minute so that it is never too early. */
function clock(facts: Readonly<Record<string, unknown>>): string {
  const at = Math.ceil((Date.now() + seconds(facts) * 1000) / 60_000) * 60_000;
  return new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(at);
}
