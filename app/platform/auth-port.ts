import { bug } from '../kernel/failure.ts';
import type { LinkPurpose, MailLink } from './auth-link.ts';
import type { DeviceRecord, SessionInfo } from './auth-record.ts';

/** One browser or phone that has been signed in to this account. */
export interface DeviceInfo {
  readonly id: string;
  readonly device_id: string;
  readonly name: string;
  readonly trusted: boolean;
  readonly last_seen_at: string;
  readonly here: boolean;
}

/** An invitation that waits for this person's answer. */
export interface InvitationInfo {
  readonly id: string;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly roles: readonly string[];
  readonly message: string | null;
  readonly invited_by_name: string | null;
  readonly expires_at: string;
}

/** A new organisation as its first owner describes it. */
export interface NewOrganization {
  readonly name: string;
  readonly kind: 'artist' | 'agency' | 'label' | 'venue';
  readonly currency: string;
  readonly time_zone: string;
  readonly display_name: string;
}

/** A new account. */
export interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly first_name: string;
  readonly last_name: string;
}

/** Which mail a six-digit code came from. */
export type CodePurpose = 'sign_in' | 'sign_up' | 'recovery';

/**
 * Everything around "who is this": sessions, mails, devices, invitations. Reads of the session work offline;
 * all other calls throw a `Failure` (weather without signal, a refusal with the sentence's code otherwise).
 */
export interface AuthPort {
  /** The session at rest on this device; a lost network or an expired access token never makes it null. */
  session(): Promise<SessionInfo | null>;
  record(): Promise<DeviceRecord>;
  /** Hears of sign-in, sign-out (here, in another tab, or by the server) and of a finished recovery; returns the way to stop. */
  onChange(listener: (session: SessionInfo | null) => void): () => void;

  signInWithPassword(email: string, password: string): Promise<SessionInfo>;
  /** Proves the signed-in person's password again, for the screen lock. */
  confirmPassword(password: string): Promise<void>;
  sendCode(email: string): Promise<void>;
  verifyCode(email: string, code: string, purpose: CodePurpose): Promise<SessionInfo>;
  signUp(account: NewAccount): Promise<'check_mail' | 'signed_in'>;
  resendConfirmation(email: string): Promise<void>;
  sendRecovery(email: string): Promise<void>;
  followLink(link: MailLink): Promise<LinkPurpose>;
  setPassword(password: string, code?: string): Promise<void>;
  /** Mails a code that `setPassword` may ask for when the last sign-in is long ago. */
  sendPasswordCode(): Promise<void>;
  /** The endings of breached passwords' SHA-1 hashes that begin with `prefix`; empty when it cannot be asked now. */
  breachedEndings(prefix: string): Promise<readonly string[]>;

  /** "here" works offline too; "others" and "everywhere" need the server. */
  signOut(scope: 'here' | 'others' | 'everywhere'): Promise<void>;
  registerDevice(trusted?: boolean): Promise<void>;
  /** What wraps the keys of sealed columns on this person's devices; the refusal `prove_first` when their last proof is older than ten minutes. */
  sealSecret(): Promise<string>;
  devices(): Promise<readonly DeviceInfo[]>;
  endDevice(id: string): Promise<void>;

  invitations(): Promise<readonly InvitationInfo[]>;
  answerInvitation(id: string, accept: boolean): Promise<void>;
  /** Opens the way to a provider's sign-in, once, for ten minutes. */
  connectTicket(organization_id: string, provider: string): Promise<string>;
  createOrganization(organization: NewOrganization): Promise<string>;
}

let current: AuthPort | undefined;

/** Makes a port the one the screens of sign-in, account and lock use; main.ts calls it once. */
export function useAuthPort(port: AuthPort): void {
  current = port;
}

/** The port in use. */
export function authPort(): AuthPort {
  if (!current) throw bug('no_auth_port', 'useAuthPort has not been called');
  return current;
}
