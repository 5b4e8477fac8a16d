import { reissue } from '../sync/decisions.ts';
import type { StoredFile, Values } from '../sync/protocol.ts';
import { changeWishes, readWishes, type UploadWishes } from '../sync/upload-gate.ts';
import { isThumbnail } from '../sync/upload-progress.ts';
import { localDatabase } from './db.ts';

export type { UploadWishes } from '../sync/upload-gate.ts';
export type { FilesWait } from '../sync/protocol.ts';

/** A photo or document that only this device has: on its way, or refused by the server. */
export interface WaitingFile {
  readonly path: string;
  /** What the person's own device called it, where its row says. */
  readonly name: string | undefined;
  readonly mime_type: string;
  readonly size: number;
  /** Bytes that the server has already. */
  readonly sent: number;
  readonly refused: boolean;
}

/** Everything that waits to be sent, thumbnails left out; live inside a `LiveQuery`. */
export async function waitingFiles(): Promise<WaitingFile[]> {
  const { files } = localDatabase().replica.store;
  const found = await files.where('state').anyOf('waiting', 'refused').toArray();
  const shown = found.filter(({ path, state }) => state === 'refused' || !isThumbnail(path));
  return Promise.all(shown.map(described));
}

async function described(file: StoredFile): Promise<WaitingFile> {
  const { path, mime_type, size, sent = 0, state } = file;
  return { path, mime_type, size, sent, refused: state === 'refused', name: await nameOf(file) };
}

/** The row that a file belongs to may keep the name that the file had. */
async function nameOf({ then }: StoredFile): Promise<string | undefined> {
  const [about] = then;
  const row: Values | undefined = about && (await localDatabase().replica.table(about.t).get(about.id));
  return typeof row?.['original_name'] === 'string' ? row['original_name'] : undefined;
}

/** Sends a file again that the server refused; what it was about stands in the tray no more. */
export async function sendFileAgain(path: string): Promise<void> {
  const { replica } = localDatabase();
  const notice = (await replica.store.files.get(path))?.intent;
  if (notice) await reissue(replica, notice);
}

/** What the person asked of photos on this device; live inside a `LiveQuery`. */
export const uploadWishes = (): Promise<UploadWishes> => readWishes(localDatabase().replica);

/** Changes some of these wishes. Throws the refusal `device_full`. */
export const wishUploads = (change: UploadWishes): Promise<void> => changeWishes(localDatabase().replica, change);
