import { weather } from '../kernel/failure.ts';
import type { Passage } from '../sync/protocol.ts';
import { fileRefused } from './file-failures.ts';
import type { Send } from './send.ts';
import { carry } from './upload-carrier.ts';

/** Hosted Storage wants pieces of exactly this size, the last one excepted. */
const PIECE = 6 * 1024 * 1024;
const DOOR = '/storage/v1/upload/resumable';
const VERSION = { 'tus-resumable': '1.0.0' };
/** Asked of every request, because the one that brings the last byte decides (S18). */
const OVERWRITE = { 'x-upsert': 'true' };

/** A file to send and where it goes. */
export interface Cargo {
  readonly bucket: string;
  readonly path: string;
  readonly data: ArrayBuffer;
  readonly mime_type: string;
}

/**
 * Sends a file in pieces by TUS 1.0.0 and continues where an earlier attempt ended (S30). False when this server does
 * not take pieces. Throws weather, which the next attempt continues from, or a refusal of this file.
 */
export async function sendInPieces(send: Send, cargo: Cargo, passage: Passage): Promise<boolean> {
  let address = passage.address;
  let offset = address === undefined ? undefined : await offsetAt(send, address);
  if (address === undefined || offset === undefined) {
    address = await begin(send, cargo);
    if (!address) return false;
    await passage.keep(address);
    offset = 0;
  }
  passage.sent(offset);
  while (offset < cargo.data.byteLength) offset = await sendPiece(send, address, cargo, offset, passage);
  return true;
}

/** How much has arrived; undefined for an upload that ran out or is unknown, which starts over (S30). */
async function offsetAt(send: Send, address: string): Promise<number | undefined> {
  const response = await send(address, { method: 'HEAD', headers: VERSION });
  if (response.ok) return offsetOf(response);
  const passing = response.status >= 500 || [401, 408, 423, 429].includes(response.status);
  if (passing) throw await fileRefused(response);
  return undefined;
}

function offsetOf(response: Response): number {
  const offset = Number(response.headers.get('upload-offset') ?? NaN);
  if (!Number.isInteger(offset))
    throw weather('offline', 'something between here and the server answered in its place');
  return offset;
}

/** Asks for an address to send to; undefined when this server does not know of pieces. */
async function begin(send: Send, { bucket, path, data, mime_type }: Cargo): Promise<string | undefined> {
  const about = { bucketName: bucket, objectName: path, contentType: mime_type, cacheControl: '31536000' };
  const metadata = Object.entries(about).map(([name, value]) => `${name} ${btoa(value)}`);
  const headers = { 'upload-length': String(data.byteLength), 'upload-metadata': metadata.join() };
  const response = await send(DOOR, { method: 'POST', headers: { ...VERSION, ...OVERWRITE, ...headers } });
  if ([404, 405, 501].includes(response.status)) return undefined;
  if (response.status !== 201) throw await fileRefused(response);
  // Only the id counts: a server behind a proxy may not know its own address, and nothing is sent to a foreign one.
  const id = response.headers.get('location')?.split(/[/?]/).findLast(Boolean);
  return id && `${DOOR}/${id}`;
}

/** Sends the next piece and answers how much has arrived then. */
async function sendPiece(
  send: Send,
  address: string,
  { data }: Cargo,
  offset: number,
  passage: Passage,
): Promise<number> {
  const body = new Uint8Array(data, offset, Math.min(PIECE, data.byteLength - offset));
  const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
  const via = carry(passage.signal, (bytes) => passage.sent(offset + bytes));
  const response = await send(address, {
    method: 'PATCH',
    headers: { ...VERSION, ...OVERWRITE, ...headers },
    body,
    via,
  });
  if (response.status === 409) return moved(await offsetAt(send, address), offset);
  if (response.status === 404 || response.status === 410) {
    await passage.keep(undefined);
    throw weather('upload_lost', 'the server has forgotten the upload; the next attempt begins anew');
  }
  if (response.status === 400 && !(await isStorageWord(response)))
    throw weather('server_busy', 'another sender has the upload');
  if (!response.ok) throw await fileRefused(response);
  return moved(offsetOf(response), offset);
}

/** The protocol's own refusals come in plain words, those of Storage as objects. */
const isStorageWord = async (response: Response): Promise<boolean> => (await response.clone().text()).startsWith('{');

/** Another sender may be ahead; one that stands still is left to the next beat. */
function moved(now: number | undefined, before: number): number {
  if (now === undefined || now === before) throw weather('server_busy', 'the upload does not move');
  return now;
}
