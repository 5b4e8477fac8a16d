import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { setting } from './environment.ts';

/** Asks the database for one of its functions in the schema `worker`, by name and named arguments. */
export type Ask = <T>(name: string, args?: Record<string, unknown>) => Promise<T>;

/** What the database refused; `code` is an SQLSTATE, `message` a stable word where it begins with BL. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Whether the database says that a lease has passed to somebody else. */
export const isLeaseLost = (error: unknown): boolean => error instanceof Refused && error.message === 'lease_lost';

/** The project's client with the service role. */
export function serviceClient(): SupabaseClient {
  const options = { auth: { persistSession: false, autoRefreshToken: false } };
  return createClient(setting('SUPABASE_URL')!, setting('SUPABASE_SERVICE_ROLE_KEY')!, options);
}

/** The database's side of the engine room, by way of REST. */
export function askBy(client: SupabaseClient): Ask {
  return async <T>(name: string, args: Record<string, unknown> = {}) => {
    const { data, error } = await client.schema('worker').rpc(name, args);
    if (error) throw new Refused(error.code, error.message);
    return data as T;
  };
}
