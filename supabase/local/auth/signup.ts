import { emailOf, fields, record, text, transaction } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError, invalid, json } from './errors.ts';
import { beginFlow, challengeOf } from './flow-state.ts';
import { checkInterval, mailToken } from './links.ts';
import { openSession } from './sessions.ts';
import { checkStrength, confirmUser, createUser, hashPassword, userByEmail } from './users.ts';
import type { NewUser, UserRow } from './users.ts';
import { userView } from './user-view.ts';

interface Wish {
  email: string;
  hash: string;
  data: Record<string, unknown>;
}

function refuseClosed({ rules }: Auth, body: Call['body']): void {
  if (!rules.signup) throw new AuthError(422, 'signup_disabled', 'Signups not allowed for this instance');
  if (text(body, 'phone')) throw new AuthError(400, 'phone_provider_disabled', 'Phone signups are disabled');
  if (!text(body, 'email') && !text(body, 'password'))
    throw new AuthError(422, 'anonymous_provider_disabled', 'Anonymous sign-ins are disabled');
  if (!rules.email_signup) throw new AuthError(400, 'email_provider_disabled', 'Email signups are disabled');
}

async function wishOf({ auth, body }: Call): Promise<Wish> {
  refuseClosed(auth, body);
  const password = text(body, 'password');
  if (!password) throw invalid('Signup requires a valid password');
  checkStrength(auth, password);
  const email = emailOf(text(body, 'email'));
  return { email, hash: await hashPassword(password), data: fields(body, 'data') ?? {} };
}

/** Registers a person by e-mail and password; they get a session only where addresses need no confirmation. */
export async function signUp(call: Call): Promise<Response> {
  challengeOf(call.body);
  const wish = await wishOf(call);
  return json(await onceMoreAfterRace(() => transaction(call.auth.pool, (db) => register(call, db, wish))));
}

const onceMoreAfterRace = <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === '23505') return work();
    throw thrown;
  });

async function register(call: Call, db: Db, wish: Wish): Promise<Record<string, unknown>> {
  const { auth } = call;
  const known = await userByEmail(db, wish.email);
  if (known?.email_confirmed_at) return answerForKnown(auth, wish);
  const user = known ?? (await createUser(auth, db, { ...wish, provider: 'email' }));
  if (auth.rules.autoconfirm) return openSession(call, db, await confirmUser(auth, db, user), 'password');
  await record(call, db, 'user_confirmation_requested', user);
  return userView(db, await mailConfirmation(call, db, user));
}

// What a stranger would see for a new address: nothing tells that this one has an account.
function answerForKnown({ rules, now }: Auth, { email, data }: Wish): Record<string, unknown> {
  if (rules.autoconfirm) throw new AuthError(422, 'user_already_exists', 'User already registered');
  const at = now();
  return {
    id: crypto.randomUUID(),
    aud: 'authenticated',
    role: 'authenticated',
    email,
    phone: '',
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: data,
    confirmation_sent_at: at,
    identities: [],
    created_at: at,
    updated_at: at,
    is_anonymous: false,
  };
}

/** Mails the link and code that confirm a new account's address. */
export async function mailConfirmation(call: Call, db: Db, user: UserRow): Promise<UserRow> {
  const { auth } = call;
  checkInterval(auth, user.confirmation_sent_at);
  const challenge = challengeOf(call.body);
  if (challenge) await beginFlow(auth, db, challenge, { user_id: user.id, provider: 'email', method: 'email/signup' });
  await mailToken(call, db, user, {
    kind: 'signup',
    type: 'confirmation_token',
    to: user.email ?? '',
    pkce: Boolean(challenge),
  });
  return { ...user, confirmation_sent_at: auth.now() };
}

/** Mails a sign-in link and code; an unknown address gets an account unless `create_user` is false. */
export async function sendOtp(call: Call): Promise<Response> {
  const { auth, body } = call;
  if (text(body, 'phone')) throw new AuthError(400, 'phone_provider_disabled', 'Unsupported phone provider');
  if (!text(body, 'email')) throw invalid('One of email or phone must be set');
  const email = emailOf(text(body, 'email'));
  challengeOf(body);
  await onceMoreAfterRace(() =>
    transaction(auth.pool, async (db) => {
      const user = await userByEmail(db, email);
      if (user?.email_confirmed_at) return mailMagicLink(call, db, user);
      return inviteStranger(call, db, user, { email, provider: 'email', data: fields(body, 'data') ?? {} });
    }),
  );
  return json({});
}

async function inviteStranger(call: Call, db: Db, known: UserRow | undefined, wanted: NewUser): Promise<void> {
  const { auth, body } = call;
  if (!known && body['create_user'] === false) throw new AuthError(422, 'otp_disabled', 'Signups not allowed for otp');
  if (!known) refuseClosed(auth, body);
  const user = known ?? (await createUser(auth, db, wanted));
  if (auth.rules.autoconfirm) return mailMagicLink(call, db, await confirmUser(auth, db, user));
  await mailConfirmation(call, db, user);
}

async function mailMagicLink(call: Call, db: Db, user: UserRow): Promise<void> {
  await mailRecoveryToken(call, db, user, 'magiclink');
}

async function mailRecoveryToken(call: Call, db: Db, user: UserRow, kind: 'magiclink' | 'recovery'): Promise<void> {
  const { auth, body } = call;
  checkInterval(auth, user.recovery_sent_at);
  const challenge = challengeOf(body);
  if (challenge) await beginFlow(auth, db, challenge, { user_id: user.id, provider: kind, method: kind });
  await record(call, db, 'user_recovery_requested', user);
  const to = user.email ?? '';
  await mailToken(call, db, user, { kind, type: 'recovery_token', to, pkce: Boolean(challenge) });
}

/** Mails a password-recovery link and code; answers the same for an address without account. */
export async function sendRecovery(call: Call): Promise<Response> {
  if (!text(call.body, 'email')) throw invalid('Password recovery requires an email');
  const email = emailOf(text(call.body, 'email'));
  challengeOf(call.body);
  await transaction(call.auth.pool, async (db) => {
    const user = await userByEmail(db, email);
    if (user) await mailRecoveryToken(call, db, user, 'recovery');
  });
  return json({});
}

/** Mails a confirmation again; answers the same when there is nothing to confirm. */
export async function resend(call: Call): Promise<Response> {
  const { auth, body } = call;
  const type = text(body, 'type');
  if (type !== 'signup' && type !== 'email_change')
    throw invalid('Missing one of these types: signup, email_change, sms, phone_change');
  const email = emailOf(text(body, 'email'));
  await transaction(auth.pool, async (db) => {
    const user = await userByEmail(db, email);
    if (user && type === 'signup' && !user.email_confirmed_at) await mailConfirmation(call, db, user);
    if (user?.email_change && type === 'email_change') await mailEmailChange(call, db, user, user.email_change);
  });
  return json({});
}

/** Mails the confirmation of a new address to it and, where both must agree, to the old one. */
export async function mailEmailChange(call: Call, db: Db, user: UserRow, wanted: string): Promise<void> {
  const { auth } = call;
  checkInterval(auth, user.email_change_sent_at);
  const challenge = challengeOf(call.body);
  if (challenge)
    await beginFlow(auth, db, challenge, { user_id: user.id, provider: 'email_change', method: 'email_change' });
  const pkce = Boolean(challenge);
  await mailToken(call, db, user, { kind: 'email_change', type: 'email_change_token_new', to: wanted, pkce });
  if (auth.rules.double_confirm_changes && user.email)
    await mailToken(call, db, user, { kind: 'email_change', type: 'email_change_token_current', to: user.email, pkce });
}
