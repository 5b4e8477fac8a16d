import { waitingIds } from '../../data/sync-status.ts';
import { rows } from '../../data/db.ts';
import { readable } from '../../data/sealed.ts';
import type { PersonDetailsRow } from '../../data/schema.gen.ts';
import { entriesOf, type Entry } from './rules.ts';

/** Everyone in an organisation: members, people without a login, open invitations. */
export async function peopleOf(organization_id: string): Promise<Entry[]> {
  const here = <T extends 'people' | 'memberships' | 'membership_roles' | 'invitations'>(table: T) =>
    rows(table).where('organization_id').equals(organization_id).toArray();
  const [people, memberships, grants, invitations] = await Promise.all([
    here('people'),
    here('memberships'),
    here('membership_roles'),
    here('invitations'),
  ]);
  return entriesOf({ people, memberships, grants, invitations }, new Date().toISOString());
}

/** A person's contact details, where one may see them. */
export const detailsOf = async (person_id: string): Promise<PersonDetailsRow | undefined> =>
  readable(await rows('person_details').get(person_id));

/** Ids of people, memberships and invitations with changes that have not left this device. */
export async function unsentPeople(): Promise<Set<string>> {
  const sets = await Promise.all([waitingIds('people'), waitingIds('memberships'), waitingIds('invitations')]);
  return new Set(sets.flatMap((ids) => [...ids]));
}
