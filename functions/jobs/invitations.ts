/** An invitation that waits for its mail. */
export interface Waiting {
  readonly id: string;
  readonly email: string;
}

/** What became of one mail: gone; not now (try again later, and stop asking); or this one failed. */
export type Outcome = 'sent' | 'later' | 'failed';

/** An error of the auth server, as far as it decides what to do next. */
export interface MailError {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
}

/** What the queue needs from the outside. */
export interface Post {
  /** Invitations without a mail, oldest first. */
  waiting(): Promise<readonly Waiting[]>;
  /** Takes one for this worker; false when another worker has it. */
  claim(id: string): Promise<boolean>;
  /** Gives one back after its mail could not be sent. */
  release(id: string): Promise<void>;
  /** The mail to somebody without an account. */
  invite(email: string): Promise<MailError | null>;
  /** The mail to somebody with one. */
  link(email: string): Promise<MailError | null>;
}

/** How a batch went; numbers only, addresses are nobody's business. */
export interface Report {
  readonly sent: number;
  readonly failed: number;
  readonly later: number;
}

/** Whether the auth server knows the address already. */
export const isKnown = ({ code }: MailError): boolean => code === 'email_exists' || code === 'user_already_exists';

/** What an error means for the queue: a full postbox or a broken server is for later. */
export function outcomeOf(error: MailError | null): Outcome {
  if (!error) return 'sent';
  return error.status === 429 || (error.status ?? 0) >= 500 || !error.status ? 'later' : 'failed';
}

/** Sends the mails that wait. Safe to run twice at once: each mail belongs to the worker that claimed it. */
export async function sendInvitations(post: Post): Promise<Report> {
  const report = { sent: 0, failed: 0, later: 0 };
  for (const { id, email } of await post.waiting()) {
    if (!(await post.claim(id))) continue;
    const outcome = await send(post, email);
    if (outcome !== 'sent') await post.release(id);
    report[outcome] += 1;
    if (outcome === 'later') break;
  }
  return report;
}

async function send(post: Post, email: string): Promise<Outcome> {
  const error = await post.invite(email);
  return outcomeOf(error && isKnown(error) ? await post.link(email) : error);
}
