import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** An upload that arrives in pieces. */
export interface Part {
  id: string;
  bucket: string;
  name: string;
  /** How many bytes it will have. */
  length: number;
  type: string;
  cacheControl: string;
  metadata: Record<string, unknown> | null;
  /** Milliseconds since 1970. */
  created: number;
  /** Its object stands; only the answer to a sender who missed it is left. */
  done: boolean;
}

/** Uploads in pieces, kept on disk so that a stack that was stopped goes on with them. */
export interface Parts {
  create(about: Omit<Part, 'id' | 'created' | 'done'>): Promise<Part>;
  /** Undefined when there never was one of that id or it was swept away. */
  find(id: string): Promise<Part | undefined>;
  /** How many bytes have arrived. */
  offset(part: Part): Promise<number>;
  /** Adds bytes until the stream ends, breaks or `signal` aborts; what came before counts. False when there are too many. */
  append(part: Part, body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<boolean>;
  read(part: Part): ReadableStream;
  /** Keeps the word that it is complete, and lets its bytes go. */
  finish(part: Part): Promise<void>;
  remove(part: Part): Promise<void>;
  isExpired(part: Part): boolean;
  expiresAt(part: Part): Date;
}

const LIFETIME = 24 * 60 * 60 * 1000;
/** How long the word "gone" is kept for an upload that ran out, before it becomes "unknown". */
const MOURNING = 7 * LIFETIME;
const ID = /^[0-9a-f-]{36}$/;

/** Opens the unfinished uploads of a data directory and sweeps away those that ran out. */
export async function openParts(folder: string, now: () => number = Date.now): Promise<Parts> {
  await mkdir(folder, { recursive: true });
  const about = (id: string) => join(folder, `${id}.json`);
  const bytes = (id: string) => join(folder, `${id}.part`);
  const keep = (part: Part) => writeFile(about(part.id), JSON.stringify(part), { flush: true });
  const find = async (id: string): Promise<Part | undefined> =>
    ID.test(id) ? readFile(about(id), 'utf8').then((text) => JSON.parse(text) as Part, missing) : undefined;
  const remove = async ({ id }: Part): Promise<void> => {
    for (const file of [bytes(id), about(id)]) await rm(file, { force: true });
  };
  const age = ({ created }: Part): number => now() - created;

  const sweep = async (): Promise<void> => {
    for (const file of await readdir(folder)) {
      const part = file.endsWith('.json') ? await find(file.slice(0, -'.json'.length)) : undefined;
      if (part && age(part) > LIFETIME) await rm(bytes(part.id), { force: true });
      if (part && age(part) > MOURNING) await remove(part);
    }
  };
  await sweep();

  return {
    find,
    remove,
    create: async (draft) => {
      await sweep();
      const part: Part = { ...draft, id: randomUUID(), created: now(), done: false };
      await writeFile(bytes(part.id), '');
      await keep(part);
      return part;
    },
    offset: async (part) => (part.done ? part.length : stat(bytes(part.id)).then(({ size }) => size)),
    append: (part, body, signal) => append(bytes(part.id), part.length, body, signal),
    read: ({ id }) => Readable.toWeb(createReadStream(bytes(id))) as ReadableStream,
    finish: async (part) => {
      await keep({ ...part, done: true });
      await rm(bytes(part.id), { force: true });
    },
    isExpired: (part) => age(part) > LIFETIME,
    expiresAt: ({ created }) => new Date(created + LIFETIME),
  };
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function append(
  file: string,
  length: number,
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<boolean> {
  const handle = await open(file, 'a');
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    let { size } = await handle.stat();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if ((size += read.value.byteLength) > length) return false;
      await handle.appendFile(read.value);
    }
    return true;
  } catch {
    return true; // the sender is gone; what it sent is not
  } finally {
    signal.removeEventListener('abort', stop);
    await handle.datasync();
    await handle.close();
  }
}
