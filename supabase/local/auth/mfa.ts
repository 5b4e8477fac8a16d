import { first, record, text, transaction } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError, committed, invalid, json } from './errors.ts';
import { askHook } from './hooks.ts';
import { qrSvg } from './qr.ts';
import { endSessions, inet, raiseSession } from './sessions.ts';
import { callerOf, uuidOf } from './tokens.ts';
import type { Caller, SessionRow } from './tokens.ts';
import { newSecret, totpMatches } from './totp.ts';
import { factorsOf } from './user-view.ts';
import type { FactorRow } from './user-view.ts';

const challengeLifetime = 300_000;
const factorLifetime = 300_000;

async function sessionOf(call: Call): Promise<Caller & { session: SessionRow }> {
  const { user, session } = await callerOf(call);
  if (session) return { user, session };
  throw new AuthError(403, 'session_not_found', 'A valid session is required');
}

async function factorOf(call: Call, caller: Caller, id: string | undefined): Promise<FactorRow> {
  const factor = await first<FactorRow>(
    call.auth.pool,
    'select * from auth.mfa_factors where id = $1 and user_id = $2',
    [uuidOf(id, 'factor_id'), caller.user.id],
  );
  if (factor) return factor;
  throw new AuthError(404, 'mfa_factor_not_found', 'Factor not found');
}

async function refuseEnrolment(auth: Auth, { user, session }: Caller, name: string): Promise<void> {
  const since = new Date(auth.now().getTime() - factorLifetime);
  await auth.pool.query(
    `delete from auth.mfa_factors where user_id = $1 and status = 'unverified' and created_at < $2`,
    [user.id, since],
  );
  const factors = await factorsOf(auth.pool, user.id);
  if (name && factors.some((factor) => factor.friendly_name === name))
    throw new AuthError(
      422,
      'mfa_factor_name_conflict',
      `A factor with the friendly name "${name}" for this user already exists`,
    );
  if (factors.length >= auth.rules.max_factors)
    throw new AuthError(
      422,
      'too_many_enrolled_mfa_factors',
      'Maximum number of verified factors reached, unenroll to continue',
    );
  if (factors.some(({ status }) => status === 'verified') && session?.aal !== 'aal2')
    throw new AuthError(403, 'insufficient_aal', 'AAL2 required to enroll a new factor');
}

/** Answers `POST /factors`: a secret for an authenticator app, not yet in force. */
export async function enroll(call: Call): Promise<Response> {
  const { auth, body } = call;
  const caller = await sessionOf(call);
  if (text(body, 'factor_type') !== 'totp') throw invalid('factor_type needs to be totp');
  if (!auth.rules.totp_enroll)
    throw new AuthError(422, 'mfa_totp_enroll_not_enabled', 'MFA enroll is disabled for TOTP');
  const friendly_name = text(body, 'friendly_name');
  await refuseEnrolment(auth, caller, friendly_name);
  const secret = newSecret();
  const id = crypto.randomUUID();
  await auth.pool.query(
    `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at, secret)
     values ($1, $2, $3, 'totp', 'unverified', $4, $4, $5)`,
    [id, caller.user.id, friendly_name, auth.now(), secret],
  );
  const uri = otpauth(call, caller.user.email ?? '', secret);
  return json({ id, type: 'totp', friendly_name, totp: { qr_code: qrSvg(uri), secret, uri } });
}

function otpauth({ auth, body }: Call, account: string, secret: string): string {
  const issuer = text(body, 'issuer') || new URL(auth.siteUrl).host;
  const query = new URLSearchParams({ algorithm: 'SHA1', digits: '6', issuer, period: '30', secret });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query.toString()}`;
}

/** Answers `POST /factors/:id/challenge`: opens five minutes in which a code may be given. */
export async function challenge(call: Call, id: string | undefined): Promise<Response> {
  const { auth } = call;
  const factor = await factorOf(call, await sessionOf(call), id);
  refuseDisabled(auth);
  const challengeId = crypto.randomUUID();
  await auth.pool.query(
    'insert into auth.mfa_challenges (id, factor_id, created_at, ip_address) values ($1, $2, $3, $4)',
    [challengeId, factor.id, auth.now(), inet(call.ip) ?? '0.0.0.0'],
  );
  const expires_at = Math.floor((auth.now().getTime() + challengeLifetime) / 1000);
  return json({ id: challengeId, type: 'totp', expires_at });
}

function refuseDisabled({ rules }: Auth): void {
  if (!rules.totp_verify)
    throw new AuthError(422, 'mfa_totp_verify_not_enabled', 'MFA verification is disabled for TOTP');
}

async function openChallenge(call: Call, db: Db, factor: FactorRow): Promise<string> {
  const id = uuidOf(text(call.body, 'challenge_id'), 'challenge_id');
  const row = await first<{ created_at: Date; verified_at: Date | null }>(
    db,
    'select created_at, verified_at from auth.mfa_challenges where id = $1 and factor_id = $2 for update',
    [id, factor.id],
  );
  if (!row) throw new AuthError(422, 'mfa_factor_not_found', 'MFA factor with the provided challenge ID not found');
  const late = call.auth.now().getTime() > row.created_at.getTime() + challengeLifetime;
  if (row.verified_at || late)
    throw new AuthError(
      422,
      'mfa_challenge_expired',
      `MFA challenge ${id} has expired, verify against another challenge or create a new challenge.`,
    );
  return id;
}

async function refuseWrongCode(call: Call, { user }: Caller, factor: FactorRow): Promise<void> {
  const { auth, body } = call;
  const valid = totpMatches(factor.secret, text(body, 'code'), auth.now());
  const event = { user_id: user.id, factor_id: factor.id, factor_type: 'totp', valid };
  const answer = await transaction(auth.pool, (db) =>
    askHook(auth, db, 'mfa_verification_attempt', event).catch(committed),
  );
  if (answer?.decision === 'reject') {
    await endSessions(auth.pool, user.id, 'global');
    const message = answer.message || 'Further MFA verification attempts will be rejected.';
    throw new AuthError(403, 'mfa_verification_rejected', message);
  }
  if (!valid) throw new AuthError(422, 'mfa_verification_failed', 'Invalid TOTP code entered');
}

/** Answers `POST /factors/:id/verify`: a right code puts the factor in force and raises the session to aal2. */
export async function verifyFactor(call: Call, id: string | undefined): Promise<Response> {
  const { auth, body, ip } = call;
  auth.limits.request('mfa', ip, auth.rules.verifications);
  const caller = await sessionOf(call);
  const factor = await factorOf(call, caller, id);
  if (!text(body, 'code')) throw invalid('Code needs to be non-empty');
  refuseDisabled(auth);
  await transaction(auth.pool, (db) => openChallenge(call, db, factor));
  await refuseWrongCode(call, caller, factor);
  return transaction(auth.pool, async (db) => {
    const challengeId = await openChallenge(call, db, factor);
    await db.query('update auth.mfa_challenges set verified_at = $2 where id = $1', [challengeId, auth.now()]);
    await db.query(`update auth.mfa_factors set status = 'verified', updated_at = $2 where id = $1`, [
      factor.id,
      auth.now(),
    ]);
    await db.query(`delete from auth.mfa_factors where user_id = $1 and status = 'unverified'`, [caller.user.id]);
    await record(call, db, 'verification_attempted', caller.user);
    return json(await raiseSession(call, db, caller.user, caller.session, factor.id));
  });
}

/** Answers `DELETE /factors/:id`: a factor in force needs a session that used it. */
export async function unenroll(call: Call, id: string | undefined): Promise<Response> {
  const caller = await sessionOf(call);
  const factor = await factorOf(call, caller, id);
  if (factor.status === 'verified' && caller.session.aal !== 'aal2')
    throw new AuthError(422, 'insufficient_aal', 'AAL2 required to unenroll verified factor');
  await removeFactor(call.auth, caller.user.id, factor.id);
  return json({ id: factor.id });
}

/** Removes a factor; sessions that it had raised fall back to aal1. */
export async function removeFactor(auth: Auth, userId: string, factorId: string): Promise<void> {
  await transaction(auth.pool, async (db) => {
    await db.query('delete from auth.mfa_factors where id = $1', [factorId]);
    await db.query(
      `delete from auth.mfa_amr_claims where authentication_method = 'totp' and session_id in (
         select id from auth.sessions where user_id = $1 and factor_id = $2)`,
      [userId, factorId],
    );
    await db.query(`update auth.sessions set aal = 'aal1', factor_id = null where user_id = $1 and factor_id = $2`, [
      userId,
      factorId,
    ]);
  });
}
