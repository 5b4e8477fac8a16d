import type { Failure } from '../kernel/failure.ts';

/** The values of a row, or of a part of it, by column name. */
export type Values = Record<string, unknown>;

/** A row as the database and the device both hold it. */
export type Row = Values & { id: string; organization_id: string };

/** What the replica must know of one synced table; generated from the database. */
export interface TableInfo {
  readonly columns: readonly string[];
  /** Columns a person may give when inserting; the server fills in the others. */
  readonly insertable: readonly string[];
  readonly writable: readonly string[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly indexes: readonly string[];
  /** Columns whose values rest encrypted on the device (S29); none when left out. */
  readonly sealed?: readonly string[];
}

/** The synced tables by name. */
export type Tables = Readonly<Record<string, TableInfo>>;

/** One step of an intent as a feature drafts it; `expect` is what the screen shows until the server has spoken. */
export type OperationDraft =
  | { readonly op: 'ins'; readonly t: string; readonly id: string; readonly v: Values; readonly expect?: Values }
  /** `b` is what the person saw where that is not the row on screen: the others' values in a comparison. */
  | { readonly op: 'upd'; readonly t: string; readonly id: string; readonly v: Values; readonly b?: Values }
  | { readonly op: 'del'; readonly t: string; readonly id: string }
  | {
      readonly op: 'cmd';
      readonly t: string;
      readonly id: string;
      readonly cmd: string;
      readonly args: Values;
      readonly seen: Values;
      readonly expect: Values;
    };

/** An operation with its base values `b`: what the person saw in the fields they changed. */
export type Operation = OperationDraft & { readonly b?: Values };

/** A file that travels with an intent, and the operations to send once it has arrived. */
export interface FileDraft {
  readonly path: string;
  readonly bucket: string;
  readonly data: ArrayBuffer;
  readonly mime_type: string;
  readonly then?: readonly OperationDraft[];
}

/** An intent before it is written: its wire name, its organisation, its operations and files. */
export interface IntentDraft {
  readonly name: string;
  readonly organization_id: string;
  readonly operations: readonly OperationDraft[];
  readonly files?: readonly FileDraft[];
}

/** An intent in the outbox; `acked` ones wait, still painted, for the pull that brings their rows home. */
export interface Intent {
  seq?: number;
  id: string;
  organization_id: string;
  name: string;
  ops: Operation[];
  /** `table:id` of every row it touches. */
  rows: string[];
  state: 'queued' | 'acked';
  /** Device time, for display only. */
  at: string;
  /** The intent whose arrived file asked for this one. */
  follows?: string;
}

/** A field that two wanted differently; the rest is missing in notices of earlier versions. */
export interface ContestedField {
  field: string;
  mine: unknown;
  theirs: unknown;
  table?: string;
  row_id?: string;
  /** The login that had changed the row last, by the server's word; null when no person did. */
  by?: string | null;
  /** When that was, as an ISO 8601 instant of the server. */
  changed_at?: string | null;
  /** The version of the row that says what theirs is. */
  version?: number;
}

/** What a refused or conflicting intent leaves behind for its author. */
export interface Notice {
  id: string;
  name: string;
  organization_id: string;
  kind: 'conflict' | 'refused';
  code: string;
  fields: ContestedField[];
  table: string;
  row_id: string;
  /** What the person wanted, complete, so that it can be issued again. */
  ops: Operation[];
  at: string;
  /** Its place in the outbox, for order (S22). */
  seq?: number;
}

/** What a person decided about one row of a notice. */
export interface Resolution {
  /** Fields that stay as the others made them. */
  readonly leave?: readonly string[];
  /** Values the person chose in place of those they had wanted. */
  readonly values?: Values;
  /** What the person had before their eyes when they decided: the base values of what is sent. */
  readonly seen?: Values;
}

/** Decisions by row key. */
export type Resolutions = Readonly<Record<string, Resolution>>;

/** Notices that a person settled against their own wish; kept for a while, so that they can change their mind. */
export interface Settled {
  notices: Notice[];
  /** `theirs` and `discarded` sent nothing, `mixed` sent a part. */
  how: 'theirs' | 'discarded' | 'mixed';
  /** Device time. */
  at: string;
}

/** A file on the device: `waiting` to be sent, `held` with a refused intent, `refused` by the store, `here` when both sides have it. */
export interface StoredFile {
  path: string;
  bucket: string;
  organization_id: string;
  mime_type: string;
  size: number;
  state: 'waiting' | 'held' | 'refused' | 'here';
  then: readonly OperationDraft[];
  intent: string | null;
  used_at: number;
  /** Where the store keeps what has arrived of it so far (S30). */
  upload_url?: string | undefined;
  /** How many bytes have arrived, for display (S32). */
  sent?: number | undefined;
}

/** Where a device stands in the server's history; only the server reads inside, except for organisations and scopes. */
export interface Cursor {
  e?: string;
  s?: Record<string, { o: string; [part: string]: unknown }>;
}

/** The answer to a pull: next cursor, more to come, organisations to sweep, columns, rows and ids gone, by table. */
export interface PullReply {
  c: Cursor;
  m: boolean;
  w: string[];
  k: Record<string, string[]>;
  r: Record<string, unknown[][]>;
  g: Record<string, string[]>;
}

/** A pull about to be sent: the cursor it is asked with, and the intents already acknowledged at that moment (S13). */
export interface PullRequest {
  readonly sent: string;
  readonly cursor: Cursor;
  readonly acked: readonly number[];
}

/** A page of a listing with what was known when it was asked for; kept as it came until it is unpacked into rows (S26). */
export interface Page {
  readonly reply: PullReply;
  /** The epoch of the cursor it was asked with. */
  readonly epoch: string | undefined;
  readonly acked: readonly number[];
}

/** The protocol this app speaks; a server that needs a newer one refuses `update_needed` (S28). */
export const CLIENT_VERSION = 2;

/** An intent as it travels. */
export interface WireMutation {
  id: string;
  org: string;
  name: string;
  ops: Values[];
}

/** The server's verdict on one intent; `dup` when it was given before. */
export interface PushResult {
  id: string;
  s?: 'applied' | 'merged' | 'conflict' | 'rejected' | null;
  code?: string;
  msg?: string;
  dup?: boolean;
  /** `by` and `at` tell who had changed a row before a merge touched it. */
  ops?: { s?: string; t?: string; row?: Row; del?: string; f?: string[]; by?: string | null; at?: string | null }[];
}

/** The server as the engine sees it. Throws a weather failure, or the refusals `signed_out` and `update_needed`. */
export interface SyncRemote {
  pull(cursor: Cursor, maxRows: number): Promise<PullReply>;
  push(client: string, mutations: WireMutation[]): Promise<PushResult[]>;
}

/** One file's way to the store, over as many attempts as it takes. */
export interface Passage {
  /** Where the store keeps what has arrived; undefined before it began. */
  readonly address: string | undefined;
  /** Keeps the address for the next attempt; undefined forgets it. */
  keep(address: string | undefined): Promise<void>;
  /** Hears how many bytes are there. */
  sent(bytes: number): void;
  /** Aborts when files must wait. */
  readonly signal: AbortSignal;
}

/**
 * The file store as the upload lane sees it. `upload` overwrites, so that it may be repeated, and continues where the
 * passage says if it can; `download` gives undefined while a file has not arrived.
 */
export interface BlobRemote {
  upload(bucket: string, path: string, data: ArrayBuffer, mimeType: string, passage?: Passage): Promise<void>;
  download(bucket: string, path: string): Promise<ArrayBuffer | undefined>;
}

/** Hints that something changed in a scope. `watch` replaces the watched scopes and calls back on every hint and every (re)join. */
export interface PokeSource {
  watch(scopes: readonly string[], onPoke: () => void): void;
  stop(): void;
}

/** Whether there is a network, as far as the device can tell. */
export interface Connectivity {
  readonly online: boolean;
  onChange(listener: () => void): () => void;
  /** The outcome of a real request, which knows better than the device. */
  report(reached: boolean): void;
}

/** The state of the line and the battery; undefined where the device does not say. Plain data, so that a page can tell a worker. */
export interface Conditions {
  readonly metered: boolean | undefined;
  readonly low_battery: boolean | undefined;
  onChange(listener: () => void): () => void;
}

/** Why files wait although there is a network: the person paused them, or asked to spare a metered line or the battery. */
export type FilesWait = 'paused' | 'metered' | 'low_battery';

/** One tab of many leads; `lead` runs `work` once leadership is won and gives it up when the signal aborts. */
export interface LeaderLock {
  lead(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void>;
}

/** Time and chance, so that storms can own them. */
export interface Clock {
  now(): number;
  random(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** What the leader is doing right now, shared with every tab through the database. */
export interface Activity {
  online: boolean;
  sending: number;
  problem: string | null;
  /** Files on their way at this moment. */
  uploading?: number;
  files_wait?: FilesWait | null;
}

/** Called when a lane meets a failure that only we can mend. */
export type ReportFailure = (failure: Failure) => void;

/** The key of a row among all tables. */
export const rowKey = (table: string, id: string): string => `${table}:${id}`;

/** Takes a row key apart. */
export function splitKey(key: string): [table: string, id: string] {
  const at = key.indexOf(':');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** Orders notices as their intents were made, oldest first. */
export const byAge = (a: Pick<Notice, 'at' | 'seq'>, b: Pick<Notice, 'at' | 'seq'>): number =>
  a.seq !== undefined && b.seq !== undefined ? a.seq - b.seq : a.at.localeCompare(b.at);
