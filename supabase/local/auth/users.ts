import type pg from 'pg';
import { compare, hash, hashSync } from 'bcryptjs';
import { first } from './context.ts';
import type { Auth, Db } from './context.ts';
import { AuthError, invalid, weakPassword } from './errors.ts';

/** A row of auth.users as far as this service reads it. */
export interface UserRow {
  id: string;
  aud: string;
  role: string;
  email: string | null;
  phone: string | null;
  encrypted_password: string | null;
  email_confirmed_at: Date | null;
  phone_confirmed_at: Date | null;
  confirmed_at: Date | null;
  invited_at: Date | null;
  confirmation_sent_at: Date | null;
  recovery_sent_at: Date | null;
  email_change: string | null;
  email_change_sent_at: Date | null;
  email_change_confirm_status: number;
  reauthentication_sent_at: Date | null;
  last_sign_in_at: Date | null;
  raw_app_meta_data: Record<string, unknown> | null;
  raw_user_meta_data: Record<string, unknown> | null;
  banned_until: Date | null;
  deleted_at: Date | null;
  is_anonymous: boolean;
  created_at: Date;
  updated_at: Date;
}

/** What a new account starts with; `password` and `hash` exclude each other. */
export interface NewUser {
  id?: string;
  email: string;
  password?: string;
  hash?: string;
  provider: string;
  confirmed?: boolean;
  role?: string;
  data?: Record<string, unknown>;
  app?: Record<string, unknown>;
}

type Source = pg.Pool | Db;

/** Finds a living account by e-mail address (already in stored form). */
export const userByEmail = (db: Source, email: string): Promise<UserRow | undefined> =>
  first<UserRow>(
    db,
    'select * from auth.users where lower(email) = $1 and not is_sso_user and deleted_at is null limit 1',
    [email],
  );

/** Finds an account by id, deleted or not. */
export const userById = (db: Source, id: string): Promise<UserRow | undefined> =>
  first<UserRow>(db, 'select * from auth.users where id = $1', [id]);

/** Reads an account that is known to exist. */
export async function reload(db: Source, id: string): Promise<UserRow> {
  const user = await userById(db, id);
  if (!user) throw new AuthError(404, 'user_not_found', 'User not found');
  return user;
}

/** Changes columns of an account and returns the row as stored, after triggers. */
export async function updateUser(auth: Auth, db: Source, id: string, patch: Record<string, unknown>): Promise<UserRow> {
  const names = Object.keys(patch);
  const sets = names.map((name, i) => `${name} = $${i + 3}`);
  const sql = `update auth.users set ${['updated_at = $2', ...sets].join(', ')} where id = $1`;
  await db.query(sql, [id, auth.now(), ...names.map((name) => patch[name])]);
  return reload(db, id);
}

/** Creates an account with its identity at the e-mail provider. */
export async function createUser(auth: Auth, db: Source, wanted: NewUser): Promise<UserRow> {
  const id = wanted.id ?? crypto.randomUUID();
  const app = { provider: wanted.provider, providers: [wanted.provider], ...wanted.app };
  const encrypted = wanted.hash ?? (wanted.password ? await hashPassword(wanted.password) : '');
  await db.query(
    `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
       raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
     values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', $2, $3, $4, $5, $6, $7, $8, $8)`,
    [
      id,
      wanted.role || 'authenticated',
      wanted.email,
      encrypted,
      wanted.confirmed ? auth.now() : null,
      app,
      wanted.data ?? {},
      auth.now(),
    ],
  );
  if (wanted.provider === 'email') await addIdentity(auth, db, id, 'email', { sub: id, email: wanted.email });
  return reload(db, id);
}

/** Connects an account with the name it has at a provider; `claims.sub` is that name. */
export async function addIdentity(
  auth: Auth,
  db: Source,
  userId: string,
  provider: string,
  claims: Record<string, unknown> & { sub: string },
): Promise<void> {
  const data = { email_verified: false, phone_verified: false, ...claims };
  await db.query(
    `insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $5, $5)
     on conflict (provider_id, provider) do update set identity_data = excluded.identity_data, last_sign_in_at = $5, updated_at = $5`,
    [claims.sub, userId, data, provider, auth.now()],
  );
}

/** Marks an account's e-mail address as proven. */
export const confirmUser = async (auth: Auth, db: Db, user: UserRow): Promise<UserRow> => {
  await db.query(
    `update auth.identities set identity_data = identity_data || '{"email_verified": true}', updated_at = $2
     where user_id = $1 and provider = 'email'`,
    [user.id, auth.now()],
  );
  return updateUser(auth, db, user.id, {
    email_confirmed_at: user.email_confirmed_at ?? auth.now(),
    raw_user_meta_data: { ...user.raw_user_meta_data, email_verified: true },
  });
};

/** Whether the account is shut out at the moment. */
export const isBanned = (auth: Auth, user: UserRow): boolean =>
  user.banned_until !== null && user.banned_until > auth.now();

/** Merges metadata: a null value removes its key. */
export const mergeMeta = (
  old: Record<string, unknown> | null,
  change: Record<string, unknown>,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== null));

/** Hashes with bcrypt at Supabase's cost of 10. */
export const hashPassword = (password: string): Promise<string> => hash(password, 10);

// Compared against when there is no account or no password, so that both answers take the same time.
const nobodysHash = hashSync(crypto.randomUUID(), 10);

/** Whether the password is the account's; takes as long for an account that does not exist. */
export async function passwordMatches(user: UserRow | undefined, password: string): Promise<boolean> {
  const stored = user?.encrypted_password;
  const same = await compare(password, stored || nobodysHash);
  return same && Boolean(stored);
}

/** Refuses a password that is too short, too long or lacks a required class of characters. */
export function checkStrength({ rules }: Auth, password: string): void {
  if (new TextEncoder().encode(password).length > 72) throw invalid('Password cannot be longer than 72 characters');
  const faults: [string, string][] = [];
  if (password.length < rules.password_length)
    faults.push(['length', `Password should be at least ${rules.password_length} characters.`]);
  if (rules.password_classes.some((set) => !set.split('').some((char) => password.includes(char))))
    faults.push([
      'characters',
      `Password should contain at least one character of each: ${rules.password_classes.join(', ')}.`,
    ]);
  if (faults.length)
    throw weakPassword(
      faults.map(([, sentence]) => sentence).join(' '),
      faults.map(([reason]) => reason),
    );
}
