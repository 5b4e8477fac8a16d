import { authPort } from '../../platform/auth-port.ts';
import { isBreached, isUsual, meetsRules } from './password-rules.ts';
import { words } from './words.ts';

/** The sentence for what is wrong with a chosen password; undefined when nothing is. Asks the leak register when there is signal. */
export async function checkPassword(password: string, own: readonly string[]): Promise<string | undefined> {
  if (!meetsRules(password)) return words.password_rules;
  if (isUsual(password, own)) return words.password_common;
  const known = await isBreached(password, (prefix) => authPort().breachedEndings(prefix));
  return known ? words.password_breached : undefined;
}
