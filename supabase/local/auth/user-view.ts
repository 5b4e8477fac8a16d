import type pg from 'pg';
import type { Db } from './context.ts';
import type { UserRow } from './users.ts';

/** A factor as the API shows it. */
export interface FactorRow {
  id: string;
  user_id: string;
  friendly_name: string | null;
  factor_type: string;
  status: string;
  secret: string;
  created_at: Date;
  updated_at: Date;
}

/** Lists an account's second factors, oldest first. */
export const factorsOf = async (db: pg.Pool | Db, userId: string): Promise<FactorRow[]> =>
  (await db.query<FactorRow>('select * from auth.mfa_factors where user_id = $1 order by created_at', [userId])).rows;

/** A factor without its secret. */
export const factorView = ({ id, friendly_name, factor_type, status, created_at, updated_at }: FactorRow) => ({
  id,
  friendly_name: friendly_name ?? undefined,
  factor_type,
  status,
  created_at,
  updated_at,
});

/** Lists how an account can sign in. */
export const identitiesOf = async (db: pg.Pool | Db, userId: string): Promise<Record<string, unknown>[]> =>
  (
    await db.query<Record<string, unknown>>(
      `select id as identity_id, provider_id as id, user_id, identity_data, provider, last_sign_in_at, created_at,
         updated_at, email from auth.identities where user_id = $1 order by created_at`,
      [userId],
    )
  ).rows;

const present = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );

/** The public columns of an account in the API's names. */
export const plainView = (user: UserRow): Record<string, unknown> => ({
  id: user.id,
  aud: user.aud,
  role: user.role,
  email: user.email ?? '',
  phone: user.phone ?? '',
  app_metadata: user.raw_app_meta_data ?? {},
  user_metadata: user.raw_user_meta_data ?? {},
  ...present({
    email_confirmed_at: user.email_confirmed_at,
    phone_confirmed_at: user.phone_confirmed_at,
    confirmed_at: user.confirmed_at,
    invited_at: user.invited_at,
    confirmation_sent_at: user.confirmation_sent_at,
    recovery_sent_at: user.recovery_sent_at,
    new_email: user.email_change,
    email_change_sent_at: user.email_change_sent_at,
    reauthentication_sent_at: user.reauthentication_sent_at,
    last_sign_in_at: user.last_sign_in_at,
    banned_until: user.banned_until,
    deleted_at: user.deleted_at,
  }),
  created_at: user.created_at,
  updated_at: user.updated_at,
  is_anonymous: user.is_anonymous,
});

/** An account with its identities and second factors, as every answer that names a user shows it. */
export async function userView(db: pg.Pool | Db, user: UserRow): Promise<Record<string, unknown>> {
  const factors = await factorsOf(db, user.id);
  return {
    ...plainView(user),
    identities: await identitiesOf(db, user.id),
    ...(factors.length ? { factors: factors.map(factorView) } : {}),
  };
}
