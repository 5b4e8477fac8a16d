import { expect, test } from 'vitest';
import { outcomeOf, sendInvitations, type MailError, type Post } from './invitations.ts';

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
    waiting: async () => [...rows].filter(([, row]) => !row.sent).map(([id, { email }]) => ({ id, email })),
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

test('everybody new gets an invitation, and nobody twice', async () => {
  const { post, mails } = world();
  expect(await sendInvitations(post)).toEqual({ sent: 3, failed: 0, later: 0 });
  expect(await sendInvitations(post)).toEqual({ sent: 0, failed: 0, later: 0 });
  expect(mails).toHaveLength(3);
});

test('two workers at once send each mail once', async () => {
  const { post, mails } = world();
  await Promise.all([sendInvitations(post), sendInvitations(post)]);
  expect(mails.toSorted()).toEqual(['invite a@example.com', 'invite b@example.com', 'invite c@example.com']);
});

test('somebody with an account gets a sign-in link instead', async () => {
  const { post, mails } = world({ 'invite b@example.com': { status: 422, code: 'email_exists' } });
  await sendInvitations(post);
  expect(mails).toContain('link b@example.com');
});

test('a mail limit stops the batch and leaves the rest for later', async () => {
  const limit = { status: 429, code: 'over_email_send_rate_limit' };
  const { post, rows } = world({ 'invite b@example.com': limit });
  expect(await sendInvitations(post)).toEqual({ sent: 1, failed: 0, later: 1 });
  expect([...rows.values()].map((row) => row.sent)).toEqual([true, false, false]);
});

test('one bad address does not hold the others up', async () => {
  const { post, rows } = world({ 'invite a@example.com': { status: 400, code: 'email_address_invalid' } });
  expect(await sendInvitations(post)).toEqual({ sent: 2, failed: 1, later: 0 });
  expect(rows.get('a')!.sent).toBe(false);
});

test('no answer at all is for later', () => {
  expect(outcomeOf({})).toBe('later');
  expect(outcomeOf({ status: 503 })).toBe('later');
});
