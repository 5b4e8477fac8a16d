import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asUser, command, insert, mutation, remove, update, type PushResult } from './device.ts';
import { openStage, type Stage } from './stage.ts';

type Op = ReturnType<typeof insert>;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.stop());

const stored = async (id: string) =>
  (await stage.sql<Record<string, unknown>>('select * from expenses where id = $1', [id]))[0];
const draft = () => ({
  organization_id: stage.north,
  person_id: stage.person('artist'),
  currency: 'EUR',
  expense_date: '2026-03-01',
});

describe('a fair share', () => {
  const batch = (mutations: number, operations: number) =>
    Array.from({ length: mutations }, () =>
      mutation(...Array.from({ length: operations }, () => insert('expenses', randomUUID(), draft()))),
    );

  test('more than a thousand operations at once are sent away, for others of the organisation wait', async () => {
    await expect(stage.device('artist').send(batch(21, 50))).rejects.toMatchObject({ code: 'BL400' });
  });

  test('a hundred ordinary intents are done', async () => {
    const results = await stage.device('artist').send(batch(100, 3));
    expect(results.map(({ s }) => s)).toEqual(Array(100).fill('applied'));
  });

  test('the name of another device cannot be used to hold it up', async () => {
    const crew = stage.device('crew');
    const connection = await stage.pool.connect();
    const own = { ...draft(), person_id: stage.person('crew') };
    await asUser(connection, stage.user('artist'), async () => {
      await connection.query('select sync_push($1, $2)', [crew.client, '[]']);
      expect(await crew.push(insert('expenses', randomUUID(), own))).toMatchObject({ s: 'applied' });
    }).finally(() => connection.release());
  });
});

describe('exactly once', () => {
  test('a repeated mutation is answered from memory and not done again', async () => {
    const artist = stage.device('artist');
    const sent = mutation(insert('expenses', randomUUID(), draft()));
    const [first] = await artist.send([sent]);
    const [again] = await artist.send([sent]);
    expect(first).toMatchObject({ s: 'applied' });
    expect(first!.dup).toBeUndefined();
    expect(again).toMatchObject({ id: sent.id, s: 'applied', dup: true });
    expect(again!.ops![0]!.row).toBeUndefined();
  });

  test('a mutation twice in one batch is done once', async () => {
    const sent = mutation(insert('expenses', randomUUID(), draft()));
    const results = await stage.device('artist').send([sent, sent]);
    expect(results.map(({ s, dup }) => [s, dup])).toEqual([
      ['applied', undefined],
      ['applied', true],
    ]);
  });

  test('a refusal is kept too, and answered again', async () => {
    const crew = stage.device('crew');
    const sent = mutation(command('expenses.submit', await stage.claim('artist')));
    const [first] = await crew.send([sent]);
    const [again] = await crew.send([sent]);
    expect(first).toMatchObject({ s: 'rejected', code: 'BL404' });
    expect(again).toMatchObject({ s: 'rejected', code: 'BL404', dup: true });
  });

  test('somebody else may use the same mutation id', async () => {
    const sent = mutation(insert('expenses', randomUUID(), draft()));
    await stage.device('artist').send([sent]);
    const other = { ...sent, ops: [insert('expenses', randomUUID(), { ...draft(), person_id: stage.person('crew') })] };
    const [result] = await stage.device('crew').send([other]);
    expect(result).toMatchObject({ s: 'applied' });
    expect(result!.dup).toBeUndefined();
  });
});

describe('many insertions of one kind in a batch', () => {
  const claims = (count: number, own: Record<string, unknown> = {}) =>
    Array.from({ length: count }, () => insert('expenses', randomUUID(), { ...draft(), ...own }));
  const verdicts = (results: PushResult[]) =>
    results.map(({ s, code, msg }) => [s, code, msg].filter(Boolean).join(' '));

  test('S12, S16: they are answered in order, each once, also when the reply was lost', async () => {
    const artist = stage.device('artist');
    const sent = claims(40).map((op) => mutation(op));
    const first = await artist.send(sent);
    const again = await artist.send(sent);
    expect(first.map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
    expect(verdicts(first)).toEqual(Array(40).fill('applied'));
    expect(again.map(({ id, s, dup }) => [id, s, dup])).toEqual(sent.map(({ id }) => [id, 'applied', true]));
    const ids = sent.map(({ ops }) => (ops[0] as Op).id);
    expect(await stage.sql('select count(*)::int n from expenses where id = any ($1)', [ids])).toEqual([{ n: 40 }]);
    expect(
      await stage.sql(`select count(*)::int n from audit_log where entity_id = any ($1) and action = 'insert'`, [ids]),
    ).toEqual([{ n: 40 }]);
  });

  test.each([
    ['against a check', { merchant: 'x'.repeat(5_000) }, /^rejected BL422/],
    ['for somebody else', { person_id: 'crew' }, /^rejected BL403/],
    ['with a strange value for a column of the server', { status: 'approved' }, /^rejected BL403/],
    ['with an unknown column', { wings: 2 }, /^rejected BL400/],
    ['with a value of the wrong type', { expense_date: 'soon' }, /^rejected BL400/],
  ])('one %s is refused alone', async (_, wrong, refusal) => {
    const values = 'person_id' in wrong ? { person_id: stage.person('crew') } : wrong;
    const ops = [...claims(3), ...claims(1, values), ...claims(3)];
    const results = verdicts(await stage.device('artist').send(ops.map((op) => mutation(op))));
    expect(results[3]).toMatch(refusal);
    expect(results.toSpliced(3, 1)).toEqual(Array(6).fill('applied'));
    expect(await Promise.all(ops.map(async ({ id }) => Boolean(await stored(id))))).toEqual(
      ops.map((_op, at) => at !== 3),
    );
  });

  test('all of them with a strange value for a column of the server are refused', async () => {
    const sent = claims(3, { status: 'approved' }).map((op) => mutation(op));
    expect(verdicts(await stage.device('artist').send(sent))).toEqual(
      Array(3).fill('rejected BL403 column_not_writable'),
    );
  });

  test('what a device shows of the columns of the server may come along', async () => {
    const sent = claims(3, { status: 'draft', row_version: 0 }).map((op) => mutation(op));
    expect(verdicts(await stage.device('artist').send(sent))).toEqual(Array(3).fill('applied'));
  });

  test('the second of two with the same row is refused, the others stay', async () => {
    const [one, two] = claims(2) as [Op, Op];
    const sent = [one, two, { ...one }].map((op) => mutation(op));
    expect(verdicts(await stage.device('artist').send(sent))).toEqual(['applied', 'applied', 'rejected BL410 exists']);
  });

  test('the same mutation twice among them is done once', async () => {
    const [one, two] = claims(2).map((op) => mutation(op));
    const results = await stage.device('artist').send([one!, two!, one!]);
    expect(results.map(({ s, dup }) => [s, dup])).toEqual([
      ['applied', undefined],
      ['applied', undefined],
      ['applied', true],
    ]);
  });

  test('other intents between them see what came before, and nothing of what comes after', async () => {
    const [one, two, three] = claims(3, { merchant: 'Café' }) as [Op, Op, Op];
    const sent = [
      mutation(one),
      mutation(two),
      mutation(update('expenses', two.id, { merchant: 'Bar' }, { merchant: 'Café' })),
      mutation(update('expenses', three.id, { merchant: 'Bar' }, { merchant: 'Café' })),
      mutation(three),
    ];
    expect(verdicts(await stage.device('artist').send(sent))).toEqual([
      'applied',
      'applied',
      'applied',
      'rejected BL404 gone',
      'applied',
    ]);
    expect(await stored(two.id)).toMatchObject({ merchant: 'Bar' });
  });
});

describe('merging', () => {
  test('different fields changed in two places both stay', async () => {
    const id = await stage.claim('artist', { merchant: 'Café', notes: 'old' });
    const artist = stage.device('artist');
    await artist.push(update('expenses', id, { merchant: 'Bar' }, { merchant: 'Café' }));
    const result = await artist.push(update('expenses', id, { notes: 'new' }, { notes: 'old' }));
    expect(result).toMatchObject({ s: 'applied' });
    expect(await stored(id)).toMatchObject({ merchant: 'Bar', notes: 'new' });
  });

  test('the same field changed in two places keeps the first and says so; the rest is merged', async () => {
    const id = await stage.claim('artist', { merchant: 'Café', notes: 'old' });
    const artist = stage.device('artist');
    await artist.push(update('expenses', id, { merchant: 'Bar' }, { merchant: 'Café' }));
    const result = await artist.push(
      update('expenses', id, { merchant: 'Pub', notes: 'new' }, { merchant: 'Café', notes: 'old' }),
    );
    expect(result).toMatchObject({ s: 'merged', ops: [{ f: ['merchant'], row: { merchant: 'Bar', notes: 'new' } }] });
  });

  test('the same value on both sides is no conflict', async () => {
    const id = await stage.claim('artist', { merchant: 'Café' });
    const artist = stage.device('artist');
    await artist.push(update('expenses', id, { merchant: 'Bar' }, { merchant: 'Café' }));
    expect(await artist.push(update('expenses', id, { merchant: 'Bar' }, { merchant: 'Café' }))).toMatchObject({
      s: 'applied',
    });
  });

  test('amount and currency lose together', async () => {
    const id = await stage.claim('artist');
    const artist = stage.device('artist');
    await artist.push(update('expenses', id, { amount_minor: 900 }, { amount_minor: 1250 }));
    const patch = { amount_minor: 1500, currency: 'USD', notes: 'x' };
    const result = await artist.push(
      update('expenses', id, patch, { amount_minor: 1250, currency: 'EUR', notes: null }),
    );
    expect(result).toMatchObject({ s: 'merged', ops: [{ f: ['amount_minor', 'currency'] }] });
    expect(await stored(id)).toMatchObject({ amount_minor: '900', currency: 'EUR', notes: 'x' });
  });

  test('an amount does not slip under a currency that was changed meanwhile', async () => {
    const id = await stage.claim('artist');
    const artist = stage.device('artist');
    await artist.push(update('expenses', id, { currency: 'JPY' }, { currency: 'EUR' }));
    const result = await artist.push(
      update('expenses', id, { amount_minor: 1500 }, { amount_minor: 1250, currency: 'EUR' }),
    );
    expect(result).toMatchObject({ s: 'conflict', code: 'BL409', ops: [{ f: ['amount_minor'] }] });
  });

  test('a row sent back as it was pulled has no conflict in any column type', async () => {
    const id = await stage.claim('artist', { tags: ['a', 'b'], amount_minor: 9_999_999_999, notes: 'née “Ø” 🎸' });
    const artist = stage.device('artist');
    await artist.pull();
    const row = artist.rows('expenses').get(id)!;
    const { tags, amount_minor, notes, expense_date, created_at, organization_id } = row;
    const base = { tags, amount_minor, notes, expense_date, created_at, organization_id };
    const patch = { tags: ['c'], amount_minor: 1, notes: 'n', expense_date: '2026-02-02' };
    expect(await artist.push(update('expenses', id, patch, base))).toMatchObject({ s: 'applied' });
    expect(await stored(id)).toMatchObject({ tags: ['c'], amount_minor: '1' });
  });

  test('a row is deleted by the word of all its columns as they were pulled', async () => {
    const id = await stage.claim('artist', { tags: ['a', 'b'], amount_minor: 9_999_999_999, notes: 'née “Ø” 🎸' });
    const artist = stage.device('artist');
    await artist.pull();
    expect(await artist.push(remove('expenses', id, artist.rows('expenses').get(id)))).toMatchObject({ s: 'applied' });
    const owner = stage.device('owner');
    const value = { z: 1, a: [1.5, null, { deep: 'ü' }], big: 9007199254740991 };
    const setting = randomUUID();
    await owner.push(
      insert('settings', setting, { organization_id: stage.north, category: 'test', key: 'all', value }),
    );
    await owner.pull();
    expect(await owner.push(remove('settings', setting, owner.rows('settings').get(setting)))).toMatchObject({
      s: 'applied',
    });
  });

  test('a timestamp and an object seen in another spelling are still the same', async () => {
    const owner = stage.device('owner');
    await owner.pull();
    const organization = owner.rows('organizations').get(stage.north)!;
    await owner.push(
      update('organizations', stage.north, { branding: { a: 1, b: [1.5] } }, { branding: organization.branding }),
    );
    const spelled = {
      branding: { b: [1.5], a: 1 },
      created_at: String(organization.created_at).replace('+00:00', 'Z'),
    };
    expect(await owner.push(update('organizations', stage.north, { branding: {} }, spelled))).toMatchObject({
      s: 'applied',
    });
    const gone = await owner.push(
      insert('settings', randomUUID(), { organization_id: stage.north, category: 'test', key: 'k', value: { n: 1 } }),
    );
    const setting = gone.ops![0]!.row!;
    const base = { value: { n: 1 }, created_at: new Date(String(setting.created_at)).toISOString() };
    const micro = String(setting.created_at).length > 25;
    const deleted = await owner.push(remove('settings', setting.id, micro ? { value: base.value } : base));
    expect(deleted).toMatchObject({ s: 'applied', ops: [{ del: setting.id }] });
  });

  test('of several operations none is done by halves', async () => {
    const id = await stage.claim('artist', { merchant: 'Café' });
    const artist = stage.device('artist');
    await artist.push(update('expenses', id, { merchant: 'Bar' }, { merchant: 'Café' }));
    const other = randomUUID();
    const result = await artist.push(
      insert('expenses', other, draft()),
      update('expenses', id, { merchant: 'Pub' }, { merchant: 'Café' }),
    );
    expect(result).toMatchObject({
      s: 'conflict',
      code: 'BL409',
      ops: [{ f: ['merchant'], row: { merchant: 'Bar' } }],
    });
    expect(await stored(other)).toBeUndefined();
  });

  test('a row changed meanwhile is not deleted', async () => {
    const id = await stage.claim('artist', { merchant: 'Café' });
    const artist = stage.device('artist');
    await artist.push(update('expenses', id, { merchant: 'Bar' }, { merchant: 'Café' }));
    expect(await artist.push(remove('expenses', id, { merchant: 'Café' }))).toMatchObject({
      s: 'conflict',
      ops: [{ f: ['merchant'], row: { merchant: 'Bar' } }],
    });
    expect(await artist.push(remove('expenses', id, { merchant: 'Bar' }))).toMatchObject({
      s: 'applied',
      ops: [{ del: id }],
    });
    expect(await stored(id)).toBeUndefined();
  });
});

describe('bad input', () => {
  const cases: [what: string, op: () => unknown, code: string, word: string][] = [
    ['an unknown table', () => insert('users', randomUUID(), {}), 'BL400', 'unknown_table'],
    ['a table that is not tracked', () => insert('audit_log', randomUUID(), {}), 'BL400', 'unknown_table'],
    [
      'an unknown column',
      () => insert('expenses', randomUUID(), { ...draft(), colour: 'red' }),
      'BL400',
      'unknown_column',
    ],
    ['an unknown command', () => command('expenses.explode', randomUUID()), 'BL400', 'unknown_command'],
    ['a helper called as a command', () => command('step.expense', randomUUID()), 'BL400', 'unknown_command'],
    ['SQL in a command name', () => command('expenses.submit(1);--', randomUUID()), 'BL400', 'unknown_command'],
    ['an unknown operation', () => ({ op: 'upsert', t: 'expenses', id: randomUUID() }), 'BL400', 'unknown_operation'],
    ['a bad row id', () => insert('expenses', 'not-a-uuid', draft()), 'BL400', 'bad_id'],
    ['a row id of another type', () => ({ op: 'ins', t: 'expenses', id: 7, v: draft() }), 'BL400', 'bad_id'],
    ['values that are no object', () => ({ op: 'ins', t: 'expenses', id: randomUUID(), v: [1] }), 'BL400', 'malformed'],
    ['an operation that is no object', () => 'ins', 'BL400', 'malformed'],
    [
      'a bad uuid in a column',
      () => insert('expenses', randomUUID(), { ...draft(), category_id: 'x' }),
      'BL400',
      'malformed',
    ],
    [
      'a date that does not exist',
      () => insert('expenses', randomUUID(), { ...draft(), expense_date: '2026-02-30' }),
      'BL400',
      'malformed',
    ],
    [
      'letters as an amount',
      () => insert('expenses', randomUUID(), { ...draft(), amount_minor: 'ten' }),
      'BL400',
      'malformed',
    ],
    [
      'an amount of zero',
      () => insert('expenses', randomUUID(), { ...draft(), amount_minor: 0 }),
      'BL422',
      'expenses_amount_out_of_bounds',
    ],
    [
      'a negative amount',
      () => insert('expenses', randomUUID(), { ...draft(), amount_minor: -5 }),
      'BL422',
      'expenses_amount_out_of_bounds',
    ],
    [
      'an amount beyond reason',
      () => insert('expenses', randomUUID(), { ...draft(), amount_minor: 10_000_000_000 }),
      'BL422',
      'expenses_amount_out_of_bounds',
    ],
    [
      'a date in the future',
      () => insert('expenses', randomUUID(), { ...draft(), expense_date: '2199-01-01' }),
      'BL422',
      'future_date',
    ],
    [
      'a missing date',
      () => insert('expenses', randomUUID(), { ...draft(), expense_date: null }),
      'BL422',
      'value_missing',
    ],
    [
      'a forged status',
      () => insert('expenses', randomUUID(), { ...draft(), status: 'approved' }),
      'BL403',
      'column_not_writable',
    ],
    [
      'a forged author',
      () => insert('expenses', randomUUID(), { ...draft(), created_by: stage.user('owner') }),
      'BL403',
      'column_not_writable',
    ],
    [
      'a claim for somebody else',
      () => insert('expenses', randomUUID(), { ...draft(), person_id: stage.person('crew') }),
      'BL403',
      'not_permitted',
    ],
    [
      'a claim in a foreign organisation',
      () => insert('expenses', randomUUID(), { ...draft(), organization_id: stage.south }),
      'BL422',
      'unknown_or_in_use',
    ],
    [
      'a row of a table that is read only',
      () => insert('activity', randomUUID(), { action: 'x' }),
      'BL403',
      'not_permitted',
    ],
  ];
  test.each(cases)('%s is refused', async (_what, op, code, msg) => {
    expect(await stage.device('artist').push(op())).toMatchObject({ s: 'rejected', code, msg });
  });

  test('a category of a foreign organisation is refused', async () => {
    const [category] = await stage.sql<{ id: string }>('select id from expense_categories where organization_id = $1', [
      stage.south,
    ]);
    const result = await stage
      .device('artist')
      .push(insert('expenses', randomUUID(), { ...draft(), category_id: category!.id }));
    expect(result).toMatchObject({ s: 'rejected', code: 'BL422', msg: 'unknown_or_in_use' });
  });

  test('a column the person may not write is refused on update', async () => {
    const id = await stage.claim('artist');
    const artist = stage.device('artist');
    for (const v of [
      { status: 'approved' },
      { created_by: stage.user('artist') },
      { person_id: stage.person('crew') },
    ]) {
      expect(await artist.push(update('expenses', id, v, {}))).toMatchObject({
        code: 'BL403',
        msg: 'column_not_writable',
      });
    }
    expect(await artist.push(update('expenses', id, { colour: 1 }, {}))).toMatchObject({
      code: 'BL400',
      msg: 'unknown_column',
    });
    expect(await artist.push(update('expenses', id, {}, {}))).toMatchObject({ code: 'BL400', msg: 'malformed' });
  });

  test('what the server itself would say may be sent along', async () => {
    const id = randomUUID();
    const v = {
      ...draft(),
      status: 'draft',
      over_limit: false,
      submitted_at: null,
      tags: [],
      created_at: '2001-01-01',
      row_version: 9,
    };
    expect(await stage.device('artist').push(insert('expenses', id, v))).toMatchObject({ s: 'applied' });
    expect(await stored(id)).toMatchObject({ status: 'draft', row_version: '1', created_by: stage.user('artist') });
  });

  test('an id that exists is refused, also when its row is hidden from the caller', async () => {
    const id = await stage.claim('artist');
    const result = await stage
      .device('crew')
      .push(insert('expenses', id, { ...draft(), person_id: stage.person('crew') }));
    expect(result).toMatchObject({ s: 'rejected', code: 'BL410', msg: 'exists' });
  });

  test('a row that is only to be seen is refused otherwise than one that is not there', async () => {
    const id = await stage.claim('artist');
    const patch = update('expenses', id, { notes: 'x' }, { notes: null });
    expect(await stage.device('accountant').push(patch)).toMatchObject({ code: 'BL403', msg: 'not_permitted' });
    expect(await stage.device('crew').push(patch)).toMatchObject({ code: 'BL404', msg: 'gone' });
    expect(await stage.device('stranger').push(remove('expenses', id))).toMatchObject({ code: 'BL404', msg: 'gone' });
  });

  test('poison at 70 of 120 holds nothing back', async () => {
    const ids = Array.from({ length: 120 }, () => randomUUID());
    const batch = ids.map((id, at) =>
      mutation(insert('expenses', id, { ...draft(), amount_minor: at === 70 ? -1 : at + 1 })),
    );
    const artist = stage.device('artist');
    const first = await artist.send(batch);
    expect(first).toHaveLength(50);
    const rest = await artist.send(batch.slice(50));
    const last = await artist.send(batch.slice(100));
    const results = [...first, ...rest, ...last];
    expect(results.filter(({ s }) => s === 'rejected').map(({ id }) => id)).toEqual([batch[70]!.id]);
    expect(results.filter(({ s }) => s === 'applied')).toHaveLength(119);
  });

  test('mutations that are no mutations are refused one by one', async () => {
    const good = mutation(insert('expenses', randomUUID(), draft()));
    const results = await stage
      .device('artist')
      .send([{ id: 'x', ops: [] }, null, 5, { ...mutation(), ops: {} }, mutation(), good]);
    expect(results.map(({ s, msg }) => [s, msg])).toEqual([
      ['rejected', 'bad_id'],
      ['rejected', 'bad_id'],
      ['rejected', 'bad_id'],
      ['rejected', 'malformed'],
      ['rejected', 'malformed'],
      ['applied', undefined],
    ]);
  });

  test('a batch that is too long, and one from nobody, are refused as a whole', async () => {
    const batch = Array.from({ length: 201 }, () => mutation(insert('expenses', randomUUID(), draft())));
    await expect(stage.device('artist').send(batch)).rejects.toMatchObject({ code: 'BL400' });
    await expect(stage.sql('select sync_push($1, $2)', [randomUUID(), '[]'])).rejects.toMatchObject({ code: 'BL401' });
  });
});

describe('taking turns', () => {
  test('the same mutation from two devices at once is done once', async () => {
    const id = await stage.claim('artist', { notes: 'old' });
    const sent = mutation(update('expenses', id, { notes: 'new' }, { notes: 'old' }));
    const answers = await Promise.allSettled([1, 2, 3].map(() => stage.device('artist').send([sent])));
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: '40001' });
      else expect(answer.value[0]).toMatchObject({ s: 'applied' });
    }
    expect(await stored(id)).toMatchObject({ notes: 'new', row_version: '2' });
    const [{ n }] = (await stage.sql<{ n: number }>('select count(*)::int as n from sync.mutations where id = $1', [
      sent.id,
    ])) as [{ n: number }];
    expect(n).toBe(1);
  });

  test('a row locked for long sends the device away with a transient error, and nothing is remembered', async () => {
    const id = await stage.claim('artist', { notes: 'old' });
    const artist = stage.device('artist');
    const sent = mutation(update('expenses', id, { notes: 'new' }, { notes: 'old' }));
    const blocker = await stage.pool.connect();
    await blocker.query('begin');
    await blocker.query('select from expenses where id = $1 for update', [id]);
    await expect(artist.send([sent])).rejects.toMatchObject({ code: '55P03' });
    await blocker.query('rollback');
    blocker.release();
    const [result] = await artist.send([sent]);
    expect(result).toMatchObject({ s: 'applied' });
    expect(result!.dup).toBeUndefined();
  });

  test('six devices pushing at once to the same rows all get an answer', async () => {
    const ids = await Promise.all([stage.claim('artist'), stage.claim('artist')]);
    const pushes = Array.from({ length: 6 }, (_, at) =>
      stage.device('artist').send(
        (at % 2 ? ids : [...ids].reverse()).map((id) => ({
          ...mutation(update('expenses', id, { notes: `${at}` }, { notes: null })),
          org: stage.north,
        })),
      ),
    );
    const results = (await Promise.all(pushes)).flat();
    expect(results.filter(({ s }) => s === 'applied')).toHaveLength(2);
    expect(results.filter(({ s }) => s === 'conflict')).toHaveLength(10);
  });
});
