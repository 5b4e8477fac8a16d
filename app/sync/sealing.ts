import { asFailure, refusal, type Failure } from '../kernel/failure.ts';
import type { PullReply, PushResult, SyncRemote, Tables, Values, WireMutation } from './protocol.ts';

/** Turns values into tokens and back. Both throw the weather failure `locked` while the key is out of reach; `open` throws the refusal `sealed_away` for a token of another key. */
export interface Sealer {
  /** Resolves when there is a key. */
  ready(): Promise<void>;
  seal(value: unknown): Promise<string>;
  open(token: string): Promise<unknown>;
}

/** How every token begins; what follows is base64. */
export const SEAL_MARK = 'sealed:1:';

/** Whether a value is a token that stands for another value. */
export const isSealed = (value: unknown): value is string => typeof value === 'string' && value.startsWith(SEAL_MARK);

/** The values with tokens in the place of sealed columns; what is empty or sealed already stays (S29). */
export async function sealValues(sealer: Sealer, tables: Tables, table: string, values: Values): Promise<Values> {
  const wanted = (tables[table]?.sealed ?? []).filter((column) => needsSeal(values[column]));
  const tokens = await Promise.all(wanted.map((column) => sealer.seal(values[column])));
  return { ...values, ...Object.fromEntries(wanted.map((column, at) => [column, tokens[at]])) };
}

const needsSeal = (value: unknown): boolean => value !== null && value !== undefined && !isSealed(value);

/** The same value with every token in it opened, however deep. */
export async function openSealed<T>(sealer: Pick<Sealer, 'open'>, value: T): Promise<T> {
  if (isSealed(value)) return (await sealer.open(value)) as T;
  if (Array.isArray(value)) return (await Promise.all(value.map((each) => openSealed(sealer, each)))) as T;
  if (typeof value !== 'object' || value === null || !holdsToken(value)) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, each]) => [key, await openSealed(sealer, each)] as const),
  );
  return Object.fromEntries(entries) as T;
}

function holdsToken(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isSealed(value);
  return Object.values(value).some(holdsToken);
}

/**
 * The server as a device with sealed columns meets it: what comes home is sealed before it is stored anywhere, and what
 * leaves is opened only on its way (S29). An intent that this device cannot open any more is refused here.
 */
export function sealedRemote(remote: SyncRemote, sealer: Sealer, tables: Tables): SyncRemote {
  return {
    pull: async (cursor, rows) => {
      await sealer.ready();
      return sealPage(sealer, tables, await remote.pull(cursor, rows));
    },
    push: async (client, mutations) => {
      const { fit, lost } = await openAll(sealer, mutations);
      const verdicts = fit.length ? await remote.push(client, fit) : [];
      return [...lost, ...(await Promise.all(verdicts.map((verdict) => sealVerdict(sealer, tables, verdict))))];
    },
  };
}

async function sealPage(sealer: Sealer, tables: Tables, reply: PullReply): Promise<PullReply> {
  const r = { ...reply.r };
  for (const [table, columns] of Object.entries(reply.k)) {
    const at = (tables[table]?.sealed ?? []).map((column) => columns.indexOf(column)).filter((place) => place >= 0);
    if (at.length) r[table] = await Promise.all((r[table] ?? []).map((row) => sealPlaces(sealer, row, at)));
  }
  return { ...reply, r };
}

async function sealPlaces(sealer: Sealer, row: readonly unknown[], places: readonly number[]): Promise<unknown[]> {
  const sealed = [...row];
  for (const at of places) if (needsSeal(row[at])) sealed[at] = await sealer.seal(row[at]);
  return sealed;
}

async function sealVerdict(sealer: Sealer, tables: Tables, verdict: PushResult): Promise<PushResult> {
  if (!verdict.ops) return verdict;
  const ops = verdict.ops.map(async (op) =>
    op.row && op.t ? { ...op, row: (await sealValues(sealer, tables, op.t, op.row)) as typeof op.row } : op,
  );
  return { ...verdict, ops: await Promise.all(ops) };
}

async function openAll(
  sealer: Sealer,
  mutations: readonly WireMutation[],
): Promise<{ fit: WireMutation[]; lost: PushResult[] }> {
  const fit: WireMutation[] = [];
  const lost: PushResult[] = [];
  for (const mutation of mutations) {
    const opened = await openSealed(sealer, mutation).catch((thrown: unknown) => refused(asFailure(thrown)));
    if (opened) fit.push(opened);
    else lost.push({ id: mutation.id, s: 'rejected', code: 'sealed_away' });
  }
  return { fit, lost };
}

function refused(failure: Failure): undefined {
  if (failure.kind !== 'refusal') throw failure;
}

/** What `open` throws for a token that this device's key did not make. */
export const sealedAway = (): Failure => refusal('sealed_away', 'sealed with a key this device no longer has');
