import { Refused, type Ask } from './database.ts';

/** The row of an errand in the database of a test. */
export interface MemoryJob {
  id: number;
  kind: string;
  organization_id: string | null;
  payload: Record<string, unknown>;
  dedupe_key: string | null;
  subject_table: string | null;
  subject_id: string | null;
  state: 'waiting' | 'running' | 'done' | 'dead';
  attempts: number;
  look_first: boolean;
  lease_token: string;
  run_at: number;
  error: string | null;
  result: object;
}

/** The named arguments of all functions taken together; each reads its own. */
type Args = {
  readonly at_most: number;
  readonly body: string;
  readonly class: string;
  readonly code: string;
  readonly dedupe_key: string | null;
  readonly event_id: string;
  readonly job: number;
  readonly kind: string;
  readonly kinds: readonly string[];
  readonly lease: string | null;
  readonly organization: string | null;
  readonly payload: Record<string, unknown>;
  readonly provider: string;
  readonly result: object;
  readonly retry_after: number | null;
  readonly seen_version: number;
  readonly state: string;
  readonly subject_id: string | null;
  readonly subject_table: string | null;
  readonly ticket: string;
};

/** The schema `worker` in memory, without limits and breakers: for tests of what stands on it. The real one is held to it by supabase/tests/jobs. */
export function memoryDatabase() {
  const jobs: MemoryJob[] = [];
  const events = new Map<string, Record<string, unknown> & { told: number }>();
  const held = new Map<string, Record<string, unknown> & { version: number; lease?: string | undefined }>();
  const tickets = new Map<string, Record<string, unknown>>();
  const connected: Record<string, unknown>[] = [];
  const permits: number[] = [];

  const mine = ({ job, lease }: Args): MemoryJob => {
    const found = jobs.find(({ id, lease_token, state }) => id === job && lease_token === lease && state === 'running');
    if (!found) throw new Refused('BL409', 'lease_lost');
    return found;
  };
  const place = ({ organization, provider }: Args): string => `${organization}/${provider}`;

  const functions: Record<string, (args: Args) => unknown> = {
    enqueue: ({ kind, organization, payload, dedupe_key, subject_table, subject_id }) => {
      const open = jobs.find(
        (job) => dedupe_key && job.dedupe_key === dedupe_key && job.kind === kind && job.state === 'waiting',
      );
      if (open) return open.id;
      const rest = { attempts: 0, look_first: false, lease_token: '', run_at: 0, error: null, result: {} };
      const named = { kind, organization_id: organization, payload, dedupe_key, subject_table, subject_id };
      jobs.push({ id: jobs.length + 1, ...named, state: 'waiting', ...rest });
      return jobs.length;
    },
    claim: ({ kinds, at_most }) =>
      jobs
        .filter(({ kind, state, run_at }) => kinds.includes(kind) && state === 'waiting' && run_at <= Date.now())
        .slice(0, at_most)
        .map((job) => {
          Object.assign(job, { state: 'running', attempts: job.attempts + 1, lease_token: crypto.randomUUID() });
          return { ...job };
        }),
    complete: (args) => Object.assign(mine(args), { state: 'done', result: args.result, error: null }),
    fail: (args) => {
      const job = mine(args);
      const outcome = args.class;
      job.look_first ||= outcome === 'unknown';
      job.error = `${outcome} ${args.code}`;
      job.state = outcome === 'fatal' && args.code !== 'sign_in_again' ? 'dead' : 'waiting';
      job.run_at = Date.now() + 1_000 * (args.retry_after ?? 60);
    },
    extend: (args) => void mine(args),
    permit: (args) => {
      mine(args);
      return permits.shift() ?? 0;
    },
    receive: ({ provider, event_id, body, organization }) => {
      const key = `${provider}/${event_id}`;
      const known = events.get(key);
      if (known) known.told += 1;
      else {
        events.set(key, { body, organization, told: 1 });
        functions['enqueue']!({
          kind: `${provider}.webhook`,
          organization,
          payload: { event: events.size },
        } as unknown as Args);
      }
      return !known;
    },
    credentials: (args) => (held.has(place(args)) ? [{ ...held.get(place(args)) }] : []),
    lease_refresh: (args) => {
      const row = held.get(place(args));
      if (!row || row.lease || row.version !== args.seen_version) return null;
      return (row.lease = crypto.randomUUID());
    },
    release_refresh: (args) => void (held.get(place(args))!.lease = undefined),
    put_credentials: (args) => {
      const row = held.get(place(args));
      if (args.lease && row?.lease !== args.lease) throw new Refused('BL409', 'lease_lost');
      const version = (row?.version ?? 0) + 1;
      held.set(place(args), { ...args, version, lease: undefined });
      return version;
    },
    drop_credentials: (args) => void held.delete(place(args)),
    begin_connection: ({ ticket }) => {
      const found = tickets.get(ticket);
      tickets.delete(ticket);
      return found ? [found] : [];
    },
    return_connection: ({ state }) => {
      const found = tickets.get(state);
      tickets.delete(state);
      return found ? [found] : [];
    },
    connect: (args) => void connected.push(args),
  };
  const ask: Ask = async <T>(name: string, args: Record<string, unknown> = {}) => {
    await Promise.resolve();
    return functions[name]!(args as unknown as Args) as T;
  };
  return { ask, jobs, events, held, tickets, connected, permits };
}
