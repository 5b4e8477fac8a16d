import { createHash, randomInt } from 'node:crypto';
import { first } from './context.ts';
import type { Auth, Db } from './context.ts';
import { updateUser } from './users.ts';
import type { UserRow } from './users.ts';

/** What a mailed code or link is good for, in the names of auth.one_time_tokens. */
export type TokenType =
  | 'confirmation_token'
  | 'recovery_token'
  | 'email_change_token_new'
  | 'email_change_token_current'
  | 'reauthentication_token';

/** A freshly made secret: the code to type and the token of the link. */
export interface OneTime {
  code: string;
  link_token: string;
}

/** A stored token with its owner. */
export interface FoundToken {
  user_id: string;
  token_type: TokenType;
  token_hash: string;
  sent_at: Date | null;
}

const sentColumn: Record<TokenType, keyof UserRow> = {
  confirmation_token: 'confirmation_sent_at',
  recovery_token: 'recovery_sent_at',
  email_change_token_new: 'email_change_sent_at',
  email_change_token_current: 'email_change_sent_at',
  reauthentication_token: 'reauthentication_sent_at',
};

/** Token types of which each kind of link or code may be. */
export const tokenTypes: Readonly<Record<string, readonly TokenType[]>> = {
  signup: ['confirmation_token'],
  invite: ['confirmation_token'],
  magiclink: ['recovery_token'],
  recovery: ['recovery_token'],
  email: ['confirmation_token', 'recovery_token'],
  email_change: ['email_change_token_new', 'email_change_token_current'],
};

/** The hash that stands for a code mailed to an address; it is also the token of the link in that mail. */
export const codeHash = (email: string, code: string): string =>
  createHash('sha224')
    .update(email + code)
    .digest('hex');

const newCode = (length: number): string => Array.from({ length }, () => randomInt(10)).join('');

/** Makes a code and link for an address, replacing an earlier one of the same type. */
export async function issueToken(
  auth: Auth,
  db: Db,
  user: UserRow,
  type: TokenType,
  { email, pkce = false }: { email: string; pkce?: boolean },
): Promise<OneTime> {
  const code = newCode(auth.rules.otp_length);
  const link_token = (pkce ? 'pkce_' : '') + codeHash(email, code);
  await db.query(
    `insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to)
     values (gen_random_uuid(), $1, $2, $3, $4)
     on conflict (user_id, token_type) do update set token_hash = excluded.token_hash,
       relates_to = excluded.relates_to, updated_at = now() at time zone 'utc'`,
    [user.id, type, link_token, email],
  );
  await updateUser(auth, db, user.id, { [sentColumn[type]]: auth.now() });
  return { code, link_token };
}

/** Finds a token by its hash among the given types and holds it; expired ones are not found. */
export async function findToken(
  auth: Auth,
  db: Db,
  types: readonly TokenType[],
  hash: string,
): Promise<FoundToken | undefined> {
  const found = await first<FoundToken>(
    db,
    `select user_id, token_type::text, token_hash from auth.one_time_tokens
     where token_hash in ($1, 'pkce_' || $1) and token_type::text = any($2) for update`,
    [hash, types],
  );
  if (!found) return undefined;
  const user = await first<UserRow>(db, 'select * from auth.users where id = $1', [found.user_id]);
  const sent = user?.[sentColumn[found.token_type]];
  return sent instanceof Date && auth.now().getTime() <= sent.getTime() + auth.rules.otp_expiry * 1000
    ? found
    : undefined;
}

/** Uses tokens up. */
export const spendTokens = (db: Db, userId: string, types: readonly TokenType[]): Promise<unknown> =>
  db.query('delete from auth.one_time_tokens where user_id = $1 and token_type::text = any($2)', [userId, types]);

/** Uses up every token of an account, as when its password changes. */
export const spendAllTokens = (db: Db, userId: string): Promise<unknown> =>
  db.query('delete from auth.one_time_tokens where user_id = $1', [userId]);
