import { formatMoney } from '../../kernel/money.ts';
import { defineWords } from '../../kernel/words.ts';
import { roleName } from '../people/index.ts';
import type { Level } from './levels.ts';
import type { Rule } from './rules.ts';

/** What became of an intent about approvals, and what to do: refusal code to sentence. */
export const refusalWords: Readonly<Record<string, string>> = defineWords('approvals.refusals', {
  approval_rules_bad_levels: 'A rule has one to three levels, and nobody is in it twice. Choose them again.',
  approval_rules_amount_out_of_bounds: 'The amount of the rule is too large. Enter a smaller one.',
  approval_limits_amount_out_of_bounds: 'The limit is too large. Enter a smaller one.',
  approval_limits_role_or_person: 'A limit is for a role or for a person. Choose one of them.',
  approval_delegations_reason_missing: 'Write why in up to 200 characters, then lend again.',
  approval_delegations_to_oneself: 'Nobody stands in for themselves. Choose somebody else.',
  approval_delegations_bad_period: 'The last day comes after the first one, within a year. Choose the days again.',
});

/** A person's name by id. */
export type Names = (person_id: string) => string;

/** "the finance director": who a level wants, in the middle of a sentence. */
export function levelName(wanted: string, names: Names): string {
  if (wanted === 'any') return 'whoever approves claims';
  if (wanted === 'high') return 'a higher approval';
  if (wanted.startsWith('person:')) return names(wanted.slice('person:'.length));
  const role = wanted.slice('role:'.length);
  const name = roleName(role).toLowerCase();
  return uniqueRoles.has(role) ? `the ${name}` : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Roles of which an organisation usually has one. */
const uniqueRoles: ReadonlySet<string> = new Set(['finance_director', 'manager', 'owner']);

/** "the manager, then the finance director". */
export const chainWords = (levels: readonly string[], names: Names): string =>
  levels.map((level) => levelName(level, names)).join(', then ');

/** "Claims over €500.00 in Travel need: the manager, then the finance director." */
export function ruleSentence(
  { over_minor, levels }: Rule,
  {
    currency,
    category,
    names,
    locale,
  }: { currency: string; category: string | undefined; names: Names; locale?: string },
): string {
  const which =
    over_minor > 0 ? `Claims over ${formatMoney({ amount_minor: over_minor, currency }, locale)}` : 'Every claim';
  const need = over_minor > 0 ? 'need' : 'needs';
  return `${which}${category ? ` in ${category}` : ''} ${need}: ${chainWords(levels, names)}.`;
}

/** "Mara Lind", or "Ben Roth for Mara Lind". */
const deciderName = ({ decided_by, for_person_id }: Level, names: Names): string =>
  `${decided_by ? names(decided_by) : 'somebody'}${for_person_id ? ` for ${names(for_person_id)}` : ''}`;

/** "Approved by Mara Lind; waits for the finance director": where a submitted claim stands on its way. */
export function progressSentence(levels: readonly Level[], names: Names): string {
  const approved = levels.filter(({ status }) => status === 'approved').map((level) => deciderName(level, names));
  const waiting = levels.find(({ status }) => status === 'waiting');
  const waits = waiting ? `waits for ${levelName(waiting.wanted, names)}` : '';
  const done = approved.length > 0 ? `Approved by ${approved.join(' and ')}` : '';
  const sentence = [done, waits].filter(Boolean).join('; ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** "Priya Raman or Ines Albrecht": a few names; more than three are counted. */
export function anyOfNames(ids: readonly string[], names: Names): string {
  const most = 3;
  const shown = ids.slice(0, most).map(names);
  if (ids.length > most) return `${shown.join(', ')} or ${ids.length - most} more`;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)!}`;
}
