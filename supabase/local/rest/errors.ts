import { json } from '../gateway/http.ts';

/** A refusal in PostgREST's shape. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly status: number;
  readonly code: string;
  readonly details: string | null;
  readonly hint: string | null;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { details?: string | null; hint?: string | null; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details ?? null;
    this.hint = more.hint ?? null;
    this.headers = more.headers ?? {};
  }
}

/** The response for a refusal. */
export const errorResponse = ({ status, code, message, details, hint, headers }: RestError): Response =>
  json(status, { code, details, hint, message }, headers);

interface DatabaseError {
  code?: string;
  message: string;
  detail?: string;
  hint?: string;
}

const BY_CODE: Record<string, number> = {
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  '53400': 500,
  '57P01': 503,
  P0001: 400,
};

const BY_CLASS: Record<string, number> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
};

/** The HTTP status that PostgREST gives an SQLSTATE; a class of our own (BL422) is the caller's mistake: 400. */
export function statusOf(code: string, message: string, signedIn: boolean): number {
  if (code === '42501') return signedIn ? 403 : 401;
  if (code === '21000') return message.endsWith('requires a WHERE clause') ? 400 : 500;
  if (code === '22023' && /^role .* does not exist$/.test(message)) return 401;
  const chosen = /^PT(\d{3})$/.exec(code)?.[1];
  if (chosen) return Number(chosen);
  return BY_CODE[code] ?? BY_CLASS[code.slice(0, 2)] ?? 400;
}

/** Turns whatever the database or the network threw into a refusal. */
export function asRestError(thrown: unknown, signedIn: boolean): RestError {
  if (thrown instanceof RestError) return thrown;
  const { code, message, detail, hint } = thrown as DatabaseError;
  if (code === 'PGRST') return raised(message, detail);
  if (!code || !/^[0-9A-Z]{5}$/.test(code)) {
    return new RestError(503, 'PGRST000', 'Could not connect with the database.', { details: message });
  }
  const status = statusOf(code, message, signedIn);
  const headers: Record<string, string> = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return new RestError(status, code, message, { details: detail ?? null, hint: hint ?? null, headers });
}

interface Raised {
  code?: string;
  message?: string;
  details?: string | null;
  hint?: string | null;
  status?: number;
  headers?: Record<string, string>;
}

/** A function may choose its whole answer: SQLSTATE PGRST with JSON in message (the body) and detail (the status). */
function raised(message: string, detail: string | undefined): RestError {
  try {
    const body = JSON.parse(message) as Raised;
    const { status = 500, headers = {} } = JSON.parse(detail ?? '{}') as Raised;
    const { code = 'PGRST', details = null, hint = null } = body;
    return new RestError(status, code, body.message ?? '', { details, hint, headers });
  } catch {
    return new RestError(500, 'PGRST121', 'Could not parse JSON in the "RAISE SQLSTATE \'PGRST\'" error', {
      details: `Invalid JSON value for MESSAGE: '${message}'`,
      hint: 'MESSAGE must be a JSON object with obligatory keys: "code", "message" and optional keys: "details", "hint".',
    });
  }
}
