import { defineMutation, update } from '../../data/define-mutation.ts';
import { localDatabase, rows } from '../../data/db.ts';
import type { OrganizationRow, PersonRow, Role } from '../../data/schema.gen.ts';

/** An organisation of this person, with what they are in it. */
export interface MyOrganization {
  readonly organization: OrganizationRow;
  readonly roles: readonly Role[];
}

/** Every organisation this person works in, by name, from local rows. */
export async function myOrganizations(): Promise<MyOrganization[]> {
  const { user_id } = localDatabase();
  const [memberships, grants, organizations] = await Promise.all([
    rows('memberships')
      .filter((m) => m.user_id === user_id && m.status === 'active')
      .toArray(),
    rows('membership_roles')
      .filter((grant) => grant.user_id === user_id)
      .toArray(),
    rows('organizations').toArray(),
  ]);
  return memberships
    .flatMap(({ id, organization_id }) => {
      const organization = organizations.find((each) => each.id === organization_id);
      const roles = grants.filter((grant) => grant.membership_id === id).map((grant) => grant.role);
      return organization ? [{ organization, roles }] : [];
    })
    .sort((a, b) => a.organization.name.localeCompare(b.organization.name));
}

/** Changes the name others see in one organisation. */
export const renameMyself = defineMutation(
  'people.rename_myself',
  ({ person, display_name }: { person: PersonRow; display_name: string }) => ({
    organization_id: person.organization_id,
    operations: [update('people', person.id, { display_name })],
  }),
);
