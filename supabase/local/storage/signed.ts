import { json } from '../gateway/http.ts';
import { sign, TokenError, unsign, type Claims } from '../keys.ts';
import { asCaller, findObject } from './database.ts';
import { send, signedObject, visibleObject } from './downloads.ts';
import { refusals } from './errors.ts';
import { checkKey } from './names.ts';
import type { Storage } from './storage.ts';
import { ownerOf, upload } from './uploads.ts';

const UPLOAD_LIFETIME = 2 * 60 * 60;
const now = (): number => Math.floor(Date.now() / 1000);

interface Permit extends Record<string, unknown> {
  url: string;
  upsert?: boolean;
  owner?: string | null;
}

function permit(storage: Storage, claims: Permit, seconds: number): string {
  return sign({ ...claims, iat: now(), exp: now() + seconds }, storage.jwtSecret);
}

/** Reads the token of a signed address; it holds for one object only. */
function readPermit(storage: Storage, request: Request, bucket: string, name: string): Permit {
  const token = new URL(request.url).searchParams.get('token') ?? '';
  try {
    const claims = unsign(token, storage.jwtSecret) as Permit;
    if (claims.url === `${bucket}/${name}`) return claims;
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw refusals.signature(error.reason === 'expired' ? '"exp" claim timestamp check failed' : 'Invalid Compact JWS');
  }
  throw refusals.signature('The signature does not match this object');
}

function lifetimeOf(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 1) return value;
  throw refusals.input('body/expiresIn must be >= 1');
}

const address = (kind: string, bucket: string, name: string, token: string): string =>
  `/object/${kind}/${bucket}/${name}?token=${token}`;

/** Signs the address of an object that the caller may see. */
export async function signOne(
  storage: Storage,
  claims: Claims,
  bucket: string,
  name: string,
  body: Permit,
): Promise<Response> {
  const seconds = lifetimeOf(body['expiresIn']);
  await visibleObject(storage, claims, bucket, name);
  const token = permit(storage, { url: `${bucket}/${name}` }, seconds);
  return json(200, { signedURL: address('sign', bucket, name, token) });
}

/** Signs many at once; each that the caller may not see carries an error instead. */
export async function signMany(storage: Storage, claims: Claims, bucket: string, body: Permit): Promise<Response> {
  const seconds = lifetimeOf(body['expiresIn']);
  const paths = (body['paths'] as string[] | undefined) ?? [];
  const seen = await asCaller(storage.pool, claims, 'storage.object.sign_many', (db) =>
    db.query<{ name: string }>('select name from storage.objects where bucket_id = $1 and name = any($2)', [
      bucket,
      paths,
    ]),
  );
  const visible = new Set(seen.map(({ name }) => name));
  const signed = paths.map((path) => {
    if (!visible.has(path)) {
      return { error: 'Either the object does not exist or you do not have access to it', path, signedURL: null };
    }
    const token = permit(storage, { url: `${bucket}/${path}` }, seconds);
    return { error: null, path, signedURL: address('sign', bucket, path, token) };
  });
  return json(200, signed);
}

/** Serves an object to whoever holds its signed address. */
export async function openSigned(storage: Storage, request: Request, bucket: string, name: string): Promise<Response> {
  readPermit(storage, request, bucket, name);
  return send(storage, request, await signedObject(storage, bucket, name));
}

/** Signs an address to which one upload may be sent, if the caller could upload there now. */
export async function signUpload(
  storage: Storage,
  claims: Claims,
  request: Request,
  bucket: string,
  name: string,
): Promise<Response> {
  checkKey(name);
  const upsert = request.headers.get('x-upsert') === 'true';
  await mayUpload(storage, claims, bucket, name, upsert);
  const token = permit(storage, { url: `${bucket}/${name}`, upsert, owner: ownerOf(claims) }, UPLOAD_LIFETIME);
  return json(200, { url: address('upload/sign', bucket, name, token), token });
}

class Undo extends Error {}

/** Tries the row as the caller and takes it back; throws what the row security says. */
export async function mayUpload(
  storage: Storage,
  claims: Claims,
  bucket: string,
  name: string,
  upsert: boolean,
): Promise<void> {
  const attempt = asCaller(storage.pool, claims, 'storage.object.sign_upload_url', async (db) => {
    const insert =
      'insert into storage.objects (bucket_id, name, owner, owner_id, version) values ($1, $2, $3, $4, $5)';
    const more = upsert ? ' on conflict (bucket_id, name) do update set version = excluded.version' : '';
    await db.query(insert + more, [bucket, name, ownerOf(claims), claims.sub ?? null, '1']);
    throw new Undo();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
}

/** Takes the upload that a signed address allows. */
export async function uploadSigned(
  storage: Storage,
  request: Request,
  bucket: string,
  name: string,
): Promise<Response> {
  const { upsert = false, owner } = readPermit(storage, request, bucket, name);
  const claims: Claims = { role: 'service_role', ...(owner ? { sub: owner } : {}) };
  if (!upsert && (await taken(storage, bucket, name))) {
    await request.body?.pipeTo(new WritableStream());
    throw refusals.duplicate();
  }
  return upload(storage, claims, request, { bucket, name, upsert });
}

async function taken(storage: Storage, bucket: string, name: string): Promise<boolean> {
  const found = await asCaller(storage.pool, { role: 'service_role' }, 'storage.object.upload_signed', (db) =>
    findObject(db, bucket, name),
  );
  return found !== undefined;
}
