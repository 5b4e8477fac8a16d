import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startTestDatabase } from '../harness/database.ts';
import { Device } from './device.ts';

/** The cast of helpers.sql on a database of its own, with devices in their hands. */
export interface Stage {
  pool: pg.Pool;
  /** Organisation of everyone but `stranger`. */
  north: string;
  south: string;
  /** A new device of an actor. */
  device(actor: string): Device;
  person(actor: string): string;
  user(actor: string): string;
  /** Runs a statement as the owner of the database. */
  sql<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** A draft claim of an actor, complete but for what `more` says; answers its id. */
  claim(actor: string, more?: object): Promise<string>;
  stop(): Promise<void>;
}

interface Actor {
  name: string;
  user_id: string;
  organization_id: string;
  person_id: string;
}

/** Boots a database and puts the cast on it. */
export async function openStage(): Promise<Stage> {
  const database = await startTestDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 24 });
  pool.on('error', () => undefined);
  await pool.query('select tests.stage()');
  const { rows } = await pool.query<Actor>('select * from tests.actors');
  const cast = (name: string) => rows.find((actor) => actor.name === name)!;
  const device = (name: string) => new Device(pool, cast(name).user_id);
  const sql = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await pool.query<T>(text, values)).rows;
  const claim = async (name: string, more: object = {}) => {
    const id = randomUUID();
    const { organization_id, person_id } = cast(name);
    const fixed = { currency: 'EUR', amount_minor: 1250, expense_date: '2026-03-01', description: 'Lunch' };
    const v = { organization_id, person_id, ...fixed, ...more };
    const result = await device(name).push({ op: 'ins', t: 'expenses', id, v });
    if (result.s !== 'applied') throw new Error(`claim refused: ${JSON.stringify(result)}`);
    return id;
  };
  const stop = async () => {
    await pool.end();
    await database.stop();
  };
  return {
    pool,
    north: cast('owner').organization_id,
    south: cast('stranger').organization_id,
    device,
    person: (name) => cast(name).person_id,
    user: (name) => cast(name).user_id,
    sql,
    claim,
    stop,
  };
}
