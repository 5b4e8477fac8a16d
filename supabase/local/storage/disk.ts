import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** Bytes that arrived whole. */
export interface Arrived {
  version: string;
  size: number;
  /** Quoted MD5, as S3 gives it. */
  eTag: string;
}

/** Where the bytes of objects are: one file a version, named by its random id, so that no name from outside meets the disk. */
export interface Disk {
  /** Keeps a stream; undefined when it is longer than `limit` bytes, and then nothing is kept. */
  write(body: ReadableStream | null, limit: number): Promise<Arrived | undefined>;
  copy(version: string): Promise<string>;
  read(version: string, range?: { start: number; end: number }): ReadableStream;
  remove(versions: string[]): Promise<void>;
  has(version: string): boolean;
}

const fileOf = (root: string, version: string): string => join(root, version.slice(0, 2), version);

/** Opens the store of a data directory and clears away uploads that a crash cut short. */
export async function openDisk(root: string): Promise<Disk> {
  const drafts = join(root, 'drafts');
  await mkdir(drafts, { recursive: true });
  for (const name of await readdir(drafts)) await rm(join(drafts, name), { force: true });
  return {
    write: (body, limit) => write(root, drafts, body, limit),
    copy: async (version) => {
      const twin = randomUUID();
      await mkdir(join(root, twin.slice(0, 2)), { recursive: true });
      await copyFile(fileOf(root, version), fileOf(root, twin));
      return twin;
    },
    read: (version, range) => Readable.toWeb(createReadStream(fileOf(root, version), range)) as ReadableStream,
    remove: async (versions) => {
      for (const version of versions) await rm(fileOf(root, version), { force: true });
    },
    has: (version) => existsSync(fileOf(root, version)),
  };
}

async function write(
  root: string,
  drafts: string,
  body: ReadableStream | null,
  limit: number,
): Promise<Arrived | undefined> {
  const version = randomUUID();
  const draft = join(drafts, version);
  const meter = new Meter(limit);
  const source = body ? Readable.fromWeb(body as NodeReadableStream) : Readable.from([]);
  try {
    await pipeline(source, meter, createWriteStream(draft, { flush: true }));
    if (meter.size > limit) return undefined;
    await settle(draft, root, version);
    return { version, size: meter.size, eTag: `"${meter.md5}"` };
  } finally {
    await rm(draft, { force: true });
  }
}

/** The bytes are on disk before their name is, and the name before anybody is told. */
async function settle(draft: string, root: string, version: string): Promise<void> {
  const folder = join(root, version.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await rename(draft, fileOf(root, version));
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Counts and fingerprints what passes; beyond the limit it lets the sender finish and keeps nothing. */
class Meter extends Transform {
  readonly #limit: number;
  readonly #hash = createHash('md5');
  size = 0;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  get md5(): string {
    return this.#hash.digest('hex');
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk?: Buffer) => void): void {
    this.size += chunk.length;
    if (this.size > this.#limit) return done(null);
    this.#hash.update(chunk);
    done(null, chunk);
  }
}
