import { liveQuery, type Subscription } from 'dexie';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { fetchFile } from '../sync/uploads.ts';
import type { BlobRemote } from '../sync/protocol.ts';
import { localDatabase } from './db.ts';

let blobs: Pick<BlobRemote, 'download'> | undefined;

/** Injects the store that files come from when this device does not hold them; main.ts calls it on sign-in. */
export function useBlobRemote(remote: Pick<BlobRemote, 'download'> | undefined): void {
  blobs = remote;
}

/** The bytes of a file: from this device, else fetched and kept; undefined while it has not arrived or there is no signal. */
export const fileBytes = async (
  path: string,
  bucket = 'receipts',
): Promise<{ data: ArrayBuffer; mime_type: string } | undefined> =>
  fetchFile(localDatabase().replica, blobs, bucket, path);

/** An object URL of a file; the caller revokes it. Undefined while the file has not arrived or there is no signal. */
export async function fileUrl(path: string): Promise<string | undefined> {
  const file = await fileBytes(path);
  return file && URL.createObjectURL(new Blob([file.data], { type: file.mime_type }));
}

/** Whether a file is still only on this device; used inside live queries. */
export async function fileIsWaiting(path: string): Promise<boolean> {
  const file = await localDatabase().replica.store.files.get(path);
  return file !== undefined && file.state !== 'here';
}

/** The object URL of a file for as long as its element is on screen. */
export class FileUrl implements ReactiveController {
  url: string | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #path: () => string | undefined;
  #shown: string | undefined;
  #arrival: Subscription | undefined;

  constructor(host: ReactiveControllerHost, path: () => string | undefined) {
    this.#host = host;
    this.#path = path;
    host.addController(this);
  }

  hostUpdate(): void {
    const path = this.#path();
    if (path === this.#shown) return;
    this.#release();
    this.#shown = path;
    if (path) void this.#load(path);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#release();
  }

  async #load(path: string): Promise<void> {
    const url = await fileUrl(path).catch(() => undefined);
    if (this.#shown !== path) return void (url && URL.revokeObjectURL(url));
    this.url = url;
    if (!url) this.#retryAfterSync(path);
    this.#host.requestUpdate();
  }

  /** The row may come before its photo: look again after each completed pull. */
  #retryAfterSync(path: string): void {
    let first = true;
    this.#arrival?.unsubscribe();
    this.#arrival = liveQuery(() => localDatabase().replica.store.meta.get('last_synced_at')).subscribe(() => {
      if (!first && this.#shown === path && !this.url) void this.#load(path);
      first = false;
    });
  }

  #release(): void {
    this.#arrival?.unsubscribe();
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = this.#shown = this.#arrival = undefined;
  }
}
