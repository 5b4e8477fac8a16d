import type { BlobRemote, SyncRemote } from '../protocol.ts';
import type { MakeReplica } from './device.ts';
import type { Act } from './intents.ts';
import type { Fate } from './network.ts';

/** What to do, how long, and which bug to plant. */
export interface StormOptions {
  readonly seed: number;
  readonly steps: number;
  /** Where the storm takes place, for the command that repeats it. */
  readonly where?: 'postgres';
  readonly makeReplica?: MakeReplica;
  /** What stands between a device and the server, or the file store; planted bugs live here too. */
  readonly between?: (remote: SyncRemote) => SyncRemote;
  readonly betweenFiles?: (store: BlobRemote) => BlobRemote;
  /** Weights of fates, steps and intents other than the usual ones. */
  readonly weather?: Partial<Record<Fate, number>>;
  readonly mood?: Partial<Record<Step, number>>;
  readonly wishes?: Partial<Record<Act, number>>;
  /** What the clocks of devices say; a right one when left out. */
  readonly now?: () => number;
  /** Steps between two calms in which everything is compared. */
  readonly calmEvery?: number;
}

/** What happened, for the record. */
export type Tally = Record<string, number>;

/** What becomes of requests, by weight. */
export const fates: Readonly<Record<Fate, number>> = {
  delivered: 66,
  request_lost: 6,
  reply_lost: 6,
  twice: 3,
  late: 5,
  delayed: 3,
  echo: 3,
  busy: 2,
  expired: 2,
  crash: 6,
};

/** What happens next, by weight. */
export const steps = {
  intent: 42,
  push: 22,
  pull: 22,
  talk: 10,
  unpack: 16,
  files: 5,
  arrival: 3,
  crash: 2,
  notice: 3,
  membership: 2,
  desk: 4,
  assignment: 3,
  backup: 0.6,
  restore: 0.4,
  garbage: 0.6,
  offline: 0.5,
  away: 0.3,
} as const;

/** One kind of thing that may happen next. */
export type Step = keyof typeof steps;

/** What happens to the server, whichever device was drawn. */
export const upThere: ReadonlySet<Step> = new Set(['membership', 'desk', 'assignment', 'backup', 'restore', 'garbage']);
