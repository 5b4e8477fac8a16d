import { html, nothing, type TemplateResult } from 'lit';
import { administers } from './rules.ts';
import type { Approvals } from './queries.ts';
import { roleName } from '../people/index.ts';
import { words } from './settings-words.ts';

/** The roles a level can ask for: those that see claims. */
const rolesOfLevels = ['manager', 'booking', 'accountant', 'finance_director', 'admin', 'owner'] as const;

/** The roles a limit can be set for. */
export const rolesOfLimits = ['manager', 'booking', 'accountant', 'finance_director'] as const;

/** Members who see claims, by name: only they can decide them. */
export const readersOf = ({ members, people, can }: Approvals): { id: string; name: string; admin: boolean }[] =>
  members
    .filter(({ roles }) => can(roles, 'expenses:read'))
    .map(({ person_id, roles }) => ({
      id: person_id,
      name: people.get(person_id)?.display_name ?? '',
      admin: administers(roles),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));

/** The options of a level: whoever approves, roles, people. A value that is no longer offered stays while it is chosen. */
export function levelOptions(approvals: Approvals, chosen: string, mayBeNone: boolean): TemplateResult {
  const readers = readersOf(approvals);
  const option = (value: string, label: string) =>
    html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;
  const gone = chosen.startsWith('person:') && !readers.some(({ id }) => chosen === `person:${id}`);
  return html`${mayBeNone ? option('', words.noLevel) : nothing} ${option('any', words.anybody)}
    ${option('high', words.higher)}
    <optgroup label=${words.rolesGroup}>
      ${rolesOfLevels.map((role) => option(`role:${role}`, roleName(role)))}
    </optgroup>
    <optgroup label=${words.peopleGroup}>
      ${gone ? option(chosen, approvals.people.get(chosen.slice('person:'.length))?.display_name ?? '…') : nothing}
      ${readers.map(({ id, name }) => option(`person:${id}`, name))}
    </optgroup>`;
}
