import { defineJob, type JobKind } from '../_shared/jobs.ts';
import { fatal, retry, throttle, type Trouble } from '../_shared/outcome.ts';
import { z } from 'zod';

/** An invitation that waits for its mail. */
export interface Waiting {
  readonly id: string;
  readonly email: string;
}

/** An error of the auth server, as far as it decides what to do next. */
export interface MailError {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
}

/** What the errand needs from the outside. */
export interface Post {
  /** The invitation, while it still waits for its mail. */
  waiting(id: string): Promise<Waiting | undefined>;
  /** Marks it as sent before it is, so that no mail goes twice; false when it was. */
  claim(id: string): Promise<boolean>;
  /** Takes the mark back after its mail could not be sent. */
  release(id: string): Promise<void>;
  /** The mail to somebody without an account. */
  invite(email: string): Promise<MailError | null>;
  /** The mail to somebody with one. */
  link(email: string): Promise<MailError | null>;
}

/** Whether the auth server knows the address already. */
export const isKnown = ({ code }: MailError): boolean => code === 'email_exists' || code === 'user_already_exists';

/** What an error means for the errand: a full postbox or a broken server is for later, anything else is this address. */
export function troubleOfMail({ status, code }: MailError): Trouble {
  if (status === 429) return throttle('mail_limit', 'The mail server asks us to wait.');
  if (!status || status >= 500) return retry('mail_down', 'The mail server did not answer.');
  return fatal(code && /^[a-z][a-z0-9_]*$/.test(code) ? code : 'mail_refused', 'The mail server refused this address.');
}

/** Sends the mail of one invitation, unless it has gone, been answered or been taken back meanwhile. */
export async function sendInvitation(post: Post, id: string): Promise<'sent' | 'not_needed'> {
  const waiting = await post.waiting(id);
  if (!waiting || !(await post.claim(id))) return 'not_needed';
  const error = await send(post, waiting.email);
  if (!error) return 'sent';
  await post.release(id);
  throw troubleOfMail(error);
}

async function send(post: Post, email: string): Promise<MailError | null> {
  const error = await post.invite(email);
  return error && isKnown(error) ? post.link(email) : error;
}

/** The errand of one invitation, ordered by the row itself. */
export const invitationErrand = (post: Post): JobKind =>
  defineJob({
    kind: 'mail.invitation',
    payload: z.object({ invitation: z.uuid() }),
    run: async ({ payload }) => ({ outcome: await sendInvitation(post, payload.invitation) }),
  });
