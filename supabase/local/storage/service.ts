import { join } from 'node:path';
import { json, type Service } from '../gateway/http.ts';
import { type Claims, verify } from '../keys.ts';
import { allBuckets, createBucket, deleteBucket, emptyBucket, oneBucket, updateBucket } from './buckets.ts';
import { openDisk } from './disk.ts';
import { info, publicObject, send, visibleObject } from './downloads.ts';
import { asStorageError, errorResponse, refusals } from './errors.ts';
import { copy, list, move, removeMany, removeOne } from './objects.ts';
import { openParts } from './parts.ts';
import { partId, resumable } from './resumable.ts';
import { openSigned, signMany, signOne, signUpload, uploadSigned } from './signed.ts';
import type { Storage } from './storage.ts';
import { upload } from './uploads.ts';

/** One request, taken apart. */
interface Call {
  storage: Storage;
  request: Request;
  bucket: string;
  name: string;
}

type Handler = (call: Call) => Promise<Response>;

/** Opens the storage service: rows decide who may, files hold what. */
export async function createStorage(
  deps: Omit<Storage, 'disk' | 'parts'> & { folder: string },
): Promise<{ handle: Service }> {
  const { folder } = deps;
  const storage: Storage = { ...deps, disk: await openDisk(folder), parts: await openParts(join(folder, 'parts')) };
  return {
    handle: async (request) => {
      try {
        return await route(storage, request);
      } catch (thrown) {
        const refusal = asStorageError(thrown);
        if (!refusal) throw thrown;
        return errorResponse(refusal);
      }
    },
  };
}

const claimsOf = ({ storage, request }: Call): Claims => {
  const token =
    /^bearer\s+(.*)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? request.headers.get('apikey');
  if (!token) throw refusals.input("headers must have required property 'authorization'");
  return verify(token, storage.jwtSecret);
};

async function bodyOf({ request }: Call): Promise<Record<string, unknown> & { url: string }> {
  try {
    return JSON.parse((await request.text()) || '{}') as Record<string, unknown> & { url: string };
  } catch {
    throw refusals.input('Body is not valid JSON');
  }
}

const upsertOf = ({ request }: Call): boolean => request.method === 'PUT' || request.headers.get('x-upsert') === 'true';

const namesOf = (body: Record<string, unknown>): string[] =>
  Array.isArray(body['prefixes']) ? body['prefixes'].map(String) : [];

/** Method, kind of path, and what answers; the first that matches wins. `b` is a bucket, `n` the rest. */
const ROUTES: [string, RegExp, Handler][] = [
  ['POST', /^bucket$/, async (call) => createBucket(call.storage, claimsOf(call), await bodyOf(call))],
  ['GET', /^bucket$/, (call) => allBuckets(call.storage, claimsOf(call))],
  ['POST', /^bucket\/(?<b>[^/]+)\/empty$/, (call) => emptyBucket(call.storage, claimsOf(call), call.bucket)],
  ['GET', /^bucket\/(?<b>[^/]+)$/, (call) => oneBucket(call.storage, claimsOf(call), call.bucket)],
  [
    'PUT',
    /^bucket\/(?<b>[^/]+)$/,
    async (call) => updateBucket(call.storage, claimsOf(call), call.bucket, await bodyOf(call)),
  ],
  ['DELETE', /^bucket\/(?<b>[^/]+)$/, (call) => deleteBucket(call.storage, claimsOf(call), call.bucket)],
  ['POST', /^upload\/resumable\/?$/, (call) => pieces(call)],
  ['HEAD|PATCH|DELETE', /^upload\/resumable\/(?<n>[\w-]+)$/, (call) => pieces(call)],
  ['POST', /^object\/move$/, async (call) => move(call.storage, claimsOf(call), await bodyOf(call))],
  ['POST', /^object\/copy$/, async (call) => copy(call.storage, claimsOf(call), call.request, await bodyOf(call))],
  [
    'POST',
    /^object\/list\/(?<b>[^/]+)$/,
    async (call) => list(call.storage, claimsOf(call), call.bucket, await bodyOf(call)),
  ],
  [
    'POST',
    /^object\/upload\/sign\/(?<b>[^/]+)\/(?<n>.+)$/,
    (call) => signUpload(call.storage, claimsOf(call), call.request, call.bucket, call.name),
  ],
  [
    'PUT',
    /^object\/upload\/sign\/(?<b>[^/]+)\/(?<n>.+)$/,
    (call) => uploadSigned(call.storage, call.request, call.bucket, call.name),
  ],
  [
    'POST',
    /^object\/sign\/(?<b>[^/]+)$/,
    async (call) => signMany(call.storage, claimsOf(call), call.bucket, await bodyOf(call)),
  ],
  [
    'POST',
    /^object\/sign\/(?<b>[^/]+)\/(?<n>.+)$/,
    async (call) => signOne(call.storage, claimsOf(call), call.bucket, call.name, await bodyOf(call)),
  ],
  [
    'GET|HEAD',
    /^object\/sign\/(?<b>[^/]+)\/(?<n>.+)$/,
    (call) => openSigned(call.storage, call.request, call.bucket, call.name),
  ],
  [
    'GET',
    /^object\/info\/public\/(?<b>[^/]+)\/(?<n>.+)$/,
    async (call) => info(await publicObject(call.storage, call.bucket, call.name)),
  ],
  ['GET', /^object\/info\/(?:authenticated\/)?(?<b>[^/]+)\/(?<n>.+)$/, async (call) => info(await visible(call))],
  [
    'GET|HEAD',
    /^object\/public\/(?<b>[^/]+)\/(?<n>.+)$/,
    async (call) => send(call.storage, call.request, await publicObject(call.storage, call.bucket, call.name)),
  ],
  [
    'GET|HEAD',
    /^object\/(?:authenticated\/)?(?<b>[^/]+)\/(?<n>.+)$/,
    async (call) => send(call.storage, call.request, await visible(call)),
  ],
  [
    'POST|PUT',
    /^object\/(?<b>[^/]+)\/(?<n>.+)$/,
    (call) =>
      upload(call.storage, claimsOf(call), call.request, {
        bucket: call.bucket,
        name: call.name,
        upsert: upsertOf(call),
      }),
  ],
  [
    'DELETE',
    /^object\/(?<b>[^/]+)$/,
    async (call) => json(200, await removeMany(call.storage, claimsOf(call), call.bucket, namesOf(await bodyOf(call)))),
  ],
  [
    'DELETE',
    /^object\/(?<b>[^/]+)\/(?<n>.+)$/,
    (call) => removeOne(call.storage, claimsOf(call), call.bucket, call.name),
  ],
];

const pieces = ({ name, ...call }: Call) =>
  resumable({ ...call, claims: claimsOf({ ...call, name }), id: partId(name) });

const visible = (call: Call) => visibleObject(call.storage, claimsOf(call), call.bucket, call.name);

async function route(storage: Storage, request: Request): Promise<Response> {
  const path = decodePath(new URL(request.url).pathname.replace(/^\/storage\/v1\/?/, ''));
  for (const [methods, pattern, handler] of ROUTES) {
    const found = methods.split('|').includes(request.method) ? pattern.exec(path) : null;
    if (found) return handler({ storage, request, bucket: found.groups?.['b'] ?? '', name: found.groups?.['n'] ?? '' });
  }
  throw refusals.route();
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw refusals.key(path);
  }
}
