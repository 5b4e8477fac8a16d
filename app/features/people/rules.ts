import type { InvitationRow, MembershipRoleRow, MembershipRow, PersonRow, Role } from '../../data/schema.gen.ts';

/** Where a person stands in the organisation. */
export type Standing = 'active' | 'suspended' | 'ended' | 'invited' | 'sending' | 'expired' | 'no_login';

/** One line of the list: a person, an invitation to a person, or an invitation to an address nobody has yet. */
export interface Entry {
  /** Id of the person, or of the invitation when there is no person yet. */
  readonly id: string;
  readonly name: string;
  readonly standing: Standing;
  readonly roles: readonly Role[];
  readonly person: PersonRow | undefined;
  readonly membership: MembershipRow | undefined;
  readonly grants: readonly MembershipRoleRow[];
  readonly invitation: InvitationRow | undefined;
}

/** All rows of one organisation that the list is made of. */
export interface PeopleRows {
  readonly people: readonly PersonRow[];
  readonly memberships: readonly MembershipRow[];
  readonly grants: readonly MembershipRoleRow[];
  readonly invitations: readonly InvitationRow[];
}

/** Every role, the most trusted first: the order in which they are shown. */
export const roles: readonly Role[] = [
  'owner',
  'admin',
  'manager',
  'finance_director',
  'accountant',
  'booking',
  'artist',
  'crew',
  'venue_manager',
  'promoter',
  'staff',
  'external',
];

/** Whether an invitation still waits for an answer (it may have expired). */
export const isOpen = (invitation: InvitationRow): boolean =>
  !invitation.accepted_at && !invitation.declined_at && !invitation.revoked_at;

/** Puts people, memberships and open invitations together, by name. */
export function entriesOf(rows: PeopleRows, now: string): Entry[] {
  const open = rows.invitations.filter(isOpen);
  const known = rows.people
    .filter((person) => !person.archived_at)
    .map((person) => {
      const membership = rows.memberships.find((each) => each.person_id === person.id);
      const invitation = membership ? undefined : open.find((each) => each.person_id === person.id);
      const grants = rows.grants.filter((grant) => grant.membership_id === membership?.id);
      return entry(person.id, person.display_name, { person, membership, invitation, grants }, now);
    });
  const unknown = open
    .filter((invitation) => !rows.people.some((person) => person.id === invitation.person_id))
    .map((invitation) =>
      entry(invitation.id, invitation.email, { person: undefined, membership: undefined, invitation, grants: [] }, now),
    );
  return [...known, ...unknown].sort((a, b) => a.name.localeCompare(b.name));
}

function entry(
  id: string,
  name: string,
  parts: Pick<Entry, 'person' | 'membership' | 'invitation' | 'grants'>,
  now: string,
): Entry {
  const held = parts.membership ? parts.grants.map((grant) => grant.role) : (parts.invitation?.roles ?? []);
  const sorted = roles.filter((role) => held.includes(role));
  return { id, name, standing: standingOf(parts.membership, parts.invitation, now), roles: sorted, ...parts };
}

/** Where somebody stands; an invitation counts only without a membership. */
export function standingOf(
  membership: Pick<MembershipRow, 'status'> | undefined,
  invitation: Pick<InvitationRow, 'sent_at' | 'expires_at'> | undefined,
  now: string,
): Standing {
  if (membership) return membership.status;
  if (!invitation) return 'no_login';
  if (new Date(invitation.expires_at) <= new Date(now)) return 'expired';
  return invitation.sent_at ? 'invited' : 'sending';
}

/** Whether an entry matches what was typed: every word somewhere in name, title, roles or address. */
export function matches(entry: Entry, typed: string, roleName: (role: Role) => string): boolean {
  const text = [entry.name, entry.person?.title, entry.invitation?.email, ...entry.roles.map(roleName)].join(' ');
  const hay = folded(text);
  return folded(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Which roles the person at this device may give or take: only owners make owners. */
export const grantable = (mine: readonly Role[]): readonly Role[] =>
  mine.includes('owner') ? roles : roles.filter((role) => role !== 'owner');

/** What keeps a change of roles or standing from being made; undefined when nothing does. */
export function obstacle(
  entry: Entry,
  next: { readonly roles: readonly Role[]; readonly active: boolean },
  all: readonly Entry[],
  mine: readonly Role[],
): 'owner_only' | 'last_owner' | 'roles_missing' | undefined {
  const wasOwner = entry.roles.includes('owner');
  const isOwner = next.roles.includes('owner') && next.active;
  const others = all.filter(
    (each) => each.id !== entry.id && each.standing === 'active' && each.roles.includes('owner'),
  );
  if (next.roles.length === 0) return 'roles_missing';
  if (wasOwner !== isOwner && !mine.includes('owner')) return 'owner_only';
  return wasOwner && !isOwner && others.length === 0 ? 'last_owner' : undefined;
}
