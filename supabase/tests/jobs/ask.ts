import type pg from 'pg';
import { Refused, type Ask } from '../../../functions/_shared/database.ts';

/** Asks as the service role over a connection of its own, as REST does for the edge functions: one transaction a question. */
export function askByPool(pool: pg.Pool): Ask {
  return async <T>(name: string, args: Record<string, unknown> = {}) => {
    const names = Object.keys(args);
    const list = names.map((key, at) => `${key} => $${at + 1}`).join(', ');
    const client = await pool.connect();
    try {
      await client.query('begin; set local role service_role');
      const { rows } = await client.query<{ found: unknown }>(
        `select to_jsonb(r) as found from worker.${name}(${list}) r`,
        names.map((key) => parameter(args[key])),
      );
      const returnsRows = await isSet(client, name);
      await client.query('commit');
      const found = rows.map((row) => row.found);
      return (returnsRows ? found : found[0]) as T;
    } catch (error) {
      await client.query('rollback');
      const { code = '', message } = error as pg.DatabaseError;
      throw new Refused(code, message);
    } finally {
      client.release();
    }
  };
}

const parameter = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value;

async function isSet(client: pg.PoolClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ proretset: boolean }>(
    `select proretset from pg_proc where proname = $1 and pronamespace = 'worker'::regnamespace`,
    [name],
  );
  return rows[0]!.proretset;
}
