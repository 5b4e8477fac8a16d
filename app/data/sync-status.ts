import type { ReactiveControllerHost } from 'lit';
import type { FilesWait, StoredFile } from '../sync/protocol.ts';
import { isThumbnail, readBatch, type Batch } from '../sync/upload-progress.ts';
import { localDatabase } from './db.ts';
import { LiveQuery } from './live-query.ts';
import { attentionCount } from './needs-attention.ts';
import type { TableName } from './schema.gen.ts';

/** The truth about this person's work: on the server, only here, on its way, or waiting for them. */
export interface SyncStatus {
  readonly state: 'saved' | 'saved_here' | 'sending' | 'needs_you';
  readonly online: boolean;
  /** Intents that the server has not taken yet. */
  readonly waiting: number;
  readonly sending: number;
  /** Photos and documents that the server does not have yet. */
  readonly files_waiting: number;
  /** How far those are that are on their way; undefined while none is. */
  readonly uploading: Uploading | undefined;
  /** Why files wait although there is a network. */
  readonly files_wait: FilesWait | null;
  readonly needs_you: number;
  /** ISO 8601 instant of the last complete pull, null before the first. */
  readonly last_synced_at: string | null;
  readonly first_sync_done: boolean;
  /** Whether rows that are here already are still being put where lists find them (S26). */
  readonly unpacking: boolean;
  /** Why nothing moves although there is a network: `signed_out`, `device_full`, or another stable word. */
  readonly problem: string | null;
}

/** "2 of 5 photos, 43 %". */
export interface Uploading {
  readonly at: number;
  readonly of: number;
  readonly percent: number;
}

/** The status now; live inside a `LiveQuery`. */
export async function syncStatus(): Promise<SyncStatus> {
  const { replica } = localDatabase();
  const { outbox, files, pages } = replica.store;
  const [activity, waiting, left, batch, kept, needs_you, last] = await Promise.all([
    replica.activity(),
    outbox.where('state').equals('queued').count(),
    files.where('state').equals('waiting').toArray(),
    readBatch(replica),
    pages.count(),
    attentionCount(),
    replica.lastSyncedAt(),
  ]);
  const { online, problem, files_wait = null } = activity;
  const photos = left.filter(({ path }) => !isThumbnail(path)).length;
  const files_waiting = photos || left.length;
  const uploading = online && activity.uploading && left.length ? progressOf(batch, left, photos) : undefined;
  const sending = Math.min(activity.sending, waiting + files_waiting);
  const facts = { online, problem, waiting, sending, files_waiting, uploading, files_wait, needs_you };
  return { state: stateOf(facts), ...facts, last_synced_at: last, first_sync_done: last !== null, unpacking: kept > 0 };
}

/** What a phone has handed to its line is not yet there: nothing is at 100 % before the server says so. */
export const percentOf = (sent: number, size: number): number =>
  Math.min(99, Math.floor((100 * sent) / Math.max(1, size)));

function progressOf(batch: Batch, left: readonly StoredFile[], photos: number): Uploading {
  const of = batch.files + photos;
  const sent = left.reduce((sum, file) => sum + (file.sent ?? 0), batch.bytes);
  const all = left.reduce((sum, file) => sum + file.size, batch.bytes);
  return { at: Math.min(batch.files + 1, of), of, percent: percentOf(sent, all) };
}

/** The one word of the badge: what needs the person comes first, then what moves, then what is only here. */
export function stateOf(
  facts: Pick<SyncStatus, 'waiting' | 'sending' | 'files_waiting' | 'uploading' | 'needs_you' | 'problem'>,
): SyncStatus['state'] {
  if (facts.needs_you > 0 || facts.problem) return 'needs_you';
  if (facts.sending > 0 || facts.uploading) return 'sending';
  return facts.waiting + facts.files_waiting > 0 ? 'saved_here' : 'saved';
}

/** The ids of a table's rows with changes that are only on this device; live inside a `LiveQuery`. */
export async function waitingIds(table: TableName): Promise<Set<string>> {
  return localDatabase().replica.waitingIds(table);
}

/** The status, kept fresh for an element. */
export class SyncStatusController extends LiveQuery<SyncStatus> {
  constructor(host: ReactiveControllerHost) {
    super(host, syncStatus);
  }
}
