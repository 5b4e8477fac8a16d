import { emailOf, fields, first, text, transaction } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError, invalid, json } from './errors.ts';
import { durationSeconds } from './config.ts';
import { actionLink, mailToken, redirectTarget } from './links.ts';
import { removeFactor } from './mfa.ts';
import { issueToken } from './one-time.ts';
import type { TokenType } from './one-time.ts';
import { endSessions } from './sessions.ts';
import { refuseTakenEmail } from './sign-in.ts';
import { uuidOf } from './tokens.ts';
import {
  checkStrength,
  confirmUser,
  createUser,
  hashPassword,
  mergeMeta,
  updateUser,
  userByEmail,
  userById,
} from './users.ts';
import type { UserRow } from './users.ts';
import { factorsOf, factorView, userView } from './user-view.ts';

async function wantedUser(auth: Auth, id: string | undefined): Promise<UserRow> {
  const user = await userById(auth.pool, uuidOf(id, 'user_id'));
  if (user) return user;
  throw new AuthError(404, 'user_not_found', 'User not found');
}

const banPatch = ({ now }: Auth, duration: string): object => {
  if (!duration) return {};
  if (duration === 'none') return { banned_until: null };
  const seconds = durationSeconds(duration);
  if (seconds <= 0) throw invalid(`invalid format for ban duration: time: invalid duration "${duration}"`);
  return { banned_until: new Date(now().getTime() + seconds * 1000) };
};

/** Answers `POST /admin/users`: an account made by the office, confirmed on request. */
export async function adminCreate({ auth, body }: Call): Promise<Response> {
  const email = emailOf(text(body, 'email'));
  const password = text(body, 'password');
  if (password && text(body, 'password_hash')) throw invalid('Only a password or a password hash should be provided');
  if (password) checkStrength(auth, password);
  await refuseTakenEmail(auth.pool, email);
  const created = await transaction(auth.pool, async (db) => {
    const user = await createUser(auth, db, {
      ...(text(body, 'id') && { id: uuidOf(text(body, 'id'), 'id') }),
      email,
      provider: 'email',
      role: text(body, 'role'),
      hash: text(body, 'password_hash') || (password ? await hashPassword(password) : ''),
      data: fields(body, 'user_metadata') ?? {},
      app: fields(body, 'app_metadata') ?? {},
    });
    const patched = await updateUser(auth, db, user.id, { ...banPatch(auth, text(body, 'ban_duration')) });
    return userView(db, body['email_confirm'] === true ? await confirmUser(auth, db, patched) : patched);
  });
  return json(created);
}

/** Answers `GET /admin/users?page=&per_page=`, newest first. */
export async function adminList({ auth, url }: Call): Promise<Response> {
  const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
  const size = Math.min(1000, Math.max(1, Number(url.searchParams.get('per_page')) || 50));
  const { rows } = await auth.pool.query<UserRow>(
    'select * from auth.users where deleted_at is null order by created_at desc, id limit $1 offset $2',
    [size, (page - 1) * size],
  );
  const total = Number(
    (await first<{ count: string }>(auth.pool, 'select count(*) from auth.users where deleted_at is null', []))?.count,
  );
  const users = await Promise.all(rows.map((row) => userView(auth.pool, row)));
  const last = Math.max(1, Math.ceil(total / size));
  const rel = (to: number, name: string) => `</admin/users?page=${to}&per_page=${size}>; rel="${name}"`;
  const link = [...(page < last ? [rel(page + 1, 'next')] : []), rel(last, 'last')].join(', ');
  return json({ users, aud: 'authenticated' }, 200, { 'x-total-count': String(total), link });
}

/** Answers `GET /admin/users/:id`. */
export const adminGet = async ({ auth }: Call, id: string | undefined): Promise<Response> =>
  json(await userView(auth.pool, await wantedUser(auth, id)));

/** Answers `PUT /admin/users/:id`: changes that need no confirmation by the person. */
export async function adminUpdate(call: Call, id: string | undefined): Promise<Response> {
  const { auth, body } = call;
  const user = await wantedUser(auth, id);
  const patch = await adminPatch(call, user);
  const changed = await transaction(auth.pool, async (db) => {
    const patched = await updateUser(auth, db, user.id, patch);
    if (patch['email']) await renameIdentity(db, patched);
    if (patch['encrypted_password']) await endSessions(db, user.id, 'global');
    return userView(db, body['email_confirm'] === true ? await confirmUser(auth, db, patched) : patched);
  });
  return json(changed);
}

async function adminPatch({ auth, body }: Call, user: UserRow): Promise<Record<string, unknown>> {
  const email = text(body, 'email') && emailOf(text(body, 'email'));
  const password = text(body, 'password');
  if (email) await refuseTakenEmail(auth.pool, email, user.id);
  if (password) checkStrength(auth, password);
  const data = fields(body, 'user_metadata');
  const app = fields(body, 'app_metadata');
  return {
    ...(email && { email }),
    ...(password && { encrypted_password: await hashPassword(password) }),
    ...(text(body, 'role') && { role: text(body, 'role') }),
    ...(data && { raw_user_meta_data: mergeMeta(user.raw_user_meta_data, data) }),
    ...(app && { raw_app_meta_data: mergeMeta(user.raw_app_meta_data, app) }),
    ...banPatch(auth, text(body, 'ban_duration')),
  };
}

const renameIdentity = (db: Db, user: UserRow): Promise<unknown> =>
  db.query(
    `update auth.identities set identity_data = identity_data || jsonb_build_object('email', $2::text)
     where user_id = $1 and provider = 'email'`,
    [user.id, user.email],
  );

/** Answers `DELETE /admin/users/:id`; softly, the row stays for history without its names and ways in. */
export async function adminDelete({ auth, body }: Call, id: string | undefined): Promise<Response> {
  const user = await wantedUser(auth, id);
  if (body['should_soft_delete'] !== true) {
    await auth.pool.query('delete from auth.users where id = $1', [user.id]);
    return json({});
  }
  await transaction(auth.pool, async (db) => {
    await endSessions(db, user.id, 'global');
    for (const table of ['identities', 'mfa_factors', 'one_time_tokens'])
      await db.query(`delete from auth.${table} where user_id = $1`, [user.id]);
    await db.query(
      `update auth.users set deleted_at = $2, updated_at = $2, encrypted_password = '', raw_user_meta_data = '{}',
         raw_app_meta_data = '{}', email_change = '', email = encode(sha256(convert_to(id || coalesce(email, ''), 'UTF8')), 'hex')
       where id = $1`,
      [user.id, auth.now()],
    );
  });
  return json({});
}

/** Answers `GET /admin/users/:id/factors`. */
export async function adminFactors({ auth }: Call, id: string | undefined): Promise<Response> {
  const user = await wantedUser(auth, id);
  return json((await factorsOf(auth.pool, user.id)).map(factorView));
}

/** Answers `DELETE /admin/users/:id/factors/:factor`. */
export async function adminDropFactor({ auth }: Call, id: string | undefined, factorId: string | undefined) {
  const user = await wantedUser(auth, id);
  const factor = (await factorsOf(auth.pool, user.id)).find((each) => each.id === uuidOf(factorId, 'factor_id'));
  if (!factor) throw new AuthError(404, 'mfa_factor_not_found', 'Factor not found');
  await removeFactor(auth, user.id, factor.id);
  return json(factorView(factor));
}

async function inviteeOf({ auth, body }: Call, db: Db, email: string): Promise<UserRow> {
  const known = await userByEmail(db, email);
  if (known?.email_confirmed_at) await refuseTakenEmail(db, email);
  const user = known ?? (await createUser(auth, db, { email, provider: 'email', data: fields(body, 'data') ?? {} }));
  return updateUser(auth, db, user.id, { invited_at: auth.now() });
}

/** Answers `POST /invite`: an account for an address, and the mail that lets its owner in. */
export async function invite(call: Call): Promise<Response> {
  const email = emailOf(text(call.body, 'email'));
  const invited = await transaction(call.auth.pool, async (db) => {
    const user = await inviteeOf(call, db, email);
    await mailToken(call, db, user, { kind: 'invite', type: 'confirmation_token', to: email });
    return userView(db, (await userById(db, user.id))!);
  });
  return json(invited);
}

const linkTokens: Record<string, TokenType> = {
  signup: 'confirmation_token',
  invite: 'confirmation_token',
  magiclink: 'recovery_token',
  recovery: 'recovery_token',
  email_change_current: 'email_change_token_current',
  email_change_new: 'email_change_token_new',
};

/** Answers `POST /admin/generate_link`: the link and code that a mail would carry, to be delivered by other means. */
export async function generateLink(call: Call): Promise<Response> {
  const { auth, body } = call;
  const asked = text(body, 'type');
  const email = emailOf(text(body, 'email'));
  if (!linkTokens[asked]) throw invalid(`Invalid email action link type requested: ${asked}`);
  const made = await transaction(auth.pool, async (db) => {
    const known = await userByEmail(db, email);
    const type = asked === 'magiclink' && !known ? 'signup' : asked;
    const user = await linkOwner(call, db, type, email, known);
    const to = type === 'email_change_new' ? emailOf(text(body, 'new_email')) : email;
    const { code, link_token } = await issueToken(auth, db, user, linkTokens[type]!, { email: to });
    const redirect_to = redirectTarget(call);
    const kind = type.replace(/_(current|new)$/, '');
    return {
      ...(await userView(db, (await userById(db, user.id))!)),
      action_link: actionLink(auth, link_token, kind, redirect_to),
      email_otp: code,
      hashed_token: link_token,
      verification_type: type,
      redirect_to,
    };
  });
  return json(made);
}

async function linkOwner(call: Call, db: Db, type: string, email: string, known: UserRow | undefined) {
  const { auth, body } = call;
  if (type === 'invite') return inviteeOf(call, db, email);
  if (type === 'signup') return newcomer(call, db, email, known);
  if (!known) throw new AuthError(404, 'user_not_found', 'User with this email not found');
  if (!type.startsWith('email_change')) return known;
  const wanted = emailOf(text(body, 'new_email'));
  await refuseTakenEmail(db, wanted, known.id);
  return updateUser(auth, db, known.id, { email_change: wanted, email_change_confirm_status: 0 });
}

async function newcomer({ auth, body }: Call, db: Db, email: string, known: UserRow | undefined): Promise<UserRow> {
  if (known?.email_confirmed_at) await refuseTakenEmail(db, email);
  const password = text(body, 'password');
  if (password) checkStrength(auth, password);
  return known ?? createUser(auth, db, { email, password, provider: 'email', data: fields(body, 'data') ?? {} });
}
