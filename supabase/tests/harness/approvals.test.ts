import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  chainOf,
  decidersOf,
  type Measure,
  type Rule,
  type Scene,
  type Waiting,
} from '../../../app/features/approvals/rules.ts';
import { dice, idOf, someMeasure, someRules, someScene, someWaiting } from '../../../app/features/approvals/scenes.ts';
import { startTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await startTestDatabase();
  client = new pg.Client(database.url);
  client.on('error', () => undefined);
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.stop();
});

async function chainInSql(rules: readonly Rule[], { category_id, worth, over_limit }: Measure): Promise<string[]> {
  const { rows } = await client.query<{ chain: string[] }>('select private.chain_of($1, $2, $3, $4) as chain', [
    JSON.stringify(rules),
    category_id,
    worth,
    over_limit,
  ]);
  return rows[0]!.chain;
}

test('the database chooses the chains of the vectors', async () => {
  const file = new URL('../../../app/features/approvals/chains.vectors.json', import.meta.url);
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as (Measure & {
    name: string;
    rules: Rule[];
    chain: string[];
  })[];
  for (const { name, rules, chain, ...measure } of vectors)
    expect(await chainInSql(rules, measure), name).toEqual(chain);
});

test('the database and devices choose the same chain under the same rules', async () => {
  for (let seed = 0; seed < 500; seed++) {
    const roll = dice(seed);
    const [rules, measure] = [someRules(roll), someMeasure(roll)];
    expect(await chainInSql(rules, measure), `seed ${seed}`).toEqual(chainOf(rules, measure));
  }
});

test('the database and devices find the same deciders in the same organisation', async () => {
  let found = 0;
  for (let seed = 0; seed < 100; seed++) {
    const roll = dice(seed);
    const [scene, waiting] = [someScene(roll), someWaiting(roll)];
    const expected = decidersOf(waiting, scene);
    found += expected.length;
    await client.query('begin');
    try {
      const claim = await play(scene, waiting);
      const { rows } = await client.query(
        `select d.decider_id as person_id, d.lender_id from public.expenses e, private.deciders(e) d where e.id = $1 order by 1`,
        [claim],
      );
      expect(rows, `seed ${seed}`).toEqual(expected.sort((a, b) => (a.person_id < b.person_id ? -1 : 1)));
    } finally {
      await client.query('rollback');
    }
  }
  expect(found).toBeGreaterThan(100);
});

/** Puts a scene on the stage of a new organisation; answers the claim that waits. */
async function play(scene: Scene, waiting: Waiting): Promise<string> {
  const organization = idOf('f', 1);
  const run = (sql: string, ...values: unknown[]) => client.query(sql, values);
  await run(
    `insert into organizations (id, name, kind, currency, time_zone) values ($1, 'Scene', 'artist', 'EUR', 'UTC')`,
    organization,
  );
  for (const { person_id, roles } of scene.members) {
    await run(
      'insert into people (id, organization_id, display_name) values ($1::uuid, $2, $1::uuid::text)',
      person_id,
      organization,
    );
    const { rows } = await run(`select tests.create_user($1::text || '@scene.test') as login`, person_id);
    await run(
      `with member as (insert into memberships (organization_id, person_id, user_id) values ($1::uuid, $2, $3::uuid) returning id)
       insert into membership_roles (organization_id, membership_id, user_id, role) select $1::uuid, member.id, $3::uuid, r from member, unnest($4::text[]) r`,
      organization,
      person_id,
      rows[0].login,
      roles, // prettier-ignore
    );
  }
  for (const { role, person_id, max_minor } of scene.limits)
    await run(
      'insert into approval_limits (organization_id, role, person_id, max_minor) values ($1, $2, $3, $4)',
      organization,
      role,
      person_id,
      max_minor,
    );
  for (const { lender_id, borrower_id } of scene.loans)
    await run(
      `insert into approval_delegations (organization_id, lender_id, borrower_id, starts_on, ends_on, reason)
       values ($1::uuid, $2, $3, private.today_at($1::uuid), private.today_at($1::uuid), 'Away')`,
      organization,
      lender_id,
      borrower_id, // prettier-ignore
    );
  const { rows } = await run(
    `insert into expenses (organization_id, person_id, amount_minor, currency, expense_date, description, status, over_limit)
     values ($1, $2, $3, $4, '2026-01-01', 'Scene', 'submitted', $5) returning id`,
    organization,
    waiting.claimant_id,
    waiting.worth ?? 5,
    waiting.worth === null ? 'JPY' : 'EUR',
    waiting.over_limit, // prettier-ignore
  );
  const claim = rows[0].id as string;
  await run('delete from expense_approvals where expense_id = $1', claim);
  const decided = waiting.decided.length > 0;
  if (decided)
    await run(
      `insert into expense_approvals (organization_id, person_id, expense_id, level, wanted, status, decided_by, for_person_id)
       values ($1, $2, $3, 1, 'any', 'approved', $4, $5)`,
      organization,
      waiting.claimant_id,
      claim,
      waiting.decided[0],
      waiting.decided[1] ?? null, // prettier-ignore
    );
  await run(
    `insert into expense_approvals (organization_id, person_id, expense_id, level, wanted) values ($1, $2, $3, $4, $5)`,
    organization,
    waiting.claimant_id,
    claim,
    decided ? 2 : 1,
    waiting.wanted, // prettier-ignore
  );
  await run('update expenses set waits_for_level = $2 where id = $1', claim, decided ? 2 : 1);
  return claim;
}
