/** One identity provider as config.toml's `[auth.external.<name>]` describes it. */
export interface ExternalConfig {
  enabled?: boolean;
  client_id?: string;
  secret?: string;
  url?: string;
  redirect_uri?: string;
  skip_nonce_check?: boolean;
}

/** The parsed `[auth]` section of config.toml; everything absent takes Supabase's default. */
export interface AuthConfig {
  site_url?: string;
  additional_redirect_urls?: string[];
  jwt_expiry?: number;
  enable_refresh_token_rotation?: boolean;
  refresh_token_reuse_interval?: number;
  enable_signup?: boolean;
  minimum_password_length?: number;
  password_requirements?: string;
  rate_limit?: {
    email_sent?: number;
    token_refresh?: number;
    sign_in_sign_ups?: number;
    token_verifications?: number;
  };
  email?: {
    enable_signup?: boolean;
    enable_confirmations?: boolean;
    double_confirm_changes?: boolean;
    secure_password_change?: boolean;
    max_frequency?: string;
    otp_length?: number;
    otp_expiry?: number;
    smtp?: { enabled?: boolean };
  };
  mfa?: { max_enrolled_factors?: number; totp?: { enroll_enabled?: boolean; verify_enabled?: boolean } };
  sessions?: { timebox?: string; inactivity_timeout?: string };
  hook?: Record<string, { enabled?: boolean; uri?: string }>;
  external?: Record<string, ExternalConfig>;
  [other: string]: unknown;
}

/** The rules the service works by: the config with defaults filled in and durations in seconds (0 = no limit). */
export interface Rules {
  redirects: readonly string[];
  jwt_expiry: number;
  rotation: boolean;
  reuse_interval: number;
  signup: boolean;
  email_signup: boolean;
  autoconfirm: boolean;
  double_confirm_changes: boolean;
  secure_password_change: boolean;
  mail_interval: number;
  otp_length: number;
  otp_expiry: number;
  password_length: number;
  password_classes: readonly string[];
  emails_per_hour: number;
  refreshes: number;
  sign_ins: number;
  verifications: number;
  max_factors: number;
  totp_enroll: boolean;
  totp_verify: boolean;
  timebox: number;
  inactivity: number;
  hooks: Readonly<Record<string, string>>;
  external: Readonly<Record<string, ExternalConfig>>;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const symbols = '!@#$%^&*()_+-=[]{};\'\\:"|<>?,./`~';
const passwordClasses: Record<string, readonly string[]> = {
  letters_digits: [lower + upper, digits],
  lower_upper_letters_digits: [lower, upper, digits],
  lower_upper_letters_digits_symbols: [lower, upper, digits, symbols],
};

const unitSeconds: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Reads a Go duration such as `1h30m` as seconds; nothing or `0s` is 0. */
export const durationSeconds = (text: string | undefined): number =>
  [...(text ?? '').matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (unitSeconds[unit ?? 's'] ?? 1),
    0,
  );

const enabledHooks = (hooks: AuthConfig['hook']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(hooks ?? {}).flatMap(([name, hook]) => (hook.enabled && hook.uri ? [[name, hook.uri]] : [])),
  );

/** Fills Supabase's defaults into a parsed `[auth]` section. */
export function rulesOf(config: AuthConfig): Rules {
  return { ...accountRules(config), ...sessionRules(config), ...mailRules(config), ...limitRules(config) };
}

const accountRules = (config: AuthConfig) => ({
  redirects: config.additional_redirect_urls ?? [],
  signup: config.enable_signup ?? true,
  password_length: config.minimum_password_length ?? 6,
  password_classes: passwordClasses[config.password_requirements ?? ''] ?? [],
  max_factors: config.mfa?.max_enrolled_factors ?? 10,
  totp_enroll: config.mfa?.totp?.enroll_enabled ?? false,
  totp_verify: config.mfa?.totp?.verify_enabled ?? false,
  hooks: enabledHooks(config.hook),
  external: config.external ?? {},
});

const sessionRules = (config: AuthConfig) => ({
  jwt_expiry: config.jwt_expiry ?? 3600,
  rotation: config.enable_refresh_token_rotation ?? true,
  reuse_interval: config.refresh_token_reuse_interval ?? 10,
  timebox: durationSeconds(config.sessions?.timebox),
  inactivity: durationSeconds(config.sessions?.inactivity_timeout),
});

const mailRules = ({ email = {} }: AuthConfig) => ({
  email_signup: email.enable_signup ?? true,
  autoconfirm: !(email.enable_confirmations ?? false),
  double_confirm_changes: email.double_confirm_changes ?? true,
  secure_password_change: email.secure_password_change ?? false,
  mail_interval: durationSeconds(email.max_frequency ?? '1s'),
  otp_length: email.otp_length ?? 6,
  otp_expiry: email.otp_expiry ?? 3600,
});

// As in the CLI's stack, the hourly allowance of mails counts only where mails really leave, by SMTP.
const limitRules = ({ rate_limit = {}, email = {} }: AuthConfig) => ({
  emails_per_hour: email.smtp?.enabled ? (rate_limit.email_sent ?? 2) : 360_000,
  refreshes: rate_limit.token_refresh ?? 150,
  sign_ins: rate_limit.sign_in_sign_ups ?? 30,
  verifications: rate_limit.token_verifications ?? 30,
});
