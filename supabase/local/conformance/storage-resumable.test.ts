import { createHash, randomBytes } from 'node:crypto';
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { installFixture, type SignedIn, signedInUser, target } from './setup.ts';

const { admin, sql, url, anonKey } = await target();
const BUCKET = 'conf-pieces';
/** Hosted wants exactly this, except for the last piece. */
const PIECE = 6 * 1024 * 1024;
const MB = 1024 * 1024;
const ENDPOINT = `${url}/storage/v1/upload/resumable`;

let ada: SignedIn;
let bo: SignedIn;
const mine = (name: string) => `${ada.user.id}/${name}`;
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  await installFixture();
  await admin.storage.emptyBucket(BUCKET);
  await admin.storage.deleteBucket(BUCKET);
  const options = { public: false, fileSizeLimit: 16 * MB, allowedMimeTypes: ['image/*', 'application/pdf'] };
  const { error } = await admin.storage.createBucket(BUCKET, options);
  if (error) throw error;
  [ada, bo] = [await signedInUser(), await signedInUser()];
});

const keysOf = (who: SignedIn) => ({ authorization: `Bearer ${who.accessToken}`, apikey: anonKey });

/** The official client, as Supabase's own documentation sets it up. */
function send(who: SignedIn, name: string, data: Buffer, options: Partial<UploadOptions> = {}): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const upload: Upload = new Upload(data, {
      endpoint: ENDPOINT,
      chunkSize: PIECE,
      retryDelays: null,
      headers: { ...keysOf(who), 'x-upsert': 'true' },
      metadata: { bucketName: BUCKET, objectName: name, contentType: 'image/png', cacheControl: '3600' },
      onSuccess: () => resolve(upload),
      onError: reject,
      ...options,
    });
    upload.start();
  });
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;

const refused = (sending: Promise<unknown>): Promise<number | undefined> => sending.then(() => undefined, statusOf);

async function held(name: string): Promise<Uint8Array> {
  const { data, error } = await admin.storage.from(BUCKET).download(name);
  if (error) throw error;
  return new Uint8Array(await data.arrayBuffer());
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Begins an upload by hand. */
function begin(who: SignedIn, name: string, length: number, more: Record<string, string> = {}): Promise<Response> {
  const metadata = `bucketName ${base64(BUCKET)},objectName ${base64(name)},contentType ${base64('image/png')}`;
  const headers = { 'upload-length': String(length), 'upload-metadata': metadata, 'x-upsert': 'true', ...more };
  return fetch(ENDPOINT, { method: 'POST', headers: { ...keysOf(who), 'tus-resumable': '1.0.0', ...headers } });
}

const addressOf = async (reply: Promise<Response>): Promise<string> => (await reply).headers.get('location')!;

const head = (who: SignedIn, address: string) =>
  fetch(address, { method: 'HEAD', headers: { ...keysOf(who), 'tus-resumable': '1.0.0' } });

const offsetOf = async (address: string) => Number((await head(ada, address)).headers.get('upload-offset'));

function patch(who: SignedIn, address: string, offset: number, body: RequestInit['body'], signal?: AbortSignal) {
  const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  return fetch(address, {
    method: 'PATCH',
    headers: { ...keysOf(who), 'tus-resumable': '1.0.0', 'x-upsert': 'true', ...headers },
    body,
    duplex: 'half',
    ...(signal ? { signal } : {}),
  } as RequestInit);
}

describe('a file in pieces', () => {
  test('arrives whole in several, with its type, its owner and one row', async () => {
    const data = randomBytes(PIECE * 2 + 12_345);
    const pieces: number[] = [];
    await send(ada, mine('large.png'), data, { onChunkComplete: (size) => void pieces.push(size) });
    expect(pieces).toEqual([PIECE, PIECE, 12_345]);
    expect(sha(await held(mine('large.png')))).toBe(sha(data));
    expect(await sql('select owner, metadata from storage.objects where name = $1', [mine('large.png')])).toMatchObject(
      [
        {
          owner: ada.user.id,
          metadata: { size: data.length, mimetype: 'image/png', cacheControl: 'max-age=3600' },
        },
      ],
    );
  });

  test('an empty one is a file too', async () => {
    await send(ada, mine('empty.png'), Buffer.alloc(0));
    expect(await held(mine('empty.png'))).toHaveLength(0);
  });

  test('a small one may come with the first request', async () => {
    const data = randomBytes(1_000);
    await send(ada, mine('small.png'), data, { uploadDataDuringCreation: true });
    expect(sha(await held(mine('small.png')))).toBe(sha(data));
  });

  test('replaces what is there, by the same name, with upsert only', async () => {
    const [first, second] = [randomBytes(2_000), randomBytes(3_000)];
    await send(ada, mine('again.png'), first);
    await send(ada, mine('again.png'), second);
    expect(sha(await held(mine('again.png')))).toBe(sha(second));
    expect(await sql('select from storage.objects where name = $1', [mine('again.png')])).toHaveLength(1);
    expect(await refused(send(ada, mine('again.png'), first, { headers: keysOf(ada) }))).toBe(409);
  });
});

describe('an upload that was cut off', () => {
  test('continues at the offset the server names', async () => {
    const data = randomBytes(PIECE + 50_000);
    const address = await addressOf(begin(ada, mine('cut.png'), data.length));
    expect((await patch(ada, address, 0, data.subarray(0, PIECE))).status).toBe(204);
    expect(await offsetOf(address)).toBe(PIECE);
    await send(ada, mine('cut.png'), data, { uploadUrl: address });
    expect(sha(await held(mine('cut.png')))).toBe(sha(data));
  });

  test('keeps what came before the line broke, and frees itself for who asks next', async () => {
    const data = randomBytes(200_000);
    const address = await addressOf(begin(ada, mine('broken.png'), data.length));
    const body = new ReadableStream({ start: (stream) => stream.enqueue(data.subarray(0, 100_000)) }); // and then silence
    const cut = new AbortController();
    const broken = patch(ada, address, 0, body, cut.signal).catch(() => undefined);
    await expect.poll(() => offsetOf(address)).toBeGreaterThanOrEqual(0);
    cut.abort();
    await broken;
    const offset = await offsetOf(address);
    expect(offset).toBeLessThanOrEqual(100_000);
    expect((await patch(ada, address, offset, data.subarray(offset))).status).toBe(204);
    expect(sha(await held(mine('broken.png')))).toBe(sha(data));
  });

  test('refuses bytes that do not follow', async () => {
    const address = await addressOf(begin(ada, mine('gap.png'), 1_000));
    expect((await patch(ada, address, 500, randomBytes(500))).status).toBe(409);
    expect(await offsetOf(address)).toBe(0);
  });

  test('two senders at once end in one whole object', async () => {
    const data = randomBytes(PIECE + 1_000);
    const address = await addressOf(begin(ada, mine('two.png'), data.length));
    const both = [1, 2].map(() => send(ada, mine('two.png'), data, { uploadUrl: address }));
    await Promise.allSettled(both);
    if ((await offsetOf(address)) < data.length) await send(ada, mine('two.png'), data, { uploadUrl: address });
    expect(sha(await held(mine('two.png')))).toBe(sha(data));
  });

  test('tells a sender who missed the last answer that all is there', async () => {
    const data = randomBytes(1_000);
    const { url: address } = await send(ada, mine('told.png'), data);
    expect(await offsetOf(address!)).toBe(1_000);
  });
});

describe('an upload ends', () => {
  test('when the sender gives it up', async () => {
    const address = await addressOf(begin(ada, mine('given-up.png'), 1_000));
    const headers = { ...keysOf(ada), 'tus-resumable': '1.0.0', 'x-upsert': 'true' };
    expect((await fetch(address, { method: 'DELETE', headers })).status).toBe(204);
    expect([404, 410]).toContain((await head(ada, address)).status);
  });

  test('by itself after a day', async () => {
    const reply = await head(ada, await addressOf(begin(ada, mine('day.png'), 1_000)));
    const hours = (Date.parse(reply.headers.get('upload-expires')!) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThanOrEqual(24.1);
  });

  test('an address that never was is unknown', async () => {
    const address = await addressOf(begin(ada, mine('known.png'), 1_000));
    const stranger = Buffer.from(`${BUCKET}/${mine('x.png')}/${crypto.randomUUID()}`).toString('base64url');
    expect((await head(ada, address.replace(/[^/]+$/, stranger))).status).toBe(404);
  });
});

describe('who and what', () => {
  test("nobody begins an upload in another person's folder, nor adds to one", async () => {
    expect(await refused(send(bo, mine('intruder.png'), randomBytes(10)))).toBe(403);
    const address = await addressOf(begin(ada, mine('hers.png'), 1_000));
    expect((await patch(bo, address, 0, randomBytes(1_000))).status).toBe(403);
    expect(await offsetOf(address)).toBe(0);
  });

  test('anon begins nothing', async () => {
    expect((await begin({ ...ada, accessToken: anonKey }, mine('anon.png'), 10)).status).toBe(403);
  });

  test('what is too large is refused before a byte of it', async () => {
    expect((await begin(ada, mine('huge.png'), 16 * MB + 1)).status).toBe(413);
  });

  test('bytes beyond the announced length are refused', async () => {
    const address = await addressOf(begin(ada, mine('longer.png'), 1_000));
    expect((await patch(ada, address, 0, randomBytes(1_001))).status).toBe(413);
  });

  test('a type the bucket does not take is refused', async () => {
    const metadata = { bucketName: BUCKET, objectName: mine('a.txt'), contentType: 'text/plain' };
    expect(await refused(send(ada, mine('a.txt'), randomBytes(10), { metadata }))).toBe(415);
  });

  test('an unknown bucket is 404', async () => {
    const metadata = { bucketName: 'conf-none', objectName: 'a.png', contentType: 'image/png' };
    expect(await refused(send(ada, 'a.png', randomBytes(10), { metadata }))).toBe(404);
  });

  test('a request of another protocol is refused', async () => {
    expect((await begin(ada, mine('old.png'), 10, { 'tus-resumable': '0.2.2' })).status).toBe(412);
  });

  test('a page of another origin may read where an upload stands', async () => {
    const reply = await head(ada, await addressOf(begin(ada, mine('cors.png'), 10)));
    const exposed = reply.headers.get('access-control-expose-headers')?.toLowerCase() ?? '';
    for (const name of ['location', 'upload-offset', 'upload-length', 'tus-resumable']) expect(exposed).toContain(name);
  });
});
