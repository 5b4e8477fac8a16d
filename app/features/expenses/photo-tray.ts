import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { asFailure, refusal } from '../../kernel/failure.ts';
import { newId } from '../../kernel/id.ts';
import { dropPhoto, keepPhoto, keptPhoto, type DraftChange, type DraftPhoto } from './drafts.ts';
import type { NewPhoto } from './mutations.ts';
import { preparePhoto } from './photos/prepare-photo.ts';
import type { ReadyPhoto } from './photos/shrink.ts';
import { MOST_RECEIPTS } from './rules.ts';

/** One photo on the tray: being made ready, kept on this device, or only on this screen because the device is full. */
export interface TrayItem {
  readonly id: string;
  readonly name: string;
  readonly state: 'preparing' | 'kept' | 'unkept';
  /** Object URL of the thumbnail. */
  readonly url?: string;
  readonly sha256?: string;
}

/** A file that could not become a photo of the claim, and why. */
export interface TrayRefusal {
  readonly name: string;
  readonly code: string;
}

/** What the tray asks of the claim it belongs to. */
export interface TrayOwner {
  /** Fingerprints of the photos the claim has already. */
  readonly taken: () => readonly (string | null)[];
  /** How many photos the claim has in all. */
  readonly room: () => number;
  readonly changed: (change: DraftChange) => void;
}

/** The new photos of a claim on this device, before they are sent. */
export class PhotoTray implements ReactiveController {
  items: readonly TrayItem[] = [];
  refused: readonly TrayRefusal[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #owner: TrayOwner;
  /** Photos a full device did not take; they live here until it does. */
  readonly #unkept = new Map<string, ReadyPhoto>();

  constructor(host: ReactiveControllerHost, owner: TrayOwner) {
    this.#host = host;
    this.#owner = owner;
    host.addController(this);
  }

  hostDisconnected(): void {
    for (const item of this.items) if (item.url) URL.revokeObjectURL(item.url);
  }

  /** Shows the photos of a kept draft; ones whose bytes are gone are left out. */
  async open(photos: readonly DraftPhoto[]): Promise<void> {
    const known = new Map(this.items.map((item) => [item.id, item]));
    const fresh = await Promise.all(photos.map(async (photo) => known.get(photo.id) ?? (await this.#reopened(photo))));
    const local = this.items.filter((item) => item.state !== 'kept');
    this.#show([...fresh.filter((item) => item !== undefined), ...local]);
  }

  async #reopened({ id, name, sha256 }: DraftPhoto): Promise<TrayItem | undefined> {
    const photo = await keptPhoto(id);
    return photo && { id, name, sha256, state: 'kept', url: thumbnailUrl(photo) };
  }

  /** Adds files one after the other; each that cannot be used is named in `refused` with the reason. */
  async add(files: readonly File[]): Promise<void> {
    this.refused = [];
    const room = Math.max(0, MOST_RECEIPTS - this.#owner.room());
    const places = files.slice(0, room).map((file) => ({ file, id: newId() }));
    for (const file of files.slice(room)) this.#refuse(file.name, 'too_many_receipts');
    const preparing = places.map(({ file, id }): TrayItem => ({ id, name: file.name, state: 'preparing' }));
    this.#show([...this.items, ...preparing]);
    for (const { file, id } of places) await this.#prepare(id, file);
  }

  async #prepare(id: string, file: File): Promise<void> {
    try {
      const photo = await preparePhoto(file);
      if (!this.items.some((item) => item.id === id)) return;
      if (this.#isTaken(photo.sha256)) throw refusal('photo_duplicate', 'the same image twice');
      await this.#keep(id, file.name, photo);
    } catch (thrown) {
      this.#show(this.items.filter((item) => item.id !== id));
      this.#refuse(file.name, asFailure(thrown).code);
    }
  }

  #isTaken(sha256: string): boolean {
    return this.#owner.taken().includes(sha256) || this.items.some((item) => item.sha256 === sha256);
  }

  async #keep(id: string, name: string, photo: ReadyPhoto): Promise<void> {
    const state = await keepPhoto(id, photo).then(
      () => 'kept' as const,
      () => 'unkept' as const,
    );
    if (state === 'kept') this.#unkept.delete(id);
    else this.#unkept.set(id, photo);
    const before = this.items.find((item) => item.id === id);
    const url = before?.url ?? thumbnailUrl(photo);
    this.#replace(id, { id, name, state, sha256: photo.sha256, url });
    if (state === 'kept') this.#owner.changed({ add: described(id, name, photo), choose: 'receipts' });
    else this.#refuse(name, 'device_full');
  }

  /** Tries again to keep the photos a full device refused. */
  async keepAgain(): Promise<void> {
    this.refused = [];
    for (const [id, photo] of this.#unkept) {
      await this.#keep(id, this.items.find((item) => item.id === id)?.name ?? '', photo);
    }
    this.#host.requestUpdate();
  }

  /** Takes a photo off the tray and gives back how to undo that. */
  async remove(id: string): Promise<(() => Promise<void>) | undefined> {
    const item = this.items.find((one) => one.id === id);
    const photo = this.#unkept.get(id) ?? (await keptPhoto(id));
    this.#unkept.delete(id);
    this.#show(this.items.filter((one) => one.id !== id));
    this.#owner.changed({ drop: id });
    await dropPhoto(id);
    if (!item || !photo) return undefined;
    return async () => {
      this.#show([...this.items, { id, name: item.name, state: 'preparing' }]);
      await this.#keep(id, item.name, photo);
    };
  }

  /** An object URL of a whole photo; the caller revokes it. */
  async picture(id: string): Promise<string | undefined> {
    const photo = this.#unkept.get(id) ?? (await keptPhoto(id));
    return photo && URL.createObjectURL(new Blob([photo.data], { type: 'image/jpeg' }));
  }

  /** The photos with their bytes, in the order they lie on the tray. */
  async bytes(): Promise<NewPhoto[]> {
    const all = await Promise.all(
      this.items.map(async ({ id, name }) => {
        const photo = this.#unkept.get(id) ?? (await keptPhoto(id));
        return photo && { id, name: name || 'photo.jpg', ...photo };
      }),
    );
    return all.filter((photo) => photo !== undefined);
  }

  get isPreparing(): boolean {
    return this.items.some((item) => item.state === 'preparing');
  }

  #refuse(name: string, code: string): void {
    this.refused = [...this.refused, { name, code }];
    this.#host.requestUpdate();
  }

  #replace(id: string, item: TrayItem): void {
    this.#show(this.items.map((one) => (one.id === id ? item : one)));
  }

  #show(items: readonly TrayItem[]): void {
    this.items = items;
    this.#host.requestUpdate();
  }
}

const described = (id: string, name: string, photo: ReadyPhoto): DraftPhoto => ({
  id,
  name,
  width: photo.width,
  height: photo.height,
  byte_size: photo.data.byteLength,
  sha256: photo.sha256,
});

const thumbnailUrl = (photo: ReadyPhoto): string =>
  URL.createObjectURL(new Blob([photo.thumbnail], { type: 'image/jpeg' }));
