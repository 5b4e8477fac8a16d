import { defineMutation, insert, remove, update, type OperationDraft } from '../../data/define-mutation.ts';
import type { PersonDetailsRow, PersonRow, Role } from '../../data/schema.gen.ts';
import { newId } from '../../kernel/id.ts';
import type { Entry } from './rules.ts';

const OPEN_FOR_MS = 7 * 86_400_000;

/** An invitation to send. */
export interface NewInvitation {
  readonly organization_id: string;
  readonly person_id: string | null;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly message: string | null;
  /** An earlier invitation to the same person that this one replaces. */
  readonly replaces?: string | undefined;
}

/** Invites an address, or a person who is on the books. The mail leaves when the row has reached the server. */
export const invite = defineMutation('people.invite', (invitation: NewInvitation) => {
  const { organization_id, person_id, email, message, replaces } = invitation;
  const row = { organization_id, person_id, email, roles: [...invitation.roles], message };
  const unanswered = { sent_at: null, accepted_at: null, declined_at: null, revoked_at: null, invited_by: null };
  const expires_at = new Date(Date.now() + OPEN_FOR_MS).toISOString();
  const before = replaces ? [withdrawal(replaces)] : [];
  return { organization_id, operations: [...before, insert('invitations', row, { ...unanswered, expires_at })] };
});

/** Takes an unanswered invitation back. */
export const revokeInvitation = defineMutation(
  'people.revoke_invitation',
  ({ organization_id, id }: { organization_id: string; id: string }) => ({
    organization_id,
    operations: [withdrawal(id)],
  }),
);

const withdrawal = (id: string): OperationDraft => update('invitations', id, { revoked_at: new Date().toISOString() });

/** What is written down about a person. */
export type PersonFields = Pick<PersonRow, 'display_name' | 'title'> & Pick<PersonDetailsRow, 'email' | 'phone'>;

/** Puts a person on the books who has no login (yet); answers the new id. */
export const addPerson = defineMutation(
  'people.add',
  ({ organization_id, display_name, title, email, phone }: PersonFields & { organization_id: string }) => {
    const id = newId();
    const nobodyYet = { user_id: null, first_name: null, last_name: null, time_zone: null, archived_at: null };
    const operations = [insert('people', { id, organization_id, display_name, title }, nobodyYet)];
    if (email || phone) operations.push(newDetails(organization_id, id, { email, phone }));
    return { organization_id, operations, result: id };
  },
);

const newDetails = (organization_id: string, id: string, contact: Pick<PersonDetailsRow, 'email' | 'phone'>) =>
  insert('person_details', { id, organization_id, ...contact }, { locale: null, currency: null, birth_date: null });

/** Corrects what is written down about a person; only what changed travels. */
export const savePerson = defineMutation(
  'people.save',
  ({ person, details, fields }: { person: PersonRow; details: PersonDetailsRow | undefined; fields: PersonFields }) => {
    const { display_name, title, email, phone } = fields;
    const { organization_id, id } = person;
    const operations: OperationDraft[] = [];
    const named = changed(person, { display_name, title });
    if (named) operations.push(update('people', id, named));
    if (!details && (email || phone)) operations.push(newDetails(organization_id, id, { email, phone }));
    const contact = details && changed(details, { email, phone });
    if (contact) operations.push(update('person_details', id, contact));
    return { organization_id, operations };
  },
);

function changed<T extends object>(row: T, fields: Partial<T>): Partial<T> | undefined {
  const differing = Object.entries(fields).filter(([name, value]) => row[name as keyof T] !== value);
  return differing.length > 0 ? (Object.fromEntries(differing) as Partial<T>) : undefined;
}

/** Gives and takes roles so that a member has exactly these. */
export const changeRoles = defineMutation(
  'people.change_roles',
  ({ entry, roles }: { entry: Entry; roles: readonly Role[] }) => {
    const { id: membership_id, organization_id, user_id } = entry.membership!;
    const given = roles
      .filter((role) => !entry.roles.includes(role))
      .map((role) =>
        insert('membership_roles', { organization_id, membership_id, user_id, role }, { granted_by: null }),
      );
    const taken = entry.grants
      .filter((grant) => !roles.includes(grant.role))
      .map((grant) => remove('membership_roles', grant.id));
    // Given first: a member without any role, even for a moment, would lose sight of the organisation.
    return { organization_id, operations: [...given, ...taken] };
  },
);

/** Shuts a member out, or lets them back in. */
export const setStanding = defineMutation(
  'people.set_standing',
  ({ entry, status }: { entry: Entry; status: 'active' | 'suspended' }) => ({
    organization_id: entry.membership!.organization_id,
    operations: [update('memberships', entry.membership!.id, { status })],
  }),
);
