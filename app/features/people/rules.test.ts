import { expect, test } from 'vitest';
import type { InvitationRow, MembershipRoleRow, MembershipRow, PersonRow, Role } from '../../data/schema.gen.ts';
import { entriesOf, grantable, matches, obstacle, standingOf, type Entry, type PeopleRows } from './rules.ts';
import { roleName } from './words.ts';

const NOW = '2026-11-20T12:00:00Z';
const stamps = { created_at: NOW, updated_at: NOW, created_by: null, updated_by: null, row_version: 1 };
const org = { organization_id: 'o', ...stamps };

const person = (id: string, display_name: string, extra: Partial<PersonRow> = {}): PersonRow => ({
  id,
  display_name,
  user_id: null,
  first_name: null,
  last_name: null,
  title: null,
  time_zone: null,
  archived_at: null,
  ...org,
  ...extra,
});
const member = (person_id: string, status: MembershipRow['status'] = 'active'): MembershipRow => ({
  id: `m-${person_id}`,
  person_id,
  user_id: `u-${person_id}`,
  status,
  joined_at: NOW,
  ended_at: null,
  ...org,
});
const grant = (person_id: string, role: Role): MembershipRoleRow => ({
  id: `g-${person_id}-${role}`,
  membership_id: `m-${person_id}`,
  user_id: `u-${person_id}`,
  role,
  granted_by: null,
  ...org,
});
const invitation = (id: string, extra: Partial<InvitationRow> = {}): InvitationRow => ({
  id,
  person_id: null,
  email: `${id}@example.com`,
  roles: ['crew'],
  message: null,
  expires_at: '2026-11-27T12:00:00Z',
  sent_at: null,
  accepted_at: null,
  declined_at: null,
  revoked_at: null,
  invited_by: null,
  ...org,
  ...extra,
});

const rows: PeopleRows = {
  people: [
    person('mara', 'Mara Lind'),
    person('bjork', 'Björk Ó'),
    person('gone', 'Gone', { archived_at: NOW }),
    person('sub', 'Sub Stitute'),
  ],
  memberships: [member('mara'), member('bjork', 'suspended')],
  grants: [grant('mara', 'accountant'), grant('mara', 'owner'), grant('bjork', 'artist')],
  invitations: [
    invitation('new', { sent_at: NOW }),
    invitation('forsub', { person_id: 'sub' }),
    invitation('answered', { accepted_at: NOW }),
    invitation('taken-back', { revoked_at: NOW }),
  ],
};
const entries = entriesOf(rows, NOW);
const byId = (id: string): Entry => entries.find((each) => each.id === id)!;

test('the list holds people who are here, and addresses that were invited, by name', () => {
  expect(entries.map((each) => each.id)).toEqual(['bjork', 'mara', 'new', 'sub']);
});

test('roles stand in order of trust', () => {
  expect(byId('mara').roles).toEqual(['owner', 'accountant']);
  expect(byId('new').roles).toEqual(['crew']);
});

test('an invitation that has not left yet is told apart from one that was sent', () => {
  expect(byId('sub').standing).toBe('sending');
  expect(byId('new').standing).toBe('invited');
  expect(standingOf(undefined, invitation('old', { expires_at: NOW }), NOW)).toBe('expired');
  expect(standingOf(undefined, undefined, NOW)).toBe('no_login');
});

test('search folds accents and case and looks at roles', () => {
  expect(matches(byId('bjork'), 'bjork', roleName)).toBe(true);
  expect(matches(byId('bjork'), 'ARTIST', roleName)).toBe(true);
  expect(matches(byId('bjork'), 'bjork owner', roleName)).toBe(false);
  expect(matches(byId('new'), 'new@example', roleName)).toBe(true);
});

test('only owners make owners', () => {
  expect(grantable(['admin'])).not.toContain('owner');
  expect(grantable(['owner'])).toContain('owner');
  const next = { roles: ['owner', 'artist'] as Role[], active: true };
  expect(obstacle(byId('bjork'), next, entries, ['admin'])).toBe('owner_only');
});

test('the last owner stays, and nobody is left without a role', () => {
  expect(obstacle(byId('mara'), { roles: ['accountant'], active: true }, entries, ['owner'])).toBe('last_owner');
  expect(obstacle(byId('mara'), { roles: ['owner'], active: false }, entries, ['owner'])).toBe('last_owner');
  expect(obstacle(byId('bjork'), { roles: [], active: true }, entries, ['owner'])).toBe('roles_missing');
  expect(obstacle(byId('bjork'), { roles: ['crew'], active: true }, entries, ['admin'])).toBeUndefined();
});
