import type { AuthError, AuthResponse, Session, SupabaseClient } from '@supabase/supabase-js';
import { refusal, weather, type Failure } from '../kernel/failure.ts';
import { authFailure, rpcFailure } from './auth-failures.ts';
import type { LinkPurpose, MailLink } from './auth-link.ts';
import { SESSION_KEY, sharedVault } from './auth-options.ts';
import type { AuthPort, CodePurpose, DeviceInfo, InvitationInfo, NewAccount, NewOrganization } from './auth-port.ts';
import {
  deviceName,
  readRecord,
  readSession,
  writeRecord,
  type DeviceRecord,
  type SessionInfo,
} from './auth-record.ts';
import type { Vault } from './auth-vault.ts';

export type { AuthPort, DeviceInfo, InvitationInfo } from './auth-port.ts';
export { authPort, useAuthPort } from './auth-port.ts';
export type { SessionInfo } from './auth-record.ts';

/** Places and clock of a port; the defaults are this page's. */
export interface AuthPortOptions {
  readonly vault?: Vault;
  readonly now?: () => number;
  /** Where links in mails lead, e.g. "https://portal.example/auth/callback". */
  readonly callbackUrl?: string;
}

/** Builds the sign-in door over a Supabase client made with `authOptions()`. */
export function createAuthPort(client: SupabaseClient, options: AuthPortOptions = {}): AuthPort {
  return new SupabaseAuthPort(client, options);
}

const codeTypes = { sign_in: 'email', sign_up: 'email', recovery: 'recovery' } as const;

type Answer = PromiseLike<{ data: unknown; error: AuthError | null }>;
type Given<A extends Answer> = Extract<Awaited<A>, { error: null }>['data'];

class SupabaseAuthPort implements AuthPort {
  readonly #client: SupabaseClient;
  readonly #vault: Vault;
  readonly #now: () => number;
  readonly #callbackUrl: string;
  readonly #listeners = new Set<(session: SessionInfo | null) => void>();
  readonly #otherTabs = globalThis.document && new BroadcastChannel('portal-auth');
  #told: string | undefined;

  constructor(client: SupabaseClient, options: AuthPortOptions) {
    this.#client = client;
    this.#vault = options.vault ?? sharedVault();
    this.#now = options.now ?? Date.now;
    this.#callbackUrl = options.callbackUrl ?? `${globalThis.location?.origin ?? ''}/auth/callback`;
    this.#otherTabs?.addEventListener('message', () => void this.#tell());
    client.auth.onAuthStateChange((event, session) => this.#heard(event, session));
  }

  session(): Promise<SessionInfo | null> {
    return readSession(this.#vault, this.#now());
  }

  record(): Promise<DeviceRecord> {
    return readRecord(this.#vault);
  }

  onChange(listener: (session: SessionInfo | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async signInWithPassword(email: string, password: string): Promise<SessionInfo> {
    return this.#entered(await done(this.#client.auth.signInWithPassword({ email, password })), false);
  }

  async confirmPassword(password: string): Promise<void> {
    const session = await this.session();
    if (!session) throw refusal('signed_out', 'nobody is signed in');
    await this.signInWithPassword(session.email, password);
  }

  async sendCode(email: string): Promise<void> {
    const options = { shouldCreateUser: false, emailRedirectTo: this.#callbackUrl };
    // An address without an account gets the same answer, so that nobody can probe who works here.
    await done(this.#client.auth.signInWithOtp({ email, options })).catch(unless('signup_closed', 'signed_out'));
  }

  async verifyCode(email: string, token: string, purpose: CodePurpose): Promise<SessionInfo> {
    if (purpose === 'recovery') await writeRecord(this.#vault, { recovery: true });
    try {
      const data = await done(this.#client.auth.verifyOtp({ email, token, type: codeTypes[purpose] }));
      return await this.#entered(data, purpose === 'recovery');
    } catch (failure) {
      await writeRecord(this.#vault, { recovery: false });
      throw failure;
    }
  }

  async signUp({ email, password, first_name, last_name }: NewAccount): Promise<'check_mail' | 'signed_in'> {
    const options = { data: { first_name, last_name }, emailRedirectTo: this.#callbackUrl };
    const data = await done(this.#client.auth.signUp({ email, password, options }));
    if (!data.session) return 'check_mail';
    await this.#entered(data, false);
    return 'signed_in';
  }

  async resendConfirmation(email: string): Promise<void> {
    await done(this.#client.auth.resend({ type: 'signup', email, options: { emailRedirectTo: this.#callbackUrl } }));
  }

  async sendRecovery(email: string): Promise<void> {
    await done(this.#client.auth.resetPasswordForEmail(email, { redirectTo: this.#callbackUrl })).catch(
      unless('signed_out'),
    );
  }

  async followLink(link: MailLink): Promise<LinkPurpose> {
    if (link.kind === 'none') throw refusal('link_empty', 'the link carries nothing');
    if (link.kind === 'refused') throw refusal('link_used', `${link.code} ${link.message}`);
    const recovery = link.purpose === 'recovery';
    if (recovery) await writeRecord(this.#vault, { recovery });
    try {
      await this.#entered(await done(this.#open(link)), recovery);
      return link.purpose;
    } catch (failure) {
      await writeRecord(this.#vault, { recovery: false });
      throw spent(failure);
    }
  }

  async setPassword(password: string, nonce?: string): Promise<void> {
    await done(this.#client.auth.updateUser(nonce ? { password, nonce } : { password }));
    await writeRecord(this.#vault, { recovery: false });
    await this.#tell();
  }

  async sendPasswordCode(): Promise<void> {
    await done(this.#client.auth.reauthenticate());
  }

  async breachedEndings(prefix: string): Promise<readonly string[]> {
    const { data, error } = await this.#client.functions.invoke<{ endings: string[] }>('password-check', {
      body: { prefix },
    });
    return error || !Array.isArray(data?.endings) ? [] : data.endings;
  }

  async signOut(scope: 'here' | 'others' | 'everywhere'): Promise<void> {
    if (scope !== 'here') await this.#endOthers();
    if (scope === 'others') return;
    // The server may be out of reach: forgetting the session is what leaving this device means.
    await this.#logout('local').catch(() => undefined);
    await this.#vault.removeItem(SESSION_KEY);
    await writeRecord(this.#vault, { left: true, recovery: false });
    await this.#tell();
    this.#otherTabs?.postMessage('left');
  }

  async registerDevice(trusted?: boolean): Promise<void> {
    if (trusted !== undefined) await writeRecord(this.#vault, { trusted });
    const record = await this.record();
    const name = deviceName(globalThis.navigator?.userAgent ?? '');
    await this.#call('register_device', { device_id: record.device_id, name, trusted: record.trusted });
  }

  async devices(): Promise<readonly DeviceInfo[]> {
    const { device_id } = await this.record();
    const rows = await this.#call<(DeviceInfo & { is_this_device: boolean })[]>('my_devices');
    return rows.map((row) => ({ ...row, here: row.is_this_device || row.device_id === device_id }));
  }

  sealSecret(): Promise<string> {
    return this.#call<string>('seal_secret');
  }

  async endDevice(id: string): Promise<void> {
    await this.#call('end_device', { id });
  }

  invitations(): Promise<readonly InvitationInfo[]> {
    return this.#call<InvitationInfo[]>('my_invitations');
  }

  async answerInvitation(invitation_id: string, accept: boolean): Promise<void> {
    await this.#call('answer_invitation', { invitation_id, accept });
  }

  createOrganization(organization: NewOrganization): Promise<string> {
    return this.#call<string>('create_organization', { ...organization });
  }

  connectTicket(organization: string, provider: string): Promise<string> {
    return this.#call<string>('connect_ticket', { organization, provider });
  }

  /** The database shuts the others out at once; the auth server also ends sessions no device was registered for. */
  async #endOthers(): Promise<void> {
    await this.#call('end_other_devices');
    await this.#logout('others');
  }

  /** Asked by hand: the client's own way goes through its service-role part, which browsers are not given. */
  async #logout(scope: 'local' | 'others'): Promise<void> {
    const { auth } = this.#client;
    const { data } = await auth.getSession();
    if (!data.session) return;
    const headers = { ...auth['headers'], authorization: `Bearer ${data.session.access_token}` };
    const told = auth['fetch'](`${auth['url']}/logout?scope=${scope}`, { method: 'POST', headers });
    const response = await told.catch((lost: unknown) => {
      throw weather('offline', String(lost), lost);
    });
    if (response.status >= 500) throw weather('server_busy', `logout answered ${response.status}`);
  }

  async #call<T>(name: string, args: Record<string, unknown> = {}): Promise<T> {
    const { data, error } = await this.#client.rpc(name, args);
    if (error) throw rpcFailure(error);
    return data as T;
  }

  #open(link: Extract<MailLink, { kind: 'hash' | 'tokens' }>): Promise<AuthResponse> {
    const { auth } = this.#client;
    return link.kind === 'hash'
      ? auth.verifyOtp({ token_hash: link.token_hash, type: link.purpose })
      : auth.setSession({ access_token: link.access_token, refresh_token: link.refresh_token });
  }

  async #entered({ session }: { session: Session | null }, recovery: boolean): Promise<SessionInfo> {
    if (!session) throw refusal('link_used', 'the server gave no session');
    const now = this.#now();
    const facts = { signed_in_at: now, refreshed_at: now, recovery, left: false };
    await writeRecord(this.#vault, { ...facts, last_email: session.user.email ?? null });
    await this.#tell();
    const info = await this.session();
    if (!info) throw refusal('not_kept', 'the session could not be kept on this device');
    return info;
  }

  /** The client announces more than changes (every focus, every refresh): only what alters "who is here" is passed on. */
  #heard(event: string, session: Session | null): void {
    // Outside the callback, because the client waits for it before it goes on.
    setTimeout(() => void this.#settle(event, session), 0);
  }

  async #settle(event: string, session: Session | null): Promise<void> {
    if (event === 'TOKEN_REFRESHED' && session) await writeRecord(this.#vault, { refreshed_at: this.#now() });
    await this.#tell();
  }

  async #tell(): Promise<void> {
    const session = await this.session();
    const words = session ? `${session.user_id} ${session.recovery}` : '';
    if (this.#told === words) return;
    this.#told = words;
    for (const listener of this.#listeners) listener(session);
  }
}

async function done<A extends Answer>(answer: A): Promise<Given<A>> {
  const { data, error } = await answer;
  if (error) throw authFailure(error);
  return data as Given<A>;
}

const unless =
  (...codes: string[]) =>
  (failure: Failure): void => {
    if (!codes.includes(failure.code)) throw failure;
  };

function spent(failure: unknown): unknown {
  const { kind, code } = failure as Failure;
  return kind === 'refusal' && ['code_expired', 'signed_out', 'not_accepted', 'wrong_password'].includes(code)
    ? refusal('link_used', (failure as Error).message)
    : failure;
}
