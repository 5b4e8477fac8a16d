import { beforeAll, describe, expect, test } from 'vitest';
import { installFixture, signedInUser, target } from './setup.ts';

const { admin, client, sql, url, anonKey } = await target();
const anon = client();

beforeAll(installFixture);

describe('refusals', () => {
  test.each([
    ['BL422', 400],
    ['BL403', 400],
    ['P0001', 400],
    ['PT404', 404],
    ['23505', 409],
    ['23503', 409],
    ['40001', 500],
    ['22P02', 400],
    ['25006', 405],
  ])('SQLSTATE %s becomes %i with code, message, details and hint', async (code, expected) => {
    const { error, status } = await anon.rpc('conf_refuse', { code, message: 'said so' });
    expect(status).toBe(expected);
    expect(error).toMatchObject({ code, message: 'said so', details: 'why', hint: 'what to do' });
  });

  test('constraints keep their codes', async () => {
    const check = await admin.from('conf_venues').insert({ id: 60, name: 'x', capacity: -1 });
    expect([check.status, check.error?.code]).toEqual([400, '23514']);
    const unique = await admin.from('conf_venues').insert({ id: 1, name: 'again' });
    expect([unique.status, unique.error?.code]).toEqual([409, '23505']);
    const key = await admin.from('conf_shows').insert({ title: 'x', venue_id: 999 });
    expect([key.status, key.error?.code]).toEqual([409, '23503']);
    const type = await anon.from('conf_venues').select().eq('id', 'abc');
    expect([type.status, type.error?.code]).toEqual([400, '22P02']);
  });

  test('unknown tables and columns', async () => {
    const table = await anon.from('conf_venuez').select();
    expect([table.status, table.error?.code]).toEqual([404, 'PGRST205']);
    const column = await anon.from('conf_venues').select('nope');
    expect([column.status, column.error?.code]).toEqual([400, '42703']);
    const written = await admin.from('conf_venues').insert({ id: 61, nope: 1 });
    expect([written.status, written.error?.code]).toEqual([400, 'PGRST204']);
  });

  test('a body that is not JSON', async () => {
    const reply = await fetch(`${url}/rest/v1/conf_shows`, {
      method: 'POST',
      headers: { apikey: anonKey, 'content-type': 'application/json' },
      body: '{"title"',
    });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code: 'PGRST102' });
  });

  test('a schema that is not exposed', async () => {
    const { error, status } = await client({ db: { schema: 'auth' as 'public' } })
      .from('users')
      .select();
    expect([status, error?.code]).toEqual([406, 'PGRST106']);
  });

  test('no key and a wrong key', async () => {
    expect((await fetch(`${url}/rest/v1/conf_venues`)).status).toBe(401);
    expect((await fetch(`${url}/rest/v1/conf_venues`, { headers: { apikey: 'nonsense' } })).status).toBe(401);
  });

  test('values cannot break out of the statement', async () => {
    const sneaky = `x'); drop table conf_secrets; --`;
    expect((await anon.from('conf_venues').select('id').eq('name', sneaky)).data).toEqual([]);
    expect((await anon.from('conf_venues').select(`id, "na'me"`)).error?.code).toBe('42703');
    expect(await sql('select count(*)::int as n from conf_secrets')).toEqual([{ n: 0 }]);
  });
});

describe('who asks', () => {
  test('anon is told 401 and a signed-in person 403 where they have no right', async () => {
    const refused = await anon.from('conf_secrets').select();
    expect([refused.status, refused.error?.code]).toEqual([401, '42501']);
    const { client: own } = await signedInUser();
    const person = await own.from('conf_secrets').select();
    expect([person.status, person.error?.code]).toEqual([403, '42501']);
  });

  test('functions see the claims of the caller', async () => {
    expect((await anon.rpc('conf_who')).data).toMatchObject({ uid: null, role: 'anon', user: 'anon' });
    const { client: own, user, email } = await signedInUser();
    expect((await own.rpc('conf_who')).data).toMatchObject({
      uid: user.id,
      sub: user.id,
      email,
      role: 'authenticated',
      user: 'authenticated',
    });
    expect((await admin.rpc('conf_who')).data).toMatchObject({ uid: null, role: 'service_role', user: 'service_role' });
  });

  test('request headers reach the database', async () => {
    const { data } = await anon.rpc('conf_who');
    expect((data as { agent: string }).agent).toContain('supabase-js');
  });

  test('row security shows and changes only own rows', async () => {
    const [ada, bo] = [await signedInUser(), await signedInUser()];
    const note = await ada.client.from('conf_notes').insert({ body: 'mine' }).select().single();
    expect(note.data).toMatchObject({ owner_id: ada.user.id, body: 'mine' });
    expect((await bo.client.from('conf_notes').select()).data).toEqual([]);
    const foreign = await bo.client.from('conf_notes').update({ body: 'stolen' }).eq('id', note.data.id).select();
    expect(foreign.data).toEqual([]);
    expect((await bo.client.from('conf_notes').delete({ count: 'exact' }).eq('id', note.data.id)).count).toBe(0);
    expect((await admin.from('conf_notes').select('body').eq('id', note.data.id)).data).toEqual([{ body: 'mine' }]);
  });

  test('a row that a policy forbids is refused with 42501', async () => {
    await sql('grant insert (owner_id) on conf_notes to authenticated');
    const { client: own } = await signedInUser();
    const { error, status } = await own.from('conf_notes').insert({ body: 'x', owner_id: crypto.randomUUID() });
    expect([status, error?.code]).toEqual([403, '42501']);
  });

  test('columns without a grant cannot be written', async () => {
    const { client: own } = await signedInUser();
    const { data } = await own.from('conf_notes').insert({ body: 'y' }).select('id').single();
    const { error, status } = await own.from('conf_notes').update({ locked: 'me' }).eq('id', data!.id);
    expect([status, error?.code]).toEqual([403, '42501']);
  });

  test('an altered token is refused', async () => {
    const { accessToken } = await signedInUser();
    const [head, , signature] = accessToken.split('.');
    const forged = Buffer.from(JSON.stringify({ role: 'service_role', exp: 4_000_000_000 })).toString('base64url');
    const reply = await fetch(`${url}/rest/v1/conf_venues`, {
      headers: { apikey: anonKey, authorization: `Bearer ${head}.${forged}.${signature}` },
    });
    expect(reply.status).toBe(401);
  });

  test('a new table is served a moment after it is made', async () => {
    await sql('create table conf_late (id int); grant select on conf_late to anon');
    await expect.poll(async () => (await anon.from('conf_late').select()).status, { timeout: 5_000 }).toBe(200);
    await sql('drop table conf_late');
    await expect.poll(async () => (await anon.from('conf_late').select()).status, { timeout: 5_000 }).toBe(404);
  });
});
