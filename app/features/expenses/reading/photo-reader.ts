import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { asFailure } from '../../../kernel/failure.ts';
import { keptPhoto } from '../drafts.ts';
import type { TrayItem } from '../photo-tray.ts';
import type { TypedClaim } from '../rules.ts';
import type { KeptReading } from './kept-reading.ts';
import { offersOf, sumOf, type Offer, type Readings, type ReadField } from './offers.ts';
import type { Hints } from './receipt-of.ts';

/** What the reader asks of the claim whose photos it reads. */
export interface ReaderOwner {
  readonly photos: () => readonly TrayItem[];
  readonly readings: () => Readings;
  readonly typed: () => TypedClaim | undefined;
  readonly hints: () => Hints;
  readonly locale: string;
  readonly read: (photo_id: string, kept: KeptReading) => void;
}

/** How the reading of photos goes: at rest, reading, or why it cannot read now. */
export type ReaderState = 'idle' | 'reading' | 'nothing' | 'failed' | 'metered' | 'offline';

/** Reads the photos of a claim one after the other, quietly, each once. */
export class PhotoReader implements ReactiveController {
  state: ReaderState = 'idle';
  readonly #host: ReactiveControllerHost;
  readonly #owner: ReaderOwner;
  readonly #given = new Set<string>();
  #busy = false;
  #anyway = false;

  constructor(host: ReactiveControllerHost, owner: ReaderOwner) {
    this.#host = host;
    this.#owner = owner;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.again);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.again);
  }

  hostUpdated(): void {
    const next = this.#next();
    if (next !== undefined && !this.#busy) void this.#read(next);
  }

  /** What the photos offer for a field. */
  offer(field: ReadField): Offer | undefined {
    const typed = this.#owner.typed();
    const offers = typed ? offersOf(this.#owner.readings(), typed, this.#owner.locale) : [];
    return offers.find((offer) => offer.field === field);
  }

  /** What the photos come to together, when that is a choice. */
  get sum(): Pick<Offer, 'text' | 'values'> | undefined {
    const typed = this.#owner.typed();
    return typed && sumOf(this.#owner.readings(), typed, this.#owner.locale);
  }

  /** Tries the photos again that could not be read. */
  again = (): void => {
    this.#given.clear();
    this.#host.requestUpdate();
  };

  /** Fetches what reading needs although the person asked to spare a metered line. */
  anyway = (): void => {
    this.#anyway = true;
    this.again();
  };

  #next(): string | undefined {
    const known = this.#owner.readings();
    return this.#owner.photos().find(({ id, state }) => state === 'kept' && !known[id] && !this.#given.has(id))?.id;
  }

  async #read(id: string): Promise<void> {
    this.#busy = true;
    this.#given.add(id);
    try {
      this.#tell(await this.#attempt(id));
    } catch (thrown) {
      if (asFailure(thrown).kind === 'bug') console.error(thrown);
      this.#tell('failed');
    } finally {
      this.#busy = false;
      this.#host.requestUpdate();
    }
  }

  async #attempt(id: string): Promise<ReaderState> {
    const { hindranceToRead } = await import('./keep-engine.ts');
    const hindrance = this.#anyway ? null : await hindranceToRead();
    if (hindrance) return hindrance;
    const photo = await keptPhoto(id);
    if (!photo) return 'idle';
    this.#tell('reading');
    const { readReceipt } = await import('./read-receipt.ts');
    const reading = await readReceipt(photo.data, this.#owner.hints());
    if (!this.#owner.photos().some((item) => item.id === id)) return 'idle';
    this.#owner.read(id, { at: new Date().toISOString(), reading });
    return reading.total || reading.date || reading.merchant ? 'idle' : 'nothing';
  }

  #tell(state: ReaderState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
