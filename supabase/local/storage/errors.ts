import { json } from '../gateway/http.ts';
import { TokenError } from '../keys.ts';

/** A refusal in Supabase Storage's shape: the HTTP status is 400 for nearly all, the true one is in the body. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly status: number;
  readonly error: string;
  readonly code: string;

  constructor(status: number, code: string, error: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.error = error;
  }
}

/** Refusals that several places give. */
export const refusals = {
  noObject: () => new StorageError(404, 'NoSuchKey', 'not_found', 'Object not found'),
  noBucket: () => new StorageError(404, 'NoSuchBucket', 'Bucket not found', 'Bucket not found'),
  duplicate: () => new StorageError(409, 'KeyAlreadyExists', 'Duplicate', 'The resource already exists'),
  tooLarge: () =>
    new StorageError(413, 'EntityTooLarge', 'Payload too large', 'The object exceeded the maximum allowed size'),
  mime: (type: string) =>
    new StorageError(415, 'InvalidMimeType', 'invalid_mime_type', `mime type ${type} is not supported`),
  key: (name: string) => new StorageError(400, 'InvalidKey', 'InvalidKey', `Invalid key: ${name}`),
  input: (message: string) => new StorageError(400, 'InvalidRequest', 'invalid_request', message),
  token: (message: string) => new StorageError(403, 'AccessDenied', 'Unauthorized', message),
  signature: (message: string) => new StorageError(400, 'InvalidJWT', 'InvalidJWT', message),
  route: () => new StorageError(404, 'NotFound', 'Not Found', 'Route not found'),
} as const;

/** The response for a refusal. */
export function errorResponse({ status, error, code, message }: StorageError): Response {
  return json(status >= 500 ? status : 400, { statusCode: String(status), error, code, message });
}

interface DatabaseError {
  code?: string;
  constraint?: string;
  message: string;
}

/** Turns whatever was thrown into a refusal; undefined for a fault of ours. */
export function asStorageError(thrown: unknown): StorageError | undefined {
  if (thrown instanceof StorageError) return thrown;
  if (thrown instanceof TokenError) return refusals.token(tokenMessage(thrown));
  const { code, message } = thrown as DatabaseError;
  if (code === '42501') return refusals.token(message.replace(/ for table ".*"$/, ''));
  if (code === '23505') return refusals.duplicate();
  if (code === '23503') return refusals.noBucket();
  if (code === '57014') return new StorageError(544, 'DatabaseTimeout', 'DatabaseTimeout', message);
  return /^[0-9A-Z]{5}$/.test(code ?? '')
    ? new StorageError(400, 'DatabaseError', 'DatabaseError', message)
    : undefined;
}

function tokenMessage({ reason }: TokenError): string {
  if (reason === 'expired') return '"exp" claim timestamp check failed';
  return reason === 'signature' ? 'signature verification failed' : 'Invalid Compact JWS';
}
