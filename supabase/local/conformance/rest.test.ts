import { beforeAll, describe, expect, test } from 'vitest';
import { installFixture, signedInUser, target } from './setup.ts';

const { admin, client, sql, url, anonKey, serviceKey } = await target();
const anon = client();

beforeAll(installFixture);

describe('reading', () => {
  test('shows the columns asked for, renamed and cast', async () => {
    const { data } = await anon.from('conf_venues').select('id, label:name, capacity::text').eq('id', 1);
    expect(data).toEqual([{ id: 1, label: 'Blue Hall', capacity: '300' }]);
  });

  test('walks into jsonb by -> and ->>', async () => {
    const { data } = await anon.from('conf_venues').select('facts->>city, facts->load_in->floor').eq('id', 1).single();
    expect(data).toEqual({ city: 'Gent', floor: 2 });
  });

  test('keeps types: arrays, dates, numerics, nulls', async () => {
    const venue = await anon.from('conf_venues').select('tags, opened, capacity').eq('id', 1).single();
    expect(venue.data).toEqual({ tags: ['club', 'late, very'], opened: '1999-05-01', capacity: 300 });
    const show = await anon.from('conf_shows').select('fee, starts_at, venue_id').eq('id', 1).single();
    expect(show.data).toEqual({ fee: 1250.5, starts_at: '2026-11-20T18:30:00+00:00', venue_id: 1 });
  });

  test.each([
    ['eq', '1', [1]],
    ['neq', '1', [2, 3]],
    ['gt', '1', [2, 3]],
    ['gte', '2', [2, 3]],
    ['lt', '2', [1]],
    ['lte', '2', [1, 2]],
    ['in', '(1,3)', [1, 3]],
    ['not.in', '(1,3)', [2]],
    ['isdistinct', '2', [1, 3]],
  ])('filters id by %s %s', async (operator, value, ids) => {
    const { data } = await anon.from('conf_venues').select('id').filter('id', operator, value).order('id');
    expect(data?.map(({ id }) => id)).toEqual(ids);
  });

  test('filters text by like, ilike and regular expression', async () => {
    const names = async (operator: string, value: string) =>
      (await anon.from('conf_venues').select('name').filter('name', operator, value)).data?.map(({ name }) => name);
    expect(await names('like', 'Blue*')).toEqual(['Blue Hall']);
    expect(await names('like', 'blue*')).toEqual([]);
    expect(await names('ilike', '%HALL')).toEqual(['Blue Hall']);
    expect(await names('match', '^A.*a$')).toEqual(['Arena']);
    expect(await names('imatch', '^a.*A$')).toEqual(['Arena']);
  });

  test('tells null, true and false apart by is', async () => {
    expect((await anon.from('conf_venues').select('id').is('capacity', null)).data).toEqual([{ id: 3 }]);
    expect((await anon.from('conf_venues').select('id').not('capacity', 'is', null)).data).toHaveLength(2);
    expect((await anon.from('conf_venues').select('id').filter('capacity', 'is', 'maybe')).error?.code).toBe(
      'PGRST100',
    );
  });

  test('asks arrays and jsonb what they contain and overlap', async () => {
    expect((await anon.from('conf_venues').select('id').contains('tags', ['club'])).data).toEqual([{ id: 1 }]);
    expect((await anon.from('conf_venues').select('id').overlaps('tags', ['arena', 'x'])).data).toEqual([{ id: 2 }]);
    expect((await anon.from('conf_venues').select('id').containedBy('tags', ['arena'])).data).toHaveLength(2);
    expect((await anon.from('conf_venues').select('id').contains('facts', { city: 'Gent' })).data).toEqual([{ id: 1 }]);
  });

  test('searches text in a language', async () => {
    const found = await anon.from('conf_shows').select('id').textSearch('title', 'nights', { config: 'english' });
    expect(found.data?.map(({ id }) => id).sort()).toEqual([1, 2]);
    const web = await anon
      .from('conf_shows')
      .select('id')
      .textSearch('title', 'second -first', { type: 'websearch', config: 'english' });
    expect(web.data).toEqual([{ id: 2 }]);
  });

  test('joins conditions by and, or and not, nested', async () => {
    const nested = 'id.eq.3,and(status.eq.confirmed,venue_id.eq.1),not.and(id.lt.4,id.gt.0)';
    const { data } = await anon.from('conf_shows').select('id').or(nested).order('id');
    expect(data).toEqual([{ id: 1 }, { id: 3 }, { id: 4 }]);
  });

  test('takes quoted values with commas and quotes in a list', async () => {
    const { data } = await anon
      .from('conf_venues')
      .select('id')
      .filter('name', 'in', '("Old \\"Mill\\"","Blue Hall")')
      .order('id');
    expect(data).toEqual([{ id: 1 }, { id: 3 }]);
  });

  test('filters by a value inside jsonb', async () => {
    expect((await anon.from('conf_venues').select('id').eq('facts->>city', 'Köln')).data).toEqual([{ id: 2 }]);
  });

  test('orders by several columns and places nulls', async () => {
    const order = async (ascending: boolean, nullsFirst: boolean) =>
      (await anon.from('conf_venues').select('id').order('capacity', { ascending, nullsFirst })).data?.map(
        ({ id }) => id,
      );
    expect(await order(true, false)).toEqual([1, 2, 3]);
    expect(await order(false, true)).toEqual([3, 2, 1]);
    const two = await anon.from('conf_shows').select('id').order('status').order('id', { ascending: false });
    expect(two.data?.map(({ id }) => id)).toEqual([3, 1, 4, 2]);
  });

  test('pages by range and counts all', async () => {
    const { data, count, status } = await anon
      .from('conf_shows')
      .select('id', { count: 'exact' })
      .order('id')
      .range(1, 2);
    expect(data).toEqual([{ id: 2 }, { id: 3 }]);
    expect(count).toBe(4);
    expect(status).toBe(206);
  });

  test('counts without rows by head', async () => {
    const { data, count, status } = await anon
      .from('conf_shows')
      .select('*', { count: 'exact', head: true })
      .eq('status', 'hold');
    expect([data, count, status]).toEqual([null, 2, 200]);
  });

  test('gives planned and estimated counts', async () => {
    expect((await anon.from('conf_shows').select('*', { count: 'planned', head: true })).count).toBeGreaterThan(0);
    expect((await anon.from('conf_shows').select('*', { count: 'estimated' })).count).toBe(4);
  });

  test('refuses an offset beyond the end when the total is counted', async () => {
    const { error, status } = await anon.from('conf_shows').select('id', { count: 'exact' }).range(50, 60);
    expect([status, error?.code]).toEqual([416, 'PGRST103']);
  });

  test('single wants one row, maybeSingle one or none', async () => {
    const many = await anon.from('conf_shows').select('id').single();
    expect([many.status, many.error?.code]).toEqual([406, 'PGRST116']);
    expect(many.error?.details).toContain('4 rows');
    expect((await anon.from('conf_shows').select('id').eq('id', 77).maybeSingle()).data).toBeNull();
    expect((await anon.from('conf_shows').select('id').eq('id', 77).single()).error?.details).toContain('0 rows');
  });

  test('writes CSV', async () => {
    const { data } = await anon.from('conf_crew').select('id,name').order('id').csv();
    expect(data).toBe('id,name\n1,Ada\n2,Bo');
  });

  test('a view reads like a table', async () => {
    const { data } = await anon.from('conf_show_list').select('heading').eq('show_id', 3);
    expect(data).toEqual([{ heading: 'ARENA ONE' }]);
  });
});

describe('embedding', () => {
  test('brings the one row that a key points to, and null for none', async () => {
    const { data } = await anon
      .from('conf_shows')
      .select('id, venue:conf_venues!venue_id(name)')
      .in('id', [1, 4])
      .order('id');
    expect(data).toEqual([
      { id: 1, venue: { name: 'Blue Hall' } },
      { id: 4, venue: null },
    ]);
  });

  test('brings the many rows that point here, ordered and limited', async () => {
    const { data } = await anon
      .from('conf_venues')
      .select('id, conf_shows!venue_id(id)')
      .order('id', { referencedTable: 'conf_shows', ascending: false })
      .limit(1, { referencedTable: 'conf_shows' })
      .order('id');
    expect(data?.[0]).toEqual({ id: 1, conf_shows: [{ id: 2 }] });
    expect(data?.[2]).toEqual({ id: 3, conf_shows: [] });
  });

  test('asks which of two keys is meant', async () => {
    const { error, status } = await anon.from('conf_shows').select('id, conf_venues(name)');
    expect([status, error?.code]).toEqual([300, 'PGRST201']);
    const named = await anon
      .from('conf_shows')
      .select('s:conf_venues!conf_shows_support_venue_id_fkey(name)')
      .eq('id', 2);
    expect(named.data).toEqual([{ s: { name: 'Arena' } }]);
  });

  test('goes by the column of the key', async () => {
    const { data } = await anon.from('conf_shows').select('support_venue_id(name)').eq('id', 2).single();
    expect(data).toEqual({ support_venue_id: { name: 'Arena' } });
  });

  test('crosses a junction table', async () => {
    const { data } = await anon.from('conf_shows').select('id, conf_crew(name)').eq('id', 1).single();
    expect(data).toEqual({ id: 1, conf_crew: [{ name: 'Ada' }, { name: 'Bo' }] });
  });

  test('embeds at depth', async () => {
    const { data } = await anon
      .from('conf_venues')
      .select('name, shows:conf_shows!venue_id(id, conf_crew(id))')
      .eq('id', 2);
    expect(data).toEqual([{ name: 'Arena', shows: [{ id: 3, conf_crew: [] }] }]);
  });

  test('an inner embed drops parents without children', async () => {
    const { data } = await anon
      .from('conf_venues')
      .select('id, conf_shows!venue_id!inner(id)')
      .eq('conf_shows.status', 'confirmed')
      .order('id');
    expect(data).toEqual([
      { id: 1, conf_shows: [{ id: 1 }] },
      { id: 2, conf_shows: [{ id: 3 }] },
    ]);
  });

  test('a filter on an embed thins the children only', async () => {
    const { data } = await anon
      .from('conf_venues')
      .select('id, conf_shows!venue_id(id)')
      .eq('conf_shows.status', 'hold')
      .order('id');
    expect(data).toEqual([
      { id: 1, conf_shows: [{ id: 2 }] },
      { id: 2, conf_shows: [] },
      { id: 3, conf_shows: [] },
    ]);
  });

  test('finds parents without children by is null', async () => {
    const { data } = await anon.from('conf_venues').select('id, conf_shows!venue_id(id)').is('conf_shows', null);
    expect(data?.map(({ id }) => id)).toEqual([3]);
  });

  test('counts children', async () => {
    const { data } = await anon.from('conf_venues').select('id, conf_shows!venue_id(count)').eq('id', 1).single();
    expect(data).toEqual({ id: 1, conf_shows: [{ count: 2 }] });
  });

  test('spreads a parent into the row', async () => {
    const { data } = await anon
      .from('conf_shows')
      .select('id, ...conf_venues!venue_id(place:name)')
      .eq('id', 1)
      .single();
    expect(data).toEqual({ id: 1, place: 'Blue Hall' });
  });

  test('orders by a column of the parent', async () => {
    const { data } = await anon
      .from('conf_shows')
      .select('id, v:conf_venues!venue_id!inner(id)')
      .order('v(name)')
      .order('id');
    expect(data?.map(({ id }) => id)).toEqual([3, 1, 2]);
  });

  test('a view embeds as its table does', async () => {
    const { data } = await anon.from('conf_show_list').select('heading, conf_venues(name)').eq('show_id', 1);
    expect(data).toEqual([{ heading: 'FIRST NIGHT', conf_venues: { name: 'Blue Hall' } }]);
  });

  test('says when there is no relationship', async () => {
    const { error, status } = await anon.from('conf_crew').select('id, conf_venues(id)');
    expect([status, error?.code]).toEqual([400, 'PGRST200']);
  });

  test('refuses a filter on what is not embedded', async () => {
    const { error, status } = await anon.from('conf_shows').select('id').eq('conf_crew.id', 1);
    expect([status, error?.code]).toEqual([400, 'PGRST108']);
  });
});

describe('writing', () => {
  test('inserts one and many, silently or shown', async () => {
    const silent = await admin.from('conf_shows').insert({ title: 'w1' });
    expect([silent.status, silent.data]).toEqual([201, null]);
    const shown = await admin
      .from('conf_shows')
      .insert([
        { title: 'w2', venue_id: 1 },
        { title: 'w3', venue_id: 2 },
      ])
      .select('title, v:conf_venues!venue_id(name)');
    expect(shown.data).toEqual([
      { title: 'w2', v: { name: 'Blue Hall' } },
      { title: 'w3', v: { name: 'Arena' } },
    ]);
  });

  test('rows of different keys take null, or the default when asked', async () => {
    const rows = [{ title: 'd1', status: 'x' }, { title: 'd2' }];
    const refused = await admin.from('conf_shows').insert(rows);
    expect(refused.error?.code).toBe('23502');
    const filled = await admin.from('conf_shows').insert(rows, { defaultToNull: false }).select('status');
    expect(filled.data).toEqual([{ status: 'x' }, { status: 'hold' }]);
  });

  test('jsonb, arrays and numerics come back as they went', async () => {
    const facts = { deep: [1, { a: null }, 'ü"\\'], n: 12.5, no: false };
    const row = { id: 50, name: 'Round trip', facts, tags: ['a,b', '"q"', '{}'] };
    const { data } = await admin.from('conf_venues').insert(row).select('facts, tags').single();
    expect(data).toEqual({ facts, tags: row.tags });
  });

  test('upserts by primary key and by another unique column', async () => {
    const first = await admin.from('conf_venues').upsert({ id: 50, name: 'Renamed' }).select('name').single();
    expect(first.data).toEqual({ name: 'Renamed' });
    const byName = await admin
      .from('conf_venues')
      .upsert({ id: 50, name: 'Renamed', capacity: 9 }, { onConflict: 'name' })
      .select('capacity')
      .single();
    expect(byName.data).toEqual({ capacity: 9 });
    const ignored = await admin.from('conf_venues').upsert({ id: 50, name: 'No' }, { ignoreDuplicates: true }).select();
    expect(ignored.data).toEqual([]);
  });

  test('updates and deletes what the filter finds, and counts', async () => {
    const updated = await admin.from('conf_shows').update({ status: 'w' }, { count: 'exact' }).like('title', 'w%');
    expect([updated.status, updated.count]).toEqual([204, 3]);
    const none = await admin.from('conf_shows').update({ status: 'w' }).eq('id', 98765).select();
    expect([none.status, none.data]).toEqual([200, []]);
    const deleted = await admin.from('conf_shows').delete().eq('status', 'w').select('title').order('title');
    expect(deleted.data).toEqual([{ title: 'w1' }, { title: 'w2' }, { title: 'w3' }]);
  });

  test('an update without a filter is refused', async () => {
    const reply = await fetch(`${url}/rest/v1/conf_shows`, {
      method: 'PATCH',
      headers: { apikey: serviceKey, authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' },
      body: '{"status":"all"}',
    });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code: '21000' });
    expect((await admin.from('conf_shows').select('id').eq('status', 'all')).data).toEqual([]);
  });

  test('single undoes a write that touched several rows', async () => {
    const { error } = await admin.from('conf_crew').update({ name: 'Same' }).gt('id', 0).select().single();
    expect(error?.code).toBe('PGRST116');
    expect((await admin.from('conf_crew').select('name').order('id')).data).toEqual([{ name: 'Ada' }, { name: 'Bo' }]);
  });

  test('an empty list inserts nothing', async () => {
    const { data, status } = await admin.from('conf_shows').insert([]).select();
    expect([status, data]).toEqual([201, []]);
  });
});

describe('calling functions', () => {
  test('passes arguments by name and leaves defaults alone', async () => {
    expect((await anon.rpc('conf_add', { a: 1 })).data).toBe(11);
    expect((await anon.rpc('conf_add', { a: 1, b: 2 })).data).toBe(3);
    expect((await anon.rpc('conf_add', { a: 4, b: 5 }, { get: true })).data).toBe(9);
  });

  test('json and jsonb arguments arrive once encoded', async () => {
    const payload = { list: [1, 'two', null], text: '{"not":"parsed"}' };
    expect((await anon.rpc('conf_echo', { payload })).data).toEqual(payload);
    expect((await anon.rpc('conf_echo', { payload: 'plain' })).data).toBe('plain');
    const both = await anon.rpc('conf_echo_json', { payload, extra: ['a,b', 'c"d'] });
    expect(both.data).toEqual({ payload, extra: ['a,b', 'c"d'] });
  });

  test('one unnamed json argument takes the whole body', async () => {
    expect((await anon.rpc('conf_whole', { any: ['thing'] })).data).toEqual({ got: { any: ['thing'] } });
  });

  test('rows can be filtered, ordered, limited, counted and embedded into', async () => {
    const { data, count } = await anon
      .rpc('conf_shows_of', { venue: 1 }, { count: 'exact' })
      .select('id, conf_venues!venue_id(name)')
      .order('id', { ascending: false })
      .limit(1);
    expect(data).toEqual([{ id: 2, conf_venues: { name: 'Blue Hall' } }]);
    expect(count).toBe(2);
    const filtered = await anon.rpc('conf_shows_of', { venue: 1 }).eq('status', 'hold').select('id').single();
    expect(filtered.data).toEqual({ id: 2 });
  });

  test('sets of values and tables of no type', async () => {
    expect((await anon.rpc('conf_numbers', { upto: 3 })).data).toEqual([1, 2, 3]);
    const totals = await anon.rpc('conf_totals').order('shows', { ascending: false }).order('status');
    expect(
      totals.data
        ?.map(({ status }: { status: string }) => status)
        .slice(0, 2)
        .sort(),
    ).toEqual(['confirmed', 'hold']);
  });

  test('nothing is 204', async () => {
    const { data, status } = await anon.rpc('conf_nothing');
    expect([status, data]).toEqual([204, null]);
  });

  test('says what could not be found', async () => {
    const { error, status } = await anon.rpc('conf_add', { c: 1 });
    expect([status, error?.code]).toEqual([404, 'PGRST202']);
    expect(error?.message).toContain('public.conf_add(c)');
  });

  test('a function may choose status and headers', async () => {
    const { status } = await anon.rpc('conf_teapot');
    expect(status).toBe(418);
  });

  test('what a failing function wrote is undone', async () => {
    const { error, status } = await admin.rpc('conf_insert_and_fail', { venue: 900 });
    expect([status, error?.code]).toEqual([400, 'BL409']);
    expect((await admin.from('conf_venues').select('id').eq('id', 900)).data).toEqual([]);
  });

  test("a function's own time limit ends it", async () => {
    const { error, status } = await anon.rpc('conf_sleep', { seconds: 3 });
    expect([status, error?.code]).toEqual([500, '57014']);
  });
});

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
