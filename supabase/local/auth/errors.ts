const versionHeader = 'x-supabase-api-version';
const version2024 = '2024-01-01';

/** A refusal in the words of Supabase Auth: HTTP status, stable `error_code`, a sentence, and further body fields. */
export class AuthError extends Error {
  readonly status: number;
  readonly code: string;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

/** A refusal that leaves work behind which must stay, such as revoked tokens: thrown after the commit. */
export class CommittedError extends Error {
  readonly refusal: AuthError;

  constructor(refusal: AuthError) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Rethrows a refusal so that the transaction around it commits. */
export const committed = (thrown: unknown): never => {
  throw thrown instanceof AuthError ? new CommittedError(thrown) : thrown;
};

/** Builds the refusal for input that cannot be read. */
export const invalid = (message: string): AuthError => new AuthError(400, 'validation_failed', message);

/** Builds the answer for a password that breaks the rules; `reasons` are `length` and `characters`. */
export const weakPassword = (message: string, reasons: string[]): AuthError =>
  new AuthError(422, 'weak_password', message, { weak_password: { reasons } });

/** Answers with JSON. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers });

const speaks2024 = (request: Request): boolean => (request.headers.get(versionHeader) ?? '') >= version2024;

const asAuthError = (thrown: unknown): AuthError => {
  if (thrown instanceof AuthError) return thrown;
  if (thrown instanceof CommittedError) return thrown.refusal;
  // Two requests at once with one address: the slower is told what it would have been told a moment later.
  if (thrown instanceof Error && 'constraint' in thrown && thrown.constraint === 'users_email_partial_key')
    return new AuthError(422, 'email_exists', 'A user with this email address has already been registered');
  return new AuthError(500, 'unexpected_failure', 'Unexpected failure, please check server logs for more information');
};

/** Turns anything thrown into the body the caller's API version expects: `{code, message}` or `{code, error_code, msg}`. */
export function errorResponse(thrown: unknown, request: Request): Response {
  const refusal = asAuthError(thrown);
  if (refusal.status >= 500) console.error('auth:', thrown);
  const { status, code, message, more } = refusal;
  if (code === 'oauth') return json(more, status);
  const headers = { 'x-sb-error-code': code };
  return speaks2024(request)
    ? json({ code, message, ...more }, status, { ...headers, [versionHeader]: version2024 })
    : json({ code: status, error_code: code, msg: message, ...more }, status, headers);
}

const oauthNames: Record<number, string> = {
  400: 'invalid_request',
  401: 'unauthorized_client',
  403: 'access_denied',
  500: 'server_error',
  503: 'temporarily_unavailable',
};

/** Sends a browser back to the app with the refusal in the fragment, and in the query too for PKCE. */
export function errorRedirect(thrown: unknown, to: string, pkce: boolean): Response {
  const { status, code, message } = asAuthError(thrown);
  if (status >= 500) console.error('auth:', thrown);
  const target = new URL(to);
  const words = new URLSearchParams({
    error: oauthNames[status] ?? 'invalid_request',
    error_code: code,
    error_description: message,
  });
  target.search = pkce ? words.toString() : '';
  target.hash = words.toString();
  return redirect(target.toString());
}

/** Sends a browser elsewhere with 303, which makes it use GET. */
export const redirect = (to: string, status = 303): Response =>
  new Response(null, { status, headers: { location: to } });
