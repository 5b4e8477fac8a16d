import type { AuthError } from '@supabase/supabase-js';
import { Failure, refusal, weather } from '../kernel/failure.ts';
import { failureOf } from './sqlstate.ts';

type Answer = readonly ['weather' | 'refusal' | 'bug', string];

const signedOut: Answer = ['refusal', 'signed_out'];
const notOffered: Answer = ['refusal', 'not_offered'];
const busy: Answer = ['weather', 'server_busy'];
const malformed: Answer = ['bug', 'malformed_request'];

/** What each error code of GoTrue means for a person: who acts next, and which sentence they read. */
export const answersByCode: Readonly<Record<string, Answer>> = {
  invalid_credentials: ['refusal', 'wrong_password'],
  email_not_confirmed: ['refusal', 'email_not_confirmed'],
  phone_not_confirmed: notOffered,
  user_not_found: signedOut,
  user_banned: ['refusal', 'account_closed'],
  user_already_exists: ['refusal', 'email_taken'],
  email_exists: ['refusal', 'email_taken'],
  phone_exists: notOffered,
  identity_already_exists: ['refusal', 'email_taken'],
  email_address_invalid: ['refusal', 'email_invalid'],
  email_address_not_authorized: ['refusal', 'email_not_allowed'],
  validation_failed: ['refusal', 'not_accepted'],
  weak_password: ['refusal', 'weak_password'],
  same_password: ['refusal', 'same_password'],
  signup_disabled: ['refusal', 'signup_closed'],
  email_provider_disabled: notOffered,
  otp_disabled: ['refusal', 'signup_closed'],
  otp_expired: ['refusal', 'code_expired'],
  over_request_rate_limit: ['refusal', 'too_many_attempts'],
  over_email_send_rate_limit: ['refusal', 'too_many_mails'],
  over_sms_send_rate_limit: ['refusal', 'too_many_mails'],
  reauthentication_needed: ['refusal', 'confirm_by_code'],
  reauth_nonce_missing: ['refusal', 'confirm_by_code'],
  reauthentication_not_valid: ['refusal', 'code_expired'],
  invite_not_found: ['refusal', 'link_used'],
  flow_state_not_found: ['refusal', 'link_used'],
  flow_state_expired: ['refusal', 'link_used'],
  bad_code_verifier: ['refusal', 'link_other_device'],
  bad_oauth_state: ['refusal', 'link_used'],
  bad_oauth_callback: ['refusal', 'link_used'],
  session_not_found: signedOut,
  session_expired: signedOut,
  refresh_token_not_found: signedOut,
  refresh_token_already_used: signedOut,
  bad_jwt: signedOut,
  no_authorization: signedOut,
  not_admin: ['refusal', 'not_permitted'],
  insufficient_aal: ['refusal', 'second_factor_needed'],
  captcha_failed: ['refusal', 'not_accepted'],
  request_timeout: busy,
  hook_timeout: busy,
  hook_timeout_after_retry: busy,
  conflict: busy,
  unexpected_failure: busy,
  bad_json: malformed,
  hook_payload_over_size_limit: malformed,
  hook_payload_invalid_content_type: malformed,
  unexpected_audience: malformed,
  phone_provider_disabled: notOffered,
  provider_disabled: notOffered,
  provider_email_needs_verification: ['refusal', 'email_not_confirmed'],
  oauth_provider_not_supported: notOffered,
  anonymous_provider_disabled: notOffered,
  saml_provider_disabled: notOffered,
  manual_linking_disabled: notOffered,
  sms_send_failed: busy,
  identity_not_found: notOffered,
  single_identity_not_deletable: notOffered,
  email_conflict_identity_not_deletable: notOffered,
  saml_relay_state_not_found: notOffered,
  saml_relay_state_expired: notOffered,
  saml_idp_not_found: notOffered,
  saml_idp_already_exists: notOffered,
  saml_assertion_no_user_id: notOffered,
  saml_assertion_no_email: notOffered,
  saml_entity_id_mismatch: notOffered,
  saml_metadata_fetch_failed: busy,
  sso_provider_not_found: notOffered,
  sso_domain_already_exists: notOffered,
  user_sso_managed: notOffered,
  too_many_enrolled_mfa_factors: notOffered,
  mfa_factor_name_conflict: notOffered,
  mfa_factor_not_found: notOffered,
  mfa_ip_address_mismatch: ['refusal', 'code_expired'],
  mfa_challenge_expired: ['refusal', 'code_expired'],
  mfa_verification_failed: ['refusal', 'code_expired'],
  mfa_verification_rejected: ['refusal', 'code_expired'],
  mfa_phone_enroll_not_enabled: notOffered,
  mfa_phone_verify_not_enabled: notOffered,
  mfa_totp_enroll_not_enabled: notOffered,
  mfa_totp_verify_not_enabled: notOffered,
  mfa_webauthn_enroll_not_enabled: notOffered,
  mfa_webauthn_verify_not_enabled: notOffered,
  mfa_verified_factor_exists: notOffered,
};

/** Refusals of the refresh endpoint that truly end a session; everything else it says is weather. */
export const endsSession = (code: string): boolean => enders.has(code);

const enders: ReadonlySet<string> = new Set([
  'refresh_token_not_found',
  'refresh_token_already_used',
  'session_not_found',
  'session_expired',
  'user_not_found',
  'user_banned',
  'invalid_grant',
]);

/** Turns an error of the auth client into a failure; waiting times arrive as `details.retry_after` in seconds. */
export function authFailure(error: AuthError): Failure {
  if (error.name === 'AuthSessionMissingError') return refusal('signed_out', error.message);
  if (isWeather(error)) return weather(error.status ? 'server_busy' : 'offline', error.message, error);
  const told = toldByGuard(error.message);
  if (told) return told;
  const [kind, code] = answersByCode[error.code ?? ''] ?? byStatus(error.status ?? 0);
  return new Failure(kind, code, error.message, { cause: error, details: waiting(code, error.message) });
}

function isWeather(error: AuthError): boolean {
  return error.name === 'AuthRetryableFetchError' || (error.status ?? 0) >= 500;
}

/** The database guards password attempts itself and answers with a stable word and the seconds to wait. */
function toldByGuard(message: string): Failure | undefined {
  const word = /\b(account_locked|too_many_attempts)\b/.exec(message)?.[1];
  return word ? refusal(word, message, waiting(word, message)) : undefined;
}

function byStatus(status: number): Answer {
  if (status === 429) return ['refusal', 'too_many_attempts'];
  if (status === 401 || status === 403) return signedOut;
  return status >= 400 ? ['refusal', 'not_accepted'] : ['bug', 'unexpected'];
}

const usualWait: Readonly<Record<string, number>> = {
  too_many_attempts: 60,
  too_many_mails: 60,
  account_locked: 1800,
};

function waiting(code: string, message: string): Record<string, unknown> {
  const otherwise = usualWait[code];
  if (otherwise === undefined) return {};
  const seconds = /retry_after\D{0,4}(\d+)|after (\d+) seconds/.exec(message);
  return { retry_after: seconds ? Number(seconds[1] ?? seconds[2]) : otherwise };
}

/** Turns an error of one of the few database functions called around sign-in into a failure; without a SQLSTATE it never arrived. */
export const rpcFailure = (error: { code?: string; message: string }): Failure =>
  error.code ? failureOf(0, { code: error.code, message: error.message }) : weather('offline', error.message, error);
