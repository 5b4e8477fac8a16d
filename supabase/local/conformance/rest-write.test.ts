import { beforeAll, describe, expect, test } from 'vitest';
import { installFixture, target } from './setup.ts';

const { client, admin, url, serviceKey } = await target();
const anon = client();

beforeAll(installFixture);

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
