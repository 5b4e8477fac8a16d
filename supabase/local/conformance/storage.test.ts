import { StorageApiError } from '@supabase/supabase-js';
import { beforeAll, describe, expect, test } from 'vitest';
import { installFixture, type SignedIn, signedInUser, target } from './setup.ts';

const { admin, client, sql, url, anonKey } = await target();
const PNG = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 1, 2, 3]);
const png = () => new Blob([PNG], { type: 'image/png' });
const text = (words: string) => new Blob([words], { type: 'text/plain' });

let ada: SignedIn;
let bo: SignedIn;
const mine = (name: string) => `${ada.user.id}/${name}`;
const files = (who: SignedIn) => who.client.storage.from('conf-private');
const codeOf = (error: Error | null) => (error instanceof StorageApiError ? error.statusCode : error);

async function freshBucket(
  name: string,
  options: { public: boolean; fileSizeLimit?: number; allowedMimeTypes?: string[] },
) {
  await admin.storage.emptyBucket(name);
  await admin.storage.deleteBucket(name);
  const { error } = await admin.storage.createBucket(name, options);
  if (error) throw error;
}

beforeAll(async () => {
  await installFixture();
  await freshBucket('conf-private', {
    public: false,
    fileSizeLimit: 2_000,
    allowedMimeTypes: ['image/*', 'text/plain'],
  });
  await freshBucket('conf-public', { public: true });
  [ada, bo] = [await signedInUser(), await signedInUser()];
});

describe('buckets', () => {
  test('are shown with what they take', async () => {
    const { data } = await admin.storage.getBucket('conf-private');
    expect(data).toMatchObject({
      id: 'conf-private',
      public: false,
      file_size_limit: 2000,
      allowed_mime_types: ['image/*', 'text/plain'],
    });
    expect((await admin.storage.listBuckets()).data?.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['conf-private', 'conf-public']),
    );
  });

  test('can be changed, emptied and deleted with the service key', async () => {
    await admin.storage.createBucket('conf-brief', { public: false });
    expect((await admin.storage.updateBucket('conf-brief', { public: true })).error).toBeNull();
    expect((await admin.storage.getBucket('conf-brief')).data?.public).toBe(true);
    await admin.storage.from('conf-brief').upload('a/b.txt', text('x'));
    expect(codeOf((await admin.storage.deleteBucket('conf-brief')).error)).toBe('409');
    expect((await admin.storage.emptyBucket('conf-brief')).error).toBeNull();
    expect((await admin.storage.deleteBucket('conf-brief')).error).toBeNull();
    expect(codeOf((await admin.storage.getBucket('conf-brief')).error)).toBe('404');
  });

  test('a person may not make one, nor make one twice', async () => {
    expect(codeOf((await ada.client.storage.createBucket('conf-theirs')).error)).toBe('403');
    expect(codeOf((await admin.storage.createBucket('conf-public')).error)).toBe('409');
  });
});

describe('uploading', () => {
  test('a file comes back byte for byte with its type', async () => {
    const { data, error } = await files(ada).upload(mine('photo.png'), png(), { cacheControl: '60' });
    expect(error).toBeNull();
    expect(data).toMatchObject({ path: mine('photo.png'), fullPath: `conf-private/${mine('photo.png')}` });
    const down = await files(ada).download(mine('photo.png'));
    expect(down.data?.type).toBe('image/png');
    expect(new Uint8Array(await down.data!.arrayBuffer())).toEqual(PNG);
  });

  test('leaves a row that says who, what and how much', async () => {
    const [row] = await sql<{ id: string }>(
      `select * from storage.objects where bucket_id = 'conf-private' and name = $1`,
      [mine('photo.png')],
    );
    expect(row).toMatchObject({
      owner: ada.user.id,
      owner_id: ada.user.id,
      metadata: {
        size: 12,
        mimetype: 'image/png',
        cacheControl: 'max-age=60',
        eTag: expect.stringMatching(/^"\w{32}"$/),
      },
      path_tokens: [ada.user.id, 'photo.png'],
      version: expect.any(String),
    });
  });

  test('takes raw bytes, buffers and form data', async () => {
    const sent = [PNG, PNG.buffer, Buffer.from(PNG)];
    for (const [at, body] of sent.entries()) {
      const { error } = await files(ada).upload(mine(`raw-${at}.png`), body, { contentType: 'image/png' });
      expect(error).toBeNull();
    }
    const form = new FormData();
    form.append('', png(), 'form.png');
    expect((await files(ada).upload(mine('form.png'), form)).error).toBeNull();
    const down = await files(ada).download(mine('form.png'));
    expect(new Uint8Array(await down.data!.arrayBuffer())).toEqual(PNG);
  });

  test('an empty file is a file', async () => {
    expect((await files(ada).upload(mine('empty.txt'), text(''))).error).toBeNull();
    expect((await files(ada).download(mine('empty.txt'))).data?.size).toBe(0);
  });

  test('keeps metadata of the sender', async () => {
    await files(ada).upload(mine('meta.txt'), text('m'), { metadata: { receipt: 'r-1' } });
    expect((await files(ada).info(mine('meta.txt'))).data).toMatchObject({
      size: 1,
      contentType: 'text/plain',
      metadata: { receipt: 'r-1' },
    });
  });

  test('a second upload to the same name needs upsert', async () => {
    await files(ada).upload(mine('twice.txt'), text('one'));
    const again = await files(ada).upload(mine('twice.txt'), text('two'));
    expect(codeOf(again.error)).toBe('409');
    expect(await (await files(ada).download(mine('twice.txt'))).data!.text()).toBe('one');
    const over = await files(ada).upload(mine('twice.txt'), text('two'), { upsert: true });
    expect(over.error).toBeNull();
    expect(await (await files(ada).download(mine('twice.txt'))).data!.text()).toBe('two');
    const updated = await files(ada).update(mine('twice.txt'), text('three'));
    expect(updated.error).toBeNull();
    const rows = await sql(`select 1 from storage.objects where name = $1`, [mine('twice.txt')]);
    expect(rows).toHaveLength(1);
  });

  test('refuses what is too large, and keeps nothing of it', async () => {
    const { error } = await files(ada).upload(mine('big.txt'), text('x'.repeat(2_001)));
    expect(codeOf(error)).toBe('413');
    expect(error?.message).toBe('The object exceeded the maximum allowed size');
    const raw = await files(ada).upload(mine('big.png'), new Uint8Array(300_000), { contentType: 'image/png' });
    expect(codeOf(raw.error)).toBe('413');
    expect((await files(ada).exists(mine('big.png'))).data).toBe(false);
  });

  test('refuses a type that the bucket does not take', async () => {
    const { error } = await files(ada).upload(mine('a.pdf'), new Blob(['%PDF'], { type: 'application/pdf' }));
    expect(codeOf(error)).toBe('415');
    expect(error?.message).toBe('mime type application/pdf is not supported');
  });

  test('refuses names that cannot be keys, and unknown buckets', async () => {
    expect(codeOf((await files(ada).upload(mine('sn~ow.txt'), text('x'))).error)).toBe('400');
    expect(codeOf((await admin.storage.from('conf-none').upload('a.txt', text('x'))).error)).toBe('404');
  });

  test('a path cannot climb out', async () => {
    const token = ada.accessToken;
    const reply = await fetch(`${url}/storage/v1/object/conf-private/..%2F..%2Fkeys.json`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ statusCode: '404', error: 'not_found' });
  });
});

describe('row security', () => {
  test("another person's folder is closed in every way", async () => {
    expect(codeOf((await files(bo).upload(mine('intruder.txt'), text('x'))).error)).toBe('403');
    expect(codeOf((await files(bo).download(mine('photo.png'))).error)).toBe(await downloadCode(mine('photo.png')));
    expect((await files(bo).list(ada.user.id)).data).toEqual([]);
    expect((await files(bo).remove([mine('photo.png')])).data).toEqual([]);
    expect(codeOf((await files(bo).createSignedUrl(mine('photo.png'), 60)).error)).toBe('404');
    expect(codeOf((await files(bo).move(mine('photo.png'), `${bo.user.id}/stolen.png`)).error)).toBe('404');
    expect((await files(ada).exists(mine('photo.png'))).data).toBe(true);
  });

  /** What a missing object answers, which a hidden one must equal. */
  async function downloadCode(hidden: string) {
    const { error } = await files(bo).download(`${hidden}-missing`);
    return codeOf(error);
  }

  test('anon sees nothing of a private bucket', async () => {
    const anon = client().storage.from('conf-private');
    expect((await anon.download(mine('photo.png'))).error).not.toBeNull();
    expect(codeOf((await anon.upload('shared/x.txt', text('x'))).error)).toBe('403');
    const { data } = anon.getPublicUrl(mine('photo.png'));
    expect((await fetch(data.publicUrl)).status).toBe(400);
  });

  test('a policy for reading lets read and not write', async () => {
    await admin.storage.from('conf-private').upload('shared/rules.txt', text('be kind'), { upsert: true });
    expect(await (await files(bo).download('shared/rules.txt')).data!.text()).toBe('be kind');
    expect(codeOf((await files(bo).upload('shared/rules.txt', text('be rude'), { upsert: true })).error)).toBe('403');
    expect((await files(bo).remove(['shared/rules.txt'])).data).toEqual([]);
  });

  test('SQL may not delete objects behind the service', async () => {
    await expect(sql(`delete from storage.objects where bucket_id = 'conf-private'`)).rejects.toThrow(
      'Direct deletion',
    );
  });
});

describe('addresses', () => {
  test('a public bucket is open to anybody by its public address', async () => {
    await admin.storage.from('conf-public').upload('poster.png', png(), { upsert: true });
    const { data } = admin.storage.from('conf-public').getPublicUrl('poster.png', { download: 'My poster.png' });
    const reply = await fetch(data.publicUrl);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(reply.headers.get('content-disposition')).toContain('My%20poster.png');
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a signed address opens one object for a while', async () => {
    const { data } = await files(ada).createSignedUrl(mine('photo.png'), 60);
    const reply = await fetch(data!.signedUrl);
    expect(new Uint8Array(await reply.arrayBuffer())).toEqual(PNG);
    const other = data!.signedUrl.replace('photo.png', 'twice.txt');
    expect((await fetch(other)).status).toBe(400);
    expect((await fetch(data!.signedUrl.slice(0, -3))).status).toBe(400);
  });

  test('a signed address ends', async () => {
    const { data } = await files(ada).createSignedUrl(mine('photo.png'), 1);
    const [, claims] = new URL(data!.signedUrl).searchParams.get('token')!.split('.');
    const { exp, iat } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { exp: number; iat: number };
    expect(exp - iat).toBe(1);
  });

  test('many are signed at once, the missing ones named', async () => {
    const { data } = await files(ada).createSignedUrls([mine('photo.png'), mine('nowhere.png')], 60);
    expect(data?.[0]).toMatchObject({ error: null, path: mine('photo.png') });
    expect(data?.[1]).toMatchObject({ signedUrl: null, error: expect.stringContaining('does not exist') });
    expect((await fetch(data![0]!.signedUrl!)).status).toBe(200);
  });

  test('a signed upload address takes one upload without a session', async () => {
    const { data } = await files(ada).createSignedUploadUrl(mine('later.txt'));
    const anon = client().storage.from('conf-private');
    expect((await anon.uploadToSignedUrl(data!.path, data!.token, text('sent later'))).error).toBeNull();
    expect(await (await files(ada).download(mine('later.txt'))).data!.text()).toBe('sent later');
    expect(codeOf((await anon.uploadToSignedUrl(data!.path, data!.token, text('again'))).error)).toBe('409');
    expect((await anon.uploadToSignedUrl(mine('elsewhere.txt'), data!.token, text('x'))).error).not.toBeNull();
  });

  test('nobody signs an upload to where they may not write', async () => {
    expect(codeOf((await files(bo).createSignedUploadUrl(mine('no.txt'))).error)).toBe('403');
  });

  test('a token for an object is not a session', async () => {
    const { data } = await files(ada).createSignedUrl(mine('photo.png'), 60);
    const token = new URL(data!.signedUrl).searchParams.get('token');
    const reply = await fetch(`${url}/rest/v1/conf_venues`, {
      headers: { apikey: anonKey, authorization: `Bearer ${token}` },
    });
    expect(reply.status).toBe(401);
  });
});

describe('reading', () => {
  const headers = () => ({ authorization: `Bearer ${ada.accessToken}`, apikey: anonKey });
  const address = (name: string) => `${url}/storage/v1/object/authenticated/conf-private/${name}`;

  test.each([
    ['bytes=0-3', 206, 'bytes 0-3/12', 4],
    ['bytes=8-', 206, 'bytes 8-11/12', 4],
    ['bytes=-2', 206, 'bytes 10-11/12', 2],
    ['bytes=4-400', 206, 'bytes 4-11/12', 8],
    ['bytes=50-60', 416, 'bytes */12', 0],
  ])('answers the range %s', async (range, status, contentRange, length) => {
    const reply = await fetch(address(mine('photo.png')), { headers: { ...headers(), range } });
    expect([reply.status, reply.headers.get('content-range')]).toEqual([status, contentRange]);
    expect((await reply.arrayBuffer()).byteLength).toBe(length);
  });

  test('says 304 to who has the bytes already', async () => {
    const first = await fetch(address(mine('photo.png')), { headers: headers() });
    await first.arrayBuffer();
    const again = await fetch(address(mine('photo.png')), {
      headers: { ...headers(), 'if-none-match': first.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
  });

  test('a missing object is 404 in the body', async () => {
    const reply = await fetch(address(mine('missing.png')), { headers: headers() });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ statusCode: '404', error: 'not_found', message: 'Object not found' });
  });

  test('exists says yes and no', async () => {
    expect((await files(ada).exists(mine('photo.png'))).data).toBe(true);
    expect((await files(ada).exists(mine('missing.png'))).data).toBe(false);
  });

  test('an altered token is refused', async () => {
    const reply = await fetch(address(mine('photo.png')), {
      headers: { authorization: `Bearer ${ada.accessToken.slice(0, -4)}AAAA` },
    });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ statusCode: '403' });
  });
});

describe('arranging', () => {
  test('lists one level: folders, files, search, order and pages', async () => {
    for (const name of ['l/a.txt', 'l/b.txt', 'l/sub/c.txt']) await files(ada).upload(mine(name), text(name));
    const all = await files(ada).list(mine('l'));
    expect(all.data?.map(({ name, id }) => [name, id !== null])).toEqual([
      ['sub', false],
      ['a.txt', true],
      ['b.txt', true],
    ]);
    expect(all.data?.[1]?.metadata).toMatchObject({
      size: mine('l/a.txt').length - ada.user.id.length - 1,
      mimetype: 'text/plain',
    });
    expect((await files(ada).list(mine('l'), { search: 'b' })).data?.map(({ name }) => name)).toEqual(['b.txt']);
    const page = await files(ada).list(mine('l'), { limit: 1, offset: 1, sortBy: { column: 'name', order: 'desc' } });
    expect(page.data?.map(({ name }) => name)).toEqual(['b.txt']);
    expect((await files(ada).list(mine('nothing-here'))).data).toEqual([]);
  });

  test('moves', async () => {
    await files(ada).upload(mine('from.txt'), text('moving'));
    expect((await files(ada).move(mine('from.txt'), mine('to/there.txt'))).error).toBeNull();
    expect(await (await files(ada).download(mine('to/there.txt'))).data!.text()).toBe('moving');
    expect((await files(ada).exists(mine('from.txt'))).data).toBe(false);
  });

  test('copies, and the copy lives on its own', async () => {
    await files(ada).upload(mine('original.txt'), text('first'));
    const { data } = await files(ada).copy(mine('original.txt'), mine('copy.txt'));
    expect(data?.path).toBe(`conf-private/${mine('copy.txt')}`);
    await files(ada).remove([mine('original.txt')]);
    expect(await (await files(ada).download(mine('copy.txt'))).data!.text()).toBe('first');
  });

  test('removes, and says what was removed', async () => {
    const { data } = await files(ada).remove([mine('copy.txt'), mine('never.txt')]);
    expect(data?.map(({ name }) => name)).toEqual([mine('copy.txt')]);
    expect((await files(ada).exists(mine('copy.txt'))).data).toBe(false);
  });
});
