import { expect, test } from 'vitest';
import { complaints, invitationForm, personForm } from './forms.ts';
import { words } from './words.ts';

test('an address is trimmed and lower case, as the database keeps it', () => {
  const typed = { email: '  Mara@Example.COM ', roles: ['crew'], message: ' ' };
  expect(invitationForm.parse(typed)).toEqual({ email: 'mara@example.com', roles: ['crew'], message: null });
});

test('each wrong field has its own sentence', () => {
  expect(complaints(invitationForm, { email: 'mara', roles: [], message: '' })).toEqual({
    email: words.email_bad,
    roles: words.roles_missing,
  });
  expect(complaints(personForm, { display_name: ' ', title: '', email: 'x', phone: 'call me' })).toEqual({
    display_name: words.name_missing,
    email: words.email_bad,
    phone: words.phone_bad,
  });
});

test('a person needs only a name', () => {
  const typed = { display_name: 'Ole', title: '', email: '', phone: '' };
  expect(personForm.parse(typed)).toEqual({ display_name: 'Ole', title: null, email: null, phone: null });
});

test('a made-up role is refused', () => {
  expect(invitationForm.safeParse({ email: 'a@b.co', roles: ['emperor'], message: '' }).success).toBe(false);
});
