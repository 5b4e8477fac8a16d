import { asFailure, type Failure } from '../kernel/failure.ts';
import type { Activity, BlobRemote, Conditions, Notice, Passage, StoredFile } from './protocol.ts';
import type { Replica } from './replica.ts';
import { changeWishes, readWishes, reasonToWait, watchGate } from './upload-gate.ts';
import { countArrival, Progress } from './upload-progress.ts';

const PARALLEL = 4;
/** Bytes of files both sides have that a device keeps for reading offline (S23). */
const KEPT_BYTES = 100 * 1024 * 1024;

/** Sends files on their own lane, so that no row waits for a photo (S18). */
export class UploadLane {
  readonly #replica: Replica;
  readonly #blobs: BlobRemote;
  readonly #conditions: Conditions | undefined;
  readonly #progress: Progress;
  readonly #inFlight = new Set<string>();
  #cut = new AbortController();

  constructor(replica: Replica, blobs: BlobRemote, conditions?: Conditions) {
    this.#replica = replica;
    this.#blobs = blobs;
    this.#conditions = conditions;
    this.#progress = new Progress(replica);
  }

  /** Cuts what is on its way when files must wait and calls back when they may go again (S33); returns how to stop, which cuts too. */
  watch(free: () => void): () => void {
    void this.#tell({ uploading: 0 }).catch(() => undefined); // a crashed leader may have left a number
    const unwatch = watchGate(this.#replica, this.#conditions, (wait) => {
      if (wait) this.#cut.abort();
      else if (this.#cut.signal.aborted) this.#cut = new AbortController();
      free(); // also to say why they wait
    });
    return () => {
      unwatch();
      this.#cut.abort(); // a person who leaves does not wait for a photo: it continues next time (S30)
    };
  }

  /** Sends everything that waits, up to four at a time. Says whether there was any; throws the first weather failure once the others have ended. */
  async run(): Promise<boolean> {
    const wait = reasonToWait(await readWishes(this.#replica), this.#conditions);
    await this.#tell({ files_wait: wait });
    if (wait) return false;
    const waiting = await this.#replica.store.files.where('state').equals('waiting').primaryKeys();
    const queue = waiting.filter((path) => !this.#inFlight.has(path));
    if (!queue.length) return false;
    const abreast = Math.min(PARALLEL, queue.length);
    await this.#tell({ uploading: abreast });
    const lanes = Array.from({ length: abreast }, () => this.#drain(queue));
    const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
    await this.#progress.flush();
    await this.#tell({ uploading: 0 });
    if (failed) throw asFailure(failed.reason);
    await this.#settle();
    return !this.#cut.signal.aborted;
  }

  async #settle(): Promise<void> {
    await trim(this.#replica);
    const left = await this.#replica.store.files.where('state').equals('waiting').count();
    if (!left && (await readWishes(this.#replica)).anyway) await changeWishes(this.#replica, { anyway: false });
  }

  async #tell(change: Partial<Activity>): Promise<void> {
    const before = await this.#replica.activity();
    const news = Object.entries(change).some(
      ([key, value]) => (before[key as keyof Activity] || null) !== (value || null),
    );
    if (news) await this.#replica.setActivity(change);
  }

  async #drain(queue: string[]): Promise<void> {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      if (this.#cut.signal.aborted) return;
      this.#inFlight.add(path);
      await this.#send(path).finally(() => this.#inFlight.delete(path));
    }
  }

  async #send(path: string): Promise<void> {
    const { files, bytes } = this.#replica.store;
    const [file, stored] = [await files.get(path), await bytes.get(path)];
    const { signal } = this.#cut;
    if (file?.state !== 'waiting' || !stored || signal.aborted) return;
    try {
      await this.#blobs.upload(file.bucket, path, stored.data, file.mime_type, this.#passage(file, signal));
    } catch (thrown) {
      if (signal.aborted) return; // cut on purpose: it stays waiting, and what has arrived counts
      return this.#failed(path, asFailure(thrown));
    }
    await arrived(this.#replica, path);
  }

  /** The address is on disk before the first byte moves, so that a crash costs one piece at most (S30). */
  #passage({ path, upload_url }: StoredFile, signal: AbortSignal): Passage {
    const { files } = this.#replica.store;
    return {
      address: upload_url,
      keep: async (address) => void (await files.update(path, { upload_url: address })),
      sent: (bytes) => this.#progress.note(path, bytes),
      signal,
    };
  }

  /** Weather and a lost session stop the lane until the next beat; a refusal concerns this file alone. */
  async #failed(path: string, failure: Failure): Promise<void> {
    if (failure.kind !== 'refusal' || failure.code === 'signed_out') throw failure;
    await refused(this.#replica, path, failure.code);
  }
}

/** Marks a file as arrived and enqueues what waited for it, in one step; a second arrival changes nothing (S18, S31). */
async function arrived(replica: Replica, path: string): Promise<void> {
  await replica.store.step(async () => {
    const file = await replica.store.files.get(path);
    await replica.store.files.update(path, { upload_url: undefined, sent: undefined }); // a later sending begins anew
    if (file?.state !== 'waiting') return;
    await replica.store.files.update(path, { state: 'here' });
    await countArrival(replica, path, file.size);
    const visible = await Promise.all(file.then.map((op) => replica.table(op.t).get(op.id)));
    const operations = file.then.filter((_, at) => visible[at]); // a row deleted meanwhile waits for nothing
    const { organization_id, intent } = file;
    if (operations.length)
      await replica.enqueue({ name: 'files.arrived', organization_id, operations }, intent ?? undefined);
  });
}

/** The bytes stay here, and the person is told (S14, S18). */
async function refused(replica: Replica, path: string, code: string): Promise<void> {
  await replica.store.step(async () => {
    const file = await replica.store.files.get(path);
    if (file?.state !== 'waiting') return;
    const notice = fileNotice(replica, file, code);
    await replica.store.attention.put(notice);
    await replica.store.files.update(path, {
      state: 'refused',
      intent: notice.id,
      upload_url: undefined,
      sent: undefined,
    });
  });
}

function fileNotice(replica: Replica, file: StoredFile, code: string): Notice {
  const { path, organization_id, then } = file;
  const at = new Date(replica.now()).toISOString();
  const [about] = then;
  const where = { table: about?.t ?? '', row_id: about?.id ?? '' };
  return {
    id: `file:${path}`,
    name: 'files.upload',
    organization_id,
    kind: 'refused',
    code,
    fields: [],
    ops: [],
    at,
    ...where,
  };
}

/** The bytes of a file: from this device, else fetched and kept while there is room; undefined when neither has it. */
export async function fetchFile(
  replica: Replica,
  blobs: Pick<BlobRemote, 'download'> | undefined,
  bucket: string,
  path: string,
): Promise<{ data: ArrayBuffer; mime_type: string } | undefined> {
  const [file, stored] = [await replica.store.files.get(path), await replica.store.bytes.get(path)];
  if (file && stored) return { data: stored.data, mime_type: file.mime_type };
  const data = await blobs?.download(bucket, path);
  if (!data) return undefined;
  const mime_type = mimeOf(path);
  await keep(replica, bucket, path, data, mime_type).catch(() => undefined); // S23: a cache may fail, the picture may not
  return { data, mime_type };
}

async function keep(
  replica: Replica,
  bucket: string,
  path: string,
  data: ArrayBuffer,
  mime_type: string,
): Promise<void> {
  const { files, bytes } = replica.store;
  await replica.store.step(async () => {
    if (await files.get(path)) return;
    const about = { path, bucket, organization_id: path.split('/')[0] ?? '', mime_type, size: data.byteLength };
    await files.put({ ...about, state: 'here', then: [], intent: null, used_at: replica.now() });
    await bytes.put({ path, data });
  }, [files, bytes]);
  await trim(replica);
}

/** Lets go of the oldest files that the server has too, once they take more room than they should. */
async function trim(replica: Replica): Promise<void> {
  const { files, bytes } = replica.store;
  await replica.store.step(async () => {
    const kept = (await files.where('state').equals('here').toArray()).sort((a, b) => b.used_at - a.used_at);
    let room = KEPT_BYTES;
    const surplus = kept.filter(({ size }) => (room -= size) < 0).map(({ path }) => path);
    await files.bulkDelete(surplus);
    await bytes.bulkDelete(surplus);
  }, [files, bytes]);
}

const mimes: Readonly<Record<string, string>> = {
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  pdf: 'application/pdf',
};

const mimeOf = (path: string): string => mimes[path.split('.').at(-1)!.toLowerCase()] ?? 'image/jpeg';
