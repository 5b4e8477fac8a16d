import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 8 });
  pool.on('error', () => undefined);
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

beforeEach(async () => {
  await pool.query('truncate tests.actors');
  await pool.query('select tests.make_member($1, tests.make_organization($2), $3)', ['ann', 'Race', 'owner']);
  await pool.query(`select tests.make_member('bob', tests.org('ann'), 'owner')`);
});

// Logins of an earlier test must give up their address, which is unique.
afterEach(() => pool.query(`update auth.users set email = id || '@gone.test'`));

/** Runs a statement as this actor in a transaction kept open a moment, so that another one meets it. Answers its SQLSTATE. */
async function as(actor: string, statement: string): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select tests.sign_in_as($1::text)', [actor]);
    await client.query(statement);
    await client.query('select pg_sleep(0.2)');
    await client.query('commit');
    return 'done';
  } catch (error) {
    await client.query('rollback');
    return (error as pg.DatabaseError).code ?? String(error);
  } finally {
    client.release();
  }
}

async function count(sql: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::integer as n from (${sql}) found`);
  return rows[0]!.n;
}

test('two owners who take each other out at once leave one owner', async () => {
  const remove = (actor: string) =>
    `delete from membership_roles where role = 'owner' and membership_id = tests.membership('${actor}')`;
  const outcomes = await Promise.all([as('ann', remove('bob')), as('bob', remove('ann'))]);
  expect(outcomes.sort()).toEqual(['BL422', 'done']);
  expect(await count(`select from membership_roles where organization_id = tests.org('ann') and role = 'owner'`)).toBe(
    1,
  );
});

test('two owners who leave at once leave one active owner', async () => {
  const leave = (actor: string) => `update memberships set status = 'ended' where id = tests.membership('${actor}')`;
  const outcomes = await Promise.all([as('ann', leave('ann')), as('bob', leave('bob'))]);
  expect(outcomes.sort()).toEqual(['BL422', 'done']);
  expect(await count(`select from memberships where organization_id = tests.org('ann') and status = 'active'`)).toBe(1);
});

test('organisations opened at once under one name get addresses of their own', async () => {
  const open = `select create_organization('Twin Peaks', 'label', 'EUR', 'UTC', 'Twin')`;
  expect(await Promise.all([as('ann', open), as('bob', open)])).toEqual(['done', 'done']);
  expect(await count(`select from organizations where slug in ('twin-peaks', 'twin-peaks-2')`)).toBe(2);
});

test('an invitation accepted on two devices at once makes one member', async () => {
  await pool.query(`insert into tests.actors (name, user_id) values ('cat', tests.create_user('cat@example.test'))`);
  const { rows } = await pool.query<{ id: string }>(
    `insert into invitations (organization_id, email, roles) values (tests.org('ann'), 'cat@example.test', '{crew}') returning id`,
  );
  const accept = `select answer_invitation('${rows[0]!.id}', true)`;
  expect(await Promise.all([as('cat', accept), as('cat', accept)])).toEqual(['done', 'done']);
  expect(await count(`select from memberships where user_id = tests.user_of('cat')`)).toBe(1);
  expect(await count(`select from people where user_id = tests.user_of('cat')`)).toBe(1);
});

test('wrong passwords tried at once are all counted', async () => {
  const attempt = `select private.hook__password_verification_attempt(
    jsonb_build_object('user_id', tests.user_of('ann'), 'valid', false))`;
  await Promise.all([1, 2, 3, 4, 5].map(() => pool.query(attempt)));
  const { rows } = await pool.query<{ consecutive: number }>(
    `select consecutive from private.password_attempts where user_id = tests.user_of('ann')`,
  );
  expect(rows).toEqual([{ consecutive: 5 }]);
});
