import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { asFailure, refusal } from '../../kernel/failure.ts';
import { newId } from '../../kernel/id.ts';
import { dropPhoto, keepPhoto, keptPhoto, type DraftChange, type DraftPhoto } from './drafts.ts';
import type { NewPhoto } from './mutations.ts';
import { dropOriginal, keepOriginal, originalOf } from './originals.ts';
import { preparePhoto } from './photos/prepare-photo.ts';
import type { Doubt } from './photos/scan/judge.ts';
import { wholePhoto, type Shape } from './photos/shape.ts';
import type { ReadyPhoto } from './photos/shrink.ts';
import { MOST_RECEIPTS } from './rules.ts';

/** One photo on the tray: being made ready, kept on this device, or only on this screen because the device is full. */
export interface TrayItem {
  readonly id: string;
  readonly name: string;
  readonly state: 'preparing' | 'kept' | 'unkept';
  /** Object URL of the picture, or of a document's first page. */
  readonly url?: string;
  readonly sha256?: string;
  /** What may make it hard to read, until the person says that it may stay. */
  readonly doubts?: readonly Doubt[];
  /** How many pages a document has; undefined for a photo. */
  readonly pages?: number;
}

/** A photo that can be cut out anew. */
export interface TraySource {
  readonly file: Blob;
  readonly shape: Shape;
}

/** A file that could not become a photo of the claim, and why. */
export interface TrayRefusal {
  readonly name: string;
  readonly code: string;
}

/** What the tray asks of the claim it belongs to. */
export interface TrayOwner {
  /** The claim's id. */
  readonly claim: () => string;
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
    const fresh = await Promise.all(
      photos.map(async (photo) => same(known.get(photo.id), photo) ?? (await this.#reopened(photo))),
    );
    const local = this.items.filter((item) => item.state !== 'kept');
    this.#show([...fresh.filter((item) => item !== undefined), ...local]);
  }

  async #reopened({ id, name }: DraftPhoto): Promise<TrayItem | undefined> {
    const photo = await keptPhoto(id);
    return photo && itemOf(id, name, 'kept', photo);
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
      if (photo.shape) await keepOriginal(id, this.#owner.claim(), file, photo.shape);
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
    this.#replace(id, itemOf(id, name, state, photo));
    if (before?.url) URL.revokeObjectURL(before.url);
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

  /** The photo behind a receipt, else the receipt itself; undefined for documents and for what is gone. */
  async source(id: string): Promise<TraySource | undefined> {
    const original = await originalOf(id);
    if (original) return { file: new Blob([original.data]), shape: original.shape };
    const photo = await this.whole(id);
    if (!photo || photo.mime_type !== 'image/jpeg') return undefined;
    return { file: new Blob([photo.data], { type: photo.mime_type }), shape: wholePhoto };
  }

  /** Cuts a receipt out of its photo anew; it keeps its place. */
  async reshape(id: string, { file }: TraySource, shape: Shape): Promise<void> {
    const before = this.items.find((item) => item.id === id);
    if (!before) return;
    this.refused = [];
    this.#replace(id, { ...before, state: 'preparing' });
    try {
      await this.#keep(id, before.name, await preparePhoto(file, shape));
      await keepOriginal(id, this.#owner.claim(), file, shape);
    } catch (thrown) {
      this.#replace(id, before);
      this.#refuse(before.name, asFailure(thrown).code);
    }
  }

  /** Adds a receipt cut out of the photo of another one, which it takes the place of. */
  async addReshaped(name: string, { file }: TraySource, shape: Shape): Promise<void> {
    const id = newId();
    this.#show([...this.items, { id, name, state: 'preparing' }]);
    await this.reshape(id, { file, shape }, shape);
    if (this.items.find((item) => item.id === id)?.sha256) return;
    this.#show(this.items.filter((item) => item.id !== id));
  }

  /** The person has looked at a photo and says that it may stay as it is. */
  async accept(id: string): Promise<void> {
    const photo = await this.whole(id);
    const item = this.items.find((one) => one.id === id);
    if (!photo || !item) return;
    this.#replace(id, { ...item, doubts: [] });
    await keepPhoto(id, { ...photo, doubts: [] }).catch(() => undefined); // asked again after a reload, nothing worse
  }

  /** Takes a photo off the tray and gives back how to undo that. */
  async remove(id: string): Promise<(() => Promise<void>) | undefined> {
    const item = this.items.find((one) => one.id === id);
    const photo = await this.whole(id);
    this.#unkept.delete(id);
    this.#show(this.items.filter((one) => one.id !== id));
    this.#owner.changed({ drop: id });
    const original = await originalOf(id);
    await Promise.all([dropPhoto(id), dropOriginal(id)]);
    if (!item || !photo) return undefined;
    return async () => {
      this.#show([...this.items, { id, name: item.name, state: 'preparing' }]);
      await this.#keep(id, item.name, photo);
      if (original) await keepOriginal(id, this.#owner.claim(), new Blob([original.data]), original.shape);
    };
  }

  /** A whole photo or document. */
  async whole(id: string): Promise<ReadyPhoto | undefined> {
    return this.#unkept.get(id) ?? (await keptPhoto(id));
  }

  /** The photos with their bytes, in the order they lie on the tray. */
  async bytes(): Promise<NewPhoto[]> {
    const all = await Promise.all(
      this.items.map(async ({ id, name }) => {
        const photo = await this.whole(id);
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

/** Whoever took the photo sees it sharp; thumbnails that travel are not. */
function itemOf(id: string, name: string, state: 'kept' | 'unkept', photo: ReadyPhoto): TrayItem {
  const { sha256, doubts, pages, mime_type, data, thumbnail } = photo;
  const picture = mime_type === 'image/jpeg' ? data : thumbnail;
  const url = URL.createObjectURL(new Blob([picture], { type: 'image/jpeg' }));
  return { id, name, state, url, sha256, doubts, ...(pages ? { pages } : {}) };
}

const same = (item: TrayItem | undefined, { sha256 }: DraftPhoto): TrayItem | undefined =>
  item?.sha256 === sha256 ? item : undefined;
