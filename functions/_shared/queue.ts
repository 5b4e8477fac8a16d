import type { Ask } from './database.ts';
import type { Job, Result } from './jobs.ts';
import type { Trouble } from './outcome.ts';

/** An errand under this worker's lease. */
export interface Claimed {
  readonly job: Job;
  readonly lease: string;
}

/** An errand to be done. */
export interface Errand {
  readonly kind: string;
  readonly organizationId?: string | undefined;
  /** Names rows; it does not copy them. */
  readonly payload?: Record<string, unknown>;
  /** With it, at most one such errand is open. */
  readonly dedupeKey?: string;
  readonly subject?: { readonly table: string; readonly id: string };
  readonly runAt?: Date;
}

/** The queue of errands, as workers use it. */
export interface Queue {
  enqueue(errand: Errand): Promise<number>;
  claim(kinds: readonly string[], atMost: number, leaseSeconds: number): Promise<Claimed[]>;
  complete(claimed: Claimed, result: Result, tookMs: number): Promise<void>;
  fail(claimed: Claimed, trouble: Trouble): Promise<void>;
  extend(claimed: Claimed, seconds: number): Promise<void>;
  /** Seconds until the lane lets another call out; 0 takes it. */
  permit(claimed: Claimed): Promise<number>;
}

interface Row {
  readonly id: number;
  readonly kind: string;
  readonly organization_id: string | null;
  readonly payload: Record<string, unknown>;
  readonly attempts: number;
  readonly look_first: boolean;
  readonly subject_table: string | null;
  readonly subject_id: string | null;
  readonly lease_token: string;
}

/** The queue in the database. */
export function queueBy(ask: Ask): Queue {
  const mine = ({ job, lease }: Claimed) => ({ job: job.id, lease });
  return {
    enqueue: ({ kind, organizationId, payload, dedupeKey, subject, runAt }) =>
      ask('enqueue', {
        kind,
        organization: organizationId ?? null,
        payload: payload ?? {},
        dedupe_key: dedupeKey ?? null,
        subject_table: subject?.table ?? null,
        subject_id: subject?.id ?? null,
        ...(runAt ? { run_at: runAt.toISOString() } : {}),
      }),
    claim: async (kinds, atMost, leaseSeconds) => {
      const rows = await ask<Row[]>('claim', { kinds, at_most: atMost, lease_seconds: leaseSeconds });
      return rows.map(claimedFrom);
    },
    complete: async (claimed, result, tookMs) =>
      void (await ask('complete', { ...mine(claimed), result, took_ms: Math.round(tookMs) })),
    fail: async (claimed, { outcome, code, message, retryAfter }) => {
      const error = { class: outcome, code, message, retry_after: retryAfter ?? null };
      await ask('fail', { ...mine(claimed), ...error });
    },
    extend: async (claimed, seconds) => void (await ask('extend', { ...mine(claimed), lease_seconds: seconds })),
    permit: (claimed) => ask('permit', mine(claimed)),
  };
}

function claimedFrom(row: Row): Claimed {
  const { subject_table: table, subject_id: id } = row;
  const job: Job = {
    id: row.id,
    kind: row.kind,
    organizationId: row.organization_id ?? undefined,
    payload: row.payload,
    attempts: row.attempts,
    lookFirst: row.look_first,
    subject: table && id ? { table, id } : undefined,
  };
  return { job, lease: row.lease_token };
}
