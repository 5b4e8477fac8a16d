import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, insert, mutation, type PushResult, remove, update } from './device.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let claim: string;
beforeAll(async () => {
  stage = await openStage();
  claim = await stage.claim('artist', { notes: 'old' });
});
afterAll(() => stage?.stop());

const own = (more: object = {}) => ({
  organization_id: stage.north,
  person_id: stage.person('artist'),
  currency: 'EUR',
  expense_date: '2026-03-01',
  ...more,
});
const mine = (more: object) => insert('expenses', randomUUID(), own(more));
const deep = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));
const STABLE = /^BL(400|403|404|409|410|422)$/;

/** Sends a mutation between two good ones; answers its result after seeing that the others were done and it was filed. */
async function between(bad: object, actor = 'artist'): Promise<PushResult> {
  const device = stage.device(actor);
  const good = () => mutation(insert('expenses', randomUUID(), own({ person_id: stage.person(actor) })));
  const results = await device.send([good(), bad, good()]);
  expect([results[0]!.s, results[2]!.s]).toEqual(['applied', 'applied']);
  const again = (await device.send([bad]))[0]!;
  expect([again.s, again.code, again.msg, again.dup]).toEqual([results[1]!.s, results[1]!.code, results[1]!.msg, true]);
  return results[1]!;
}

const hostile: [what: string, op: () => unknown, code: RegExp][] = [
  ['a number as a text', () => mine({ notes: 7, amount_minor: {} }), /BL400/],
  ['an amount beyond every integer', () => mine({ amount_minor: 1e300 }), /BL400/],
  ['an amount just beyond bigint', () => mine({ amount_minor: '9223372036854775808' }), /BL400/],
  ['an amount with a fraction', () => mine({ amount_minor: 1.5 }), /BL400/],
  ['an amount that is not a number', () => mine({ amount_minor: 'NaN' }), /BL400/],
  ['an array as an amount', () => mine({ amount_minor: [1] }), /BL400/],
  ['a date at the end of time', () => mine({ expense_date: 'infinity' }), /BL422/],
  ['a date before all time', () => mine({ expense_date: '-infinity' }), /BL422/],
  ['a date in the year 99999999', () => mine({ expense_date: '99999999-01-01' }), /BL400/],
  ['tags that are an object', () => mine({ tags: { a: 1 } }), /BL400/],
  ['tags in tags', () => mine({ tags: [['a'], ['b', 'c']] }), /BL400/],
  ['ten thousand tags', () => mine({ tags: Array(10_000).fill('x') }), /BL422/],
  ['a megabyte of notes', () => mine({ notes: 'x'.repeat(1_000_000) }), /BL422/],
  ['an object a thousand levels deep', () => mine({ notes: deep(1_000) }), /BL422/],
  ['a currency of emoji', () => mine({ currency: '💶💶💶' }), /BL422/],
  [
    'ten thousand columns',
    () => mine(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`c${n}`, 1]))),
    /BL400/,
  ],
  ['a column named like SQL', () => mine({ 'notes") values (1); --': 1 }), /BL400/],
  [
    'a column named like a prototype',
    () => JSON.parse(`{"op":"ins","t":"expenses","id":"${randomUUID()}","v":{"__proto__":1}}`),
    /BL400/,
  ],
  ['a table named like SQL', () => insert('expenses; drop table expenses', randomUUID(), {}), /BL400/],
  ['a table of the catalogue', () => insert('pg_class', randomUUID(), {}), /BL400/],
  ['a table of another schema', () => insert('sync.head', randomUUID(), {}), /BL400/],
  ['a table that is an object', () => ({ op: 'ins', t: { a: 1 }, id: randomUUID(), v: {} }), /BL400/],
  ['no table', () => ({ op: 'upd', id: randomUUID(), v: { a: 1 } }), /BL400/],
  ['a command of the catalogue', () => command('pg.sleep', randomUUID()), /BL400/],
  ['a command that is an object', () => ({ op: 'cmd', cmd: { a: 1 }, id: claim }), /BL400/],
  ['a command with ten thousand letters', () => command(`expenses.${'a'.repeat(10_000)}`, claim), /BL400/],
  ['arguments that are a text', () => command('expenses.submit', claim, { args: 'x' }), /BL400/],
  [
    'a command that has seen unknown columns',
    () => command('expenses.submit', claim, { seen: { colour: 1 } }),
    /BL400/,
  ],
  [
    'a command that has seen a wrong type',
    () => command('expenses.submit', claim, { seen: { amount_minor: 'ten' } }),
    /BL400/,
  ],
  [
    'base values that are an array',
    () => ({ op: 'upd', t: 'expenses', id: claim, v: { notes: 'x' }, b: [1] }),
    /BL400/,
  ],
  ['base values of a wrong type', () => update('expenses', claim, { notes: 'x' }, { amount_minor: 'ten' }), /BL400/],
  ['a deletion that has seen a wrong type', () => remove('expenses', claim, { expense_date: 'never' }), /BL400/],
  ['an id with a NUL in its place', () => insert('expenses', `${randomUUID()}x`, own()), /BL400/],
  ['an id in braces', () => insert('expenses', `{${randomUUID()}}`, own()), /BL400/],
  ['a forged author', () => mine({ created_by: stage.user('owner') }), /BL403/],
  ['a forged decider', () => mine({ decided_by: stage.person('owner') }), /BL403/],
  ['the claim of a colleague', () => mine({ person_id: stage.person('crew') }), /BL403/],
  ['a person of another organisation', () => mine({ person_id: stage.person('stranger') }), /BL4(03|22)/],
  ['another organisation', () => mine({ organization_id: stage.south }), /BL4(03|22)/],
  ['an organisation that does not exist', () => mine({ organization_id: randomUUID() }), /BL4(03|22)/],
  ['the organisation moved away', () => update('expenses', claim, { organization_id: stage.south }, {}), /BL403/],
  [
    'a membership of my own making',
    () => insert('memberships', randomUUID(), { organization_id: stage.south, user_id: stage.user('artist') }),
    /BL403|BL400/,
  ],
  [
    'a role of my own making',
    () => insert('membership_roles', randomUUID(), { organization_id: stage.north, role: 'owner' }),
    /BL403|BL422/,
  ],
];

describe('bad input at the wire', () => {
  test.each(hostile)(
    'S14, S17: %s is answered with a stable word, filed for its author, and stops nothing',
    async (_what, op, code) => {
      const result = await between(mutation(op()));
      expect(result).toMatchObject({ s: 'rejected', msg: expect.stringMatching(/^[a-z][a-z0-9_]*$/) });
      expect(result.code).toMatch(STABLE);
      expect(result.code).toMatch(code);
    },
  );

  const lists: [what: string, ops: () => unknown][] = [
    ['no list of operations', () => undefined],
    ['operations that are a text', () => 'all'],
    ['an empty list', () => []],
    ['a list of nothing', () => [null]],
    ['a list of lists', () => [[mine({})]]],
    ['fifty-one operations', () => Array.from({ length: 51 }, () => mine({}))],
  ];
  test.each(lists)('S17: a mutation with %s is refused', async (_what, ops) => {
    expect(await between({ ...mutation(), ops: ops() })).toMatchObject({ s: 'rejected', code: 'BL400' });
  });

  test('S16: a forged organisation, name or further field of a mutation gives nothing and stops nothing', async () => {
    for (const more of [
      { org: stage.south },
      { org: { a: 1 } },
      { org: 5, name: null },
      { user_id: stage.user('owner') },
    ])
      expect(await between({ ...mutation(mine({})), ...more })).toMatchObject({ s: 'applied' });
  });

  test('S12: the mutation id of somebody else is not their answer, and a client id of theirs gives nothing', async () => {
    const [artist, crew] = [stage.device('artist'), stage.device('crew')];
    const theirs = mutation(update('expenses', claim, { notes: 'new' }, { notes: 'old' }));
    await artist.send([theirs]);
    const [stolen] = await crew.send([theirs], artist.client);
    expect(stolen).toMatchObject({ s: 'rejected', code: 'BL404' });
    expect(JSON.stringify(stolen)).not.toContain('new');
    expect((await artist.send([theirs]))[0]).toMatchObject({ s: 'applied', dup: true });
  });

  test('S17: ten thousand operations are sent away as a whole, and nothing of them is done', async () => {
    const ids = Array.from({ length: 200 }, () => randomUUID());
    const batch = ids.map((id) =>
      mutation(insert('expenses', id, own()), ...Array.from({ length: 49 }, () => mine({}))),
    );
    await expect(stage.device('artist').send(batch)).rejects.toMatchObject({
      code: 'BL400',
      message: 'too_many_operations',
    });
    expect(await stage.sql('select from expenses where id = any ($1)', [ids])).toHaveLength(0);
  });

  test.each([
    ['an object', '{}'],
    ['a number', '5'],
    ['nothing', 'null'],
    ['a text', '"x"'],
  ])('S17: a batch that is %s is refused by name', async (_what, batch) => {
    const sent = stage.device('artist').query('select sync_push($1, $2)', [randomUUID(), batch]);
    await expect(sent).rejects.toMatchObject({ code: 'BL400', message: 'malformed' });
  });

  // What no Postgres can read as JSON never reaches a function of ours: the device finds the culprit one by one (S17).
  test.each([
    ['a NUL', '\\u0000', '22P05'],
    ['half a surrogate pair', '\\ud83c', '22P02'],
    ['two halves in the wrong order', '\\udfb8\\ud83c', '22P02'],
  ])('S17: a text with %s makes the batch unreadable, and alone it is the only one', async (_what, text, code) => {
    const artist = stage.device('artist');
    const [bad, good] = [mutation(mine({ notes: 'POISON' })), mutation(mine({}))];
    const send = (batch: object[]) =>
      artist.query<{ reply: PushResult[] }>('select sync_push($1, $2) as reply', [
        artist.client,
        JSON.stringify(batch).replace('POISON', text),
      ]);
    await expect(send([good, bad])).rejects.toMatchObject({ code });
    await expect(send([bad])).rejects.toMatchObject({ code });
    expect((await send([good]))[0]!.reply).toMatchObject([{ s: 'applied' }]);
  });

  test('S17: what is too large or too deep for Postgres has the same word as what is of a wrong type', async () => {
    const sql = `select sync.refusal('54001', 'stack depth limit exceeded', '', null) as refusal`;
    const [row] = await stage.device('artist').query<{ refusal: PushResult }>(sql);
    expect(row!.refusal).toMatchObject({ s: 'rejected', code: 'BL400', msg: 'malformed' });
  });

  test('S17: a batch nested beyond all depth is sent away, and the session lives on', async () => {
    const artist = stage.device('artist');
    const batch = `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`;
    await expect(artist.query('select sync_push($1, $2)', [artist.client, batch])).rejects.toMatchObject({
      code: '54001',
    });
    expect(await artist.push(mine({}))).toMatchObject({ s: 'applied' });
  });
});
