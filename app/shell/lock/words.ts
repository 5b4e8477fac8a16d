import type { Failure } from '../../kernel/failure.ts';
import { defineWords } from '../../kernel/words.ts';
import { sentenceFor as signInSentence } from '../sign-in/words.ts';

/** Every sentence of the screen lock and the PIN. */
export const words = defineWords('lock', {
  locked: 'Locked',
  locked_lead: 'Everything you typed is still here.',
  pin: 'PIN',
  pin_label: '6-digit PIN',
  code_label: '6-digit code',
  password: 'Password',
  unlock: 'Unlock',
  use_password: 'Use your password',
  use_pin: 'Use your PIN',
  use_code: 'E-mail me a code',
  sign_out: 'Sign out',
  password_lead: 'Enter your password to unlock.',
  code_lead: (email: string) => `We sent a 6-digit code to ${email}.`,
  offline_without_pin: 'No signal, and this device has no PIN. Find signal to unlock; everything you saved is safe.',
  offline_closed:
    'The PIN is closed after 5 wrong tries. Find signal to unlock by password or code; your work is safe.',

  warning: 'Are you still there?',
  warning_text: (left: string) => `The screen locks in ${left}. Nothing you typed is lost.`,
  stay: 'Stay signed in',
  lock_now: 'Lock now',

  offer_heading: 'Unlock with a PIN',
  offer_lead:
    'After 30 minutes the screen locks. With a 6-digit PIN you are back in a second, even with no signal backstage.',
  change_heading: 'Change your PIN',
  new_pin: 'New PIN',
  repeat_pin: 'Repeat the PIN',
  set_pin: 'Set PIN',
  not_now: 'Not now',
  pin_set: 'PIN set on this device.',
  pin_hint: '6 digits. It stays on this device.',
  pin_differs: 'The two PINs differ. Type them again.',
  pin_digits: 'A PIN has 6 digits.',
  pin_easy: 'That PIN is too easy to guess. Avoid rows like 123456 and repeats.',
});

/** "4 minutes", or "40 seconds" in the last minute. */
export function leftWords(seconds: number): string {
  if (seconds <= 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** The sentence for a failure to unlock. */
export const sentenceFor = (failure: Failure): string =>
  signInSentence(failure, {
    wrong_password: 'That password is not right. Try again, or get a code by e-mail.',
    pin_wrong: ({ left }) => `Wrong PIN. ${left === 1 ? 'One try' : `${String(left)} tries`} left.`,
    pin_wait: ({ retry_after }) => `Wait ${leftWords(Number(retry_after))} before the next try.`,
    pin_closed: 'The PIN is closed after 5 wrong tries. Unlock by password or by a code.',
    pin_missing: 'This device has no PIN. Unlock by password or by a code.',
    offline: 'No connection. Find signal to unlock this way; your work is safe.',
  });
