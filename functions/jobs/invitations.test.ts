import { expect, test } from 'vitest';
import { invitationErrand, sendInvitation, troubleOfMail, type MailError, type Post } from './invitations.ts';

interface Row {
  readonly email: string;
  sent: boolean;
}

/** A table of invitations and a mail server that answers as told. */
function world(answers: Record<string, MailError | null> = {}) {
  const rows = new Map<string, Row>(['a', 'b', 'c'].map((id) => [id, { email: `${id}@example.com`, sent: false }]));
  const mails: string[] = [];
  const mail = (kind: string) => async (email: string) => {
    const answer = answers[`${kind} ${email}`] ?? null;
    if (!answer) mails.push(`${kind} ${email}`);
    return answer;
  };
  const post: Post = {
    waiting: async (id) => {
      const row = rows.get(id);
      return row && !row.sent ? { id, email: row.email } : undefined;
    },
    claim: async (id) => {
      const row = rows.get(id)!;
      const free = !row.sent;
      row.sent = true;
      return free;
    },
    release: async (id) => void (rows.get(id)!.sent = false),
    invite: mail('invite'),
    link: mail('link'),
  };
  return { rows, mails, post };
}

test('somebody new gets an invitation, and not twice', async () => {
  const { post, mails } = world();
  expect(await sendInvitation(post, 'a')).toBe('sent');
  expect(await sendInvitation(post, 'a')).toBe('not_needed');
  expect(mails).toEqual(['invite a@example.com']);
});

test('two workers at once send each mail once', async () => {
  const { post, mails } = world();
  await Promise.all(['a', 'b', 'c', 'a', 'b', 'c'].map((id) => sendInvitation(post, id)));
  expect(mails.toSorted()).toEqual(['invite a@example.com', 'invite b@example.com', 'invite c@example.com']);
});

test('somebody with an account gets a sign-in link instead', async () => {
  const { post, mails } = world({ 'invite b@example.com': { status: 422, code: 'email_exists' } });
  await sendInvitation(post, 'b');
  expect(mails).toEqual(['link b@example.com']);
});

test('a mail limit leaves the mail for later and counts no attempt', async () => {
  const { post, rows } = world({ 'invite b@example.com': { status: 429, code: 'over_email_send_rate_limit' } });
  await expect(sendInvitation(post, 'b')).rejects.toMatchObject({ outcome: 'throttle' });
  expect(rows.get('b')!.sent).toBe(false);
});

test('a bad address is given up, with the word of the mail server', async () => {
  const { post, rows } = world({ 'invite a@example.com': { status: 400, code: 'email_address_invalid' } });
  await expect(sendInvitation(post, 'a')).rejects.toMatchObject({ outcome: 'fatal', code: 'email_address_invalid' });
  expect(rows.get('a')!.sent).toBe(false);
});

test('no answer at all is for later', () => {
  expect(troubleOfMail({}).outcome).toBe('retry');
  expect(troubleOfMail({ status: 503 }).outcome).toBe('retry');
  expect(troubleOfMail({ status: 400, code: 'Not A Word' }).code).toBe('mail_refused');
});

test('an invitation that is gone asks for no mail', async () => {
  expect(await sendInvitation(world().post, 'nobody')).toBe('not_needed');
});

test('an errand whose payload names no invitation does not run', async () => {
  const job = {
    id: 1,
    kind: 'mail.invitation',
    organizationId: undefined,
    attempts: 1,
    lookFirst: false,
    subject: undefined,
  };
  const context = { signal: new AbortController().signal, call: fetch, extend: async () => undefined } as never;
  await expect(invitationErrand(world().post).run({ ...job, payload: { invitation: 'x' } }, context)).rejects.toThrow();
});
