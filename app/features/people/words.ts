import type { Role } from '../../data/schema.gen.ts';
import { count, defineWords } from '../../kernel/words.ts';
import type { Standing } from './rules.ts';

/** Every sentence of the people pages. */
export const words = defineWords('people', {
  heading: 'People',
  person: 'Person',
  back: 'People',
  close: 'Close',
  search: 'Search people',
  search_placeholder: 'Name, role or e-mail',
  count: (n: number) => count(n, 'person', 'people'),
  invite: 'Invite',
  add: 'Add without login',
  filter: 'Show',
  filter_all: 'Everyone',
  filter_members: 'Members',
  filter_invited: 'Invited',
  filter_no_login: 'No login',
  empty_heading: 'Nobody here yet',
  empty_text: 'Invite the people you work with. They get a mail and see only what their roles allow.',
  none_found: 'Nobody matches',
  none_found_text: 'Try a part of the name, a role such as "crew", or an address.',
  clear: 'Show everyone',
  you: 'You',

  invite_heading: 'Invite somebody',
  invite_lead: 'They get a mail with a link. The invitation is open for 7 days.',
  invite_person: (name: string) => `Invite ${name}`,
  email: 'E-mail',
  roles: 'Roles',
  roles_hint: 'Several are fine. They decide what a person sees and may do.',
  message: 'Message',
  message_hint: 'Optional. They read it when they open the invitation.',
  send: 'Send invitation',
  invited_toast: (email: string) => `Invitation for ${email} saved. The mail leaves by itself.`,
  cancel: 'Cancel',

  add_heading: 'Add a person without login',
  add_lead: 'For a substitute, a driver, a deputy: they can be put on a tour now and invited later.',
  display_name: 'Name',
  title: 'What they do',
  title_hint: 'Such as "drums" or "front of house".',
  phone: 'Phone',
  save: 'Save',
  added_toast: (name: string) => `${name} was added.`,
  saved_toast: 'Saved.',

  contact: 'Contact',
  contact_hidden: 'Contact details are seen by the person and by those who look after people.',
  contact_none: 'Nothing noted yet.',
  membership: 'Membership',
  joined: (date: string) => `Member since ${date}`,
  edit: 'Edit',
  edit_heading: 'Edit person',
  edit_roles: 'Change roles',
  edit_roles_heading: (name: string) => `Roles of ${name}`,
  suspend: 'Suspend',
  suspend_heading: (name: string) => `Suspend ${name}?`,
  suspend_text: 'They are shut out at once on all devices. What they did stays, and you can let them back in.',
  suspended_toast: (name: string) => `${name} is suspended.`,
  resume: 'Let back in',
  resumed_toast: (name: string) => `${name} is back in.`,
  revoke: 'Take invitation back',
  revoke_heading: 'Take the invitation back?',
  revoke_text: (email: string) => `The link sent to ${email} will not work any more.`,
  revoked_toast: 'Invitation taken back.',
  invite_again: 'Invite again',
  invitation: 'Invitation',
  invitation_to: (email: string) => `To ${email}`,
  invitation_until: (date: string) => `open until ${date}`,
  waits_for_signal: 'Saved here, waits for signal',
  gone_heading: 'Not here',
  gone_text: 'This person is not in the organisation any more, or you may not see them.',
  to_list: 'To the list',

  email_bad: 'That is not an e-mail address. It looks like name@example.com.',
  email_member: 'Somebody with this address was invited already.',
  name_missing: 'Enter a name.',
  too_long: 'That is too long.',
  phone_bad: 'A phone number has digits, spaces and + only.',
  roles_missing: 'Choose at least one role.',
  owner_only: 'Only an owner can make or unmake owners.',
  last_owner: 'An organisation needs an owner. Make somebody else owner first.',
});

const roleNames: Readonly<Record<Role, string>> = defineWords('roles', {
  owner: 'Owner',
  admin: 'Admin',
  manager: 'Manager',
  finance_director: 'Finance director',
  accountant: 'Accountant',
  booking: 'Booking',
  artist: 'Artist',
  crew: 'Crew',
  venue_manager: 'Venue manager',
  promoter: 'Promoter',
  staff: 'Staff',
  external: 'Guest',
});

/** A role as people say it. */
export const roleName = (role: string): string => roleNames[role as Role] ?? role;

const roleHintsByRole: Readonly<Record<Role, string>> = defineWords('role-hints', {
  owner: 'Everything, and who else is owner',
  admin: 'Everything else',
  manager: 'Shows, tours, all claims to read',
  finance_director: 'Approves every claim, pays',
  accountant: 'Approves claims, pays, categories',
  booking: 'Shows and tours',
  artist: 'Own claims and own tours',
  crew: 'Own claims and own tours',
  venue_manager: 'Sees shows and tours',
  promoter: 'Sees shows and tours',
  staff: 'Sees shows and tours',
  external: 'Only what is shared',
});

/** What a role is for, in a few words. */
export const roleHint = (role: Role): string => roleHintsByRole[role];

/** How a standing is shown: word, tone and icon. */
export const standings: Readonly<
  Record<
    Standing,
    { readonly word: string; readonly tone: 'good' | 'warn' | 'bad' | 'waiting' | 'neutral'; readonly icon: string }
  >
> = {
  active: { word: 'Member', tone: 'good', icon: 'circle-check' },
  suspended: { word: 'Suspended', tone: 'bad', icon: 'lock' },
  ended: { word: 'Left', tone: 'neutral', icon: 'log-out' },
  invited: { word: 'Invited', tone: 'waiting', icon: 'mail' },
  sending: { word: 'Invitation waits to be sent', tone: 'waiting', icon: 'clock' },
  expired: { word: 'Invitation ran out', tone: 'warn', icon: 'triangle-alert' },
  no_login: { word: 'No login', tone: 'neutral', icon: 'user' },
};

const refusals: Readonly<Record<string, string>> = {
  owner_only: words.owner_only,
  last_owner: words.last_owner,
  exists: 'That address was invited already. Open the invitation in the list.',
  person_taken: 'This person has a login already.',
  invitation_answered: 'The invitation was answered meanwhile.',
  not_permitted: 'You may not change people here any more. Ask an administrator.',
  gone: 'This person was removed meanwhile.',
};

/** The sentence for a refused change of people, for the needs-attention tray; undefined when it is not known here. */
export const refusalWords = (code: string): string | undefined => refusals[code];
