import { words } from './words.ts';

// What browsers accept in an e-mail field (HTML Standard, "valid e-mail address"), with a dot in the domain.
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i;

/** The sentence for what is wrong with an e-mail address as typed; undefined when it is fine. */
export function emailProblem(text: string): string | undefined {
  const email = text.trim();
  if (email === '') return words.email_missing;
  return email.length > 254 || !EMAIL.test(email) ? words.email_bad : undefined;
}

/** The digits of a code however they were pasted ("123 456", "Your code: 123456"). */
export const digitsOf = (text: string): string => text.replace(/\D/g, '').slice(0, 6);
