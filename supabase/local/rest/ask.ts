import type pg from 'pg';
import type { Catalog } from './catalog.ts';
import type { Caller } from './transaction.ts';

/** What the REST service needs. */
export interface RestDeps {
  /** Signs in as `authenticator`, which has no rights but to become the caller. */
  pool: pg.Pool;
  /** Any login that may listen and read the catalogue. */
  dbUrl: string;
  jwtSecret: string;
  schemas: string[];
  extraSearchPath: string[];
  maxRows: number;
}

/** One request on its way: what it is about and who sent it. */
export interface Ask {
  deps: RestDeps;
  catalog: Catalog;
  schema: string;
  request: Request;
  params: URLSearchParams;
  caller: Caller;
  searchPath: string;
}
