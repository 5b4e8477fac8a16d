import type { Auth, Call, Db } from './context.ts';
import { AuthError } from './errors.ts';
import { issueToken } from './one-time.ts';
import type { OneTime, TokenType } from './one-time.ts';
import { writeMail } from './templates.ts';
import type { MailKind } from './templates.ts';
import type { UserRow } from './users.ts';

const globPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replace(/\*\*|\*|\?/g, (wild) => ({ '**': '.*', '*': '[^./]*', '?': '[^./]' })[wild] ?? '')}$`,
  );

const parsed = (value: string): URL | undefined => (URL.canParse(value) ? new URL(value) : undefined);

const isAllowed = (auth: Auth, value: string): boolean => {
  const url = parsed(value);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  if (url.hostname === new URL(auth.siteUrl).hostname) return true;
  const bare = value.replace(/[?#].*$/, '');
  return auth.rules.redirects.some((glob) => globPattern(glob).test(value) || globPattern(glob).test(bare));
};

/** Where a mailed link or a provider may send the browser: the wish if it is on the list, else the site itself. */
export function redirectTarget({ auth, request, url, body }: Call): string {
  const wishes = [
    url.searchParams.get('redirect_to'),
    request.headers.get('redirect_to'),
    typeof body['redirect_to'] === 'string' ? body['redirect_to'] : null,
    request.headers.get('referer'),
  ];
  const allowed = wishes.find((wish) => wish && isAllowed(auth, wish));
  return allowed ?? auth.siteUrl;
}

/** The link that proves possession of a mailbox. */
export const actionLink = (auth: Auth, token: string, type: string, redirectTo: string): string =>
  `${auth.baseUrl}/verify?${new URLSearchParams({ token, type, redirect_to: redirectTo }).toString()}`;

/** Refuses a second mail of the same sort within the configured interval. */
export function checkInterval(auth: Auth, sentAt: Date | null): void {
  const wait = sentAt ? sentAt.getTime() / 1000 + auth.rules.mail_interval - auth.now().getTime() / 1000 : 0;
  if (wait <= 0) return;
  throw new AuthError(
    429,
    'over_email_send_rate_limit',
    `For security purposes, you can only request this after ${Math.max(1, Math.ceil(wait))} seconds.`,
  );
}

const linkType = (kind: MailKind): string => (kind === 'reauthentication' ? '' : kind);

/** Issues a one-time token and mails it; `to` differs from the account's address only for a change of address. */
export async function mailToken(
  call: Call,
  db: Db,
  user: UserRow,
  options: { kind: MailKind; type: TokenType; to: string; pkce?: boolean },
): Promise<OneTime> {
  const { auth } = call;
  auth.limits.mail(auth.rules.emails_per_hour);
  const issued = await issueToken(auth, db, user, options.type, { email: options.to, pkce: options.pkce ?? false });
  const type = linkType(options.kind);
  const link = type && actionLink(auth, issued.link_token, type, redirectTarget(call));
  await auth.sendMail(writeMail(options.kind, options.to, issued.code, link, auth.rules.otp_expiry));
  return issued;
}
