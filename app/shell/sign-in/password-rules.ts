import { hex } from '../../kernel/digest.ts';

/** One thing a password must have, and whether it has it. */
export interface PasswordRule {
  readonly name: 'length' | 'upper' | 'lower' | 'digit';
  readonly met: boolean;
}

/** The shortest password allowed, in characters. */
export const PASSWORD_LENGTH = 12;

/** The rules a password must meet, each with its state; letters of every alphabet count. */
export const passwordRules = (password: string): readonly PasswordRule[] => [
  { name: 'length', met: [...password].length >= PASSWORD_LENGTH },
  { name: 'upper', met: /\p{Lu}/u.test(password) },
  { name: 'lower', met: /\p{Ll}/u.test(password) },
  { name: 'digit', met: /\p{Nd}/u.test(password) },
];

/** Whether all rules are met. */
export const meetsRules = (password: string): boolean => passwordRules(password).every((rule) => rule.met);

/** The words that open most doors, in plain letters; digits and signs around them do not help. */
const usualWords: ReadonlySet<string> = new Set(
  `password passwort passwords motdepasse contrasena kennwort welcome willkommen letmein login signin administrator admin
  qwerty qwertz azerty qwertyuiop qwertzuiop asdfghjkl zxcvbnm iloveyou princess dragon monkey football baseball sunshine
  master superman batman shadow michael jennifer jordan charlie trustno changeme changethis secret default temporary
  summer winter spring autumn sommer herbst january february march april june july august september october november
  december monday tuesday wednesday thursday friday saturday sunday liverpool chelsea arsenal barcelona juventus
  starwars pokemon computer internet samsung google facebook whatever freedom hello helloworld test testing guest
  user username music musician artist concert festival backstage soundcheck portal biglive bigliveportal ontour tour`.split(
    /\s+/,
  ),
);

const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
];

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Whether a password is a usual one in disguise: a common word with digits around it, a keyboard run, a repetition,
 * or made of the person's own name or address.
 */
export function isUsual(password: string, own: readonly string[] = []): boolean {
  const lower = password.toLowerCase();
  const core = lettersOf(lower);
  const straight = lettersOf([...trimmed(lower)].map((char) => leet[char] ?? char).join(''));
  return (
    [core, straight, unrepeated(core), unrepeated(straight)].some((word) => usualWords.has(word)) ||
    new Set(lower).size < 5 ||
    unrepeated(lower).length <= password.length / 2 ||
    leftOver(lower, runs.flatMap(pieces)) < 4 ||
    leftOver(lower, own.flatMap(partsOf)) < 5
  );
}

const trimmed = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '');

/** "abcabcabc" -> "abc". */
function unrepeated(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return period > 0 ? text.slice(0, period) : text;
}

const partsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((part) => part.length >= 3);

/** All pieces of 4 characters of a run, both ways. */
function pieces(run: string): string[] {
  const back = [...run].reverse().join('');
  return [run, back].flatMap((line) => Array.from({ length: line.length - 3 }, (_, at) => line.slice(at, at + 4)));
}

/** How many characters remain when every known part is covered. */
function leftOver(text: string, parts: readonly string[]): number {
  const covered = new Set<number>();
  for (const part of parts)
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
      for (let i = at; i < at + part.length; i += 1) covered.add(i);
  return covered.size === 0 ? text.length : text.length - covered.size;
}

/** How hard a password is to guess, for the meter: 0 none, 1 too easy, 2 fair, 3 good, 4 strong. */
export function strengthOf(password: string, own: readonly string[] = []): 0 | 1 | 2 | 3 | 4 {
  if (password === '') return 0;
  if (!meetsRules(password) || isUsual(password, own)) return 1;
  const bits = new Set(password.toLowerCase()).size * Math.log2([...password].length);
  if (bits < 36) return 2;
  return bits < 52 ? 3 : 4;
}

/** Asks the leak register by the first 5 of 40 characters of the password's SHA-1, so that nobody learns the password; false when it cannot be asked. */
export async function isBreached(
  password: string,
  endings: (prefix: string) => Promise<readonly string[]>,
): Promise<boolean> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(password));
  const digits = hex(new Uint8Array(digest)).toUpperCase();
  const known = await endings(digits.slice(0, 5)).catch((): readonly string[] => []);
  return known.includes(digits.slice(5));
}
