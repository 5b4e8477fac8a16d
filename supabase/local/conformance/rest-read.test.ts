import { beforeAll, describe, expect, test } from 'vitest';
import { installFixture, target } from './setup.ts';

const { client } = await target();
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
