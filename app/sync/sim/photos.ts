import { isDeepStrictEqual } from 'node:util';
import { refusal, weather } from '../../kernel/failure.ts';
import type { BlobRemote, IntentDraft } from '../protocol.ts';
import type { Chance } from './chance.ts';
import type { SimDatabase } from './database.ts';
import type { Device } from './device.ts';
import { promise } from './ledger.ts';

/** A file store that forgets requests and refuses a file now and then; and the promises about files. */
export class Photos {
  readonly #db: SimDatabase;
  readonly #chance: Chance;
  /** What people photographed, by device and path, until they throw it away. */
  readonly #taken = new Map<Device, Map<string, Uint8Array>>();
  readonly #stored = new Map<string, Uint8Array>();
  #arriving: string[][] = [];

  constructor(db: SimDatabase, chance: Chance) {
    this.#db = db;
    this.#chance = chance;
  }

  /** The store as devices see it. */
  readonly remote: BlobRemote = {
    upload: async (bucket, path, data) => {
      if (this.#chance.yes(0.2)) throw weather('offline', 'the upload was cut off');
      if (this.#chance.yes(0.1)) throw refusal('file_not_accepted', 'the store does not like it');
      this.#stored.set(path, new Uint8Array(data));
      this.#arriving.push([bucket, path]);
    },
    download: async () => undefined,
  };

  /** Tells the database what arrived: once per run, so that four lanes keep the order of a seed. */
  async file(): Promise<void> {
    for (const object of this.#arriving.splice(0))
      await this.#db.query(
        'insert into storage.objects (bucket_id, name) values ($1, $2) on conflict do nothing',
        object,
      );
  }

  /** A person photographed something. */
  taken(device: Device, { files = [] }: IntentDraft): void {
    const taken = this.#of(device);
    for (const { path, data } of files) taken.set(path, new Uint8Array(data));
  }

  /** A person throws an intent away, and with it the files that it alone wanted. */
  async discarded(device: Device, intent: string): Promise<void> {
    const files = await device.replica.store.files.where('intent').equals(intent).toArray();
    for (const { path, state } of files) if (state === 'held' || state === 'refused') this.#of(device).delete(path);
  }

  /** No photo is lost: the device keeps its bytes, and what it takes for sent the store has (S15, S18). */
  async kept(device: Device): Promise<void> {
    const { bytes, files } = device.replica.store;
    for (const [path, data] of this.#of(device)) {
      const held = (await bytes.get(path))?.data;
      promise(held && isDeepStrictEqual(new Uint8Array(held), data), `S15: the bytes of ${path} are lost`);
      const file = await files.get(path);
      promise(file, `S15: ${path} is forgotten`);
      const there = file.state !== 'here' || isDeepStrictEqual(this.#stored.get(path), data);
      promise(there, `S18: ${path} counts as sent although the store does not have it`);
      if (file.state === 'held' || file.state === 'refused') await this.#noticed(device, path, file.intent);
    }
  }

  async #noticed(device: Device, path: string, intent: string | null): Promise<void> {
    const notice = await device.replica.store.attention.get(intent ?? '');
    promise(notice, `S15: ${path} is held back and no notice says so`);
  }

  /** While a refusal waits for its author its files wait too, unsent (S15). */
  async heldWithTheirNotice(device: Device): Promise<void> {
    for (const id of await device.attention()) {
      const files = await device.replica.store.files.where('intent').equals(id).toArray();
      const notice = await device.replica.store.attention.get(id);
      const loose = files.filter(({ state }) => state === 'waiting');
      promise(
        notice?.kind === 'conflict' || !loose.length,
        `S15: ${loose[0]?.path} is sent although its intent was refused`,
      );
    }
  }

  #of(device: Device): Map<string, Uint8Array> {
    const taken = this.#taken.get(device) ?? new Map<string, Uint8Array>();
    this.#taken.set(device, taken);
    return taken;
  }
}
