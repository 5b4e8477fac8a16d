import type pg from 'pg';
import type { Hub } from './hub.ts';

/** What channels and the REST side share. */
export interface Gateway {
  hub: Hub;
  pool: pg.Pool;
  secret: Uint8Array;
  now: () => Date;
  /** Milliseconds between checks of what a joined channel may still do. */
  confirmEvery: number;
}
