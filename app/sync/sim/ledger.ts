import { isDeepStrictEqual } from 'node:util';
import type { Operation, OperationDraft, PushResult, Values, WireMutation } from '../protocol.ts';
import type { Device } from './device.ts';

/** Throws the broken promise by its rule. */
export function promise(kept: unknown, words: string): asserts kept {
  if (!kept) throw new Error(words);
}

/** What a person wanted on a device. */
export interface Story {
  readonly device: Device;
  readonly ops: readonly (OperationDraft | Operation)[];
}

/** The books of a storm: what people wanted, what devices sent, what the server answered. */
export class Ledger {
  readonly stories = new Map<string, Story>();
  /** Intents as they travelled. */
  readonly sent = new Map<string, WireMutation>();
  /** What the server answered first, in the history that still is. */
  readonly verdicts = new Map<string, PushResult>();
  /** Intents judged in a history that a restore has undone: the restore may have taken their effect with it. */
  readonly undone = new Set<string>();
  /** Notices that a person has dealt with. */
  readonly answered = new Set<string>();
  readonly #made = new Map<string, number>();
  readonly #last = new Map<Device, number>();
  readonly #count: (what: string) => void;

  constructor(count: (what: string) => void) {
    this.#count = count;
  }

  /** A person's intent was written, or issued again, on a device. */
  intended(id: string, device: Device, ops: Story['ops']): void {
    this.stories.set(id, { device, ops });
  }

  /** The places that intents have in the outbox of their device. */
  queued(intents: readonly { id: string; seq?: number }[]): void {
    for (const { id, seq } of intents) this.#made.set(id, seq!);
  }

  /** The server gave verdicts, whoever heard them. */
  heard(device: Device, mutations: readonly WireMutation[], results: readonly PushResult[]): void {
    for (const mutation of mutations) this.#travelled(mutation);
    this.#inOrder(mutations.map(({ id }) => id));
    for (const result of results) if (!result.dup) this.#judged(device, result);
  }

  #travelled(mutation: WireMutation): void {
    const before = this.sent.get(mutation.id);
    promise(!before || isDeepStrictEqual(before, mutation), `S12: intent ${mutation.id} changed after it was sent`);
    if (!before) this.sent.set(mutation.id, structuredClone(mutation));
  }

  #inOrder(ids: readonly string[]): void {
    const places = ids.map((id) => this.#made.get(id) ?? 0);
    promise(
      places.every((place, at) => at === 0 || place > places[at - 1]!),
      `S16: a batch left as ${places.join()}`,
    );
  }

  #judged(device: Device, result: PushResult): void {
    const { id, s, msg } = result;
    promise(!this.verdicts.has(id), `S12: the server judged intent ${id} twice`);
    this.#count(`verdict_${s}${s === 'rejected' ? `_${msg}` : ''}`);
    this.verdicts.set(id, result);
    if (this.undone.has(id)) return; // sent again after a restore, behind younger ones
    if (s === 'rejected' && !this.stories.has(id)) return; // withdrawn with what it followed (S15); a late request still brought it
    const [place, last] = [this.#made.get(id) ?? 0, this.#last.get(device) ?? 0];
    promise(place > last, `S16: intent ${place} reached the server after intent ${last}`);
    this.#last.set(device, place);
  }

  /** The server was restored and remembers only these. */
  restored(remembered: ReadonlySet<string>): void {
    for (const id of this.verdicts.keys()) {
      if (remembered.has(id)) continue;
      this.verdicts.delete(id);
      this.undone.add(id);
      this.#count('undone');
    }
  }

  /** The author learns of everything that did not simply happen; nothing else may be left open. */
  settled(device: Device, told: ReadonlySet<string>): void {
    for (const [id, story] of this.stories)
      if (story.device === device && !this.undone.has(id)) this.#told(id, told.has(id) || this.answered.has(id));
  }

  #told(id: string, told: boolean): void {
    const verdict = this.verdicts.get(id);
    promise(verdict || told, `S12: the server never heard of intent ${id}`);
    promise(verdict?.s === 'applied' || told, `S14: the author was never told of the verdict ${verdict?.s} on ${id}`);
  }

  /** Operations of one kind on one row that were sent, each with what became of it. */
  about(table: string, row: string, kind: string): { op: Values; id: string; verdict: PushResult | undefined }[] {
    return (this.#byRow().get(`${kind}:${table}:${row}`) ?? []).map(({ id, op }) => ({
      id,
      op,
      verdict: this.verdicts.get(id),
    }));
  }

  #index = new Map<string, { id: string; op: Values }[]>();
  #indexed = 0;

  #byRow(): Map<string, { id: string; op: Values }[]> {
    if (this.#indexed === this.sent.size) return this.#index;
    for (const { id, ops } of [...this.sent.values()].slice(this.#indexed))
      for (const op of ops) {
        const key = `${String(op['op'])}:${String(op['t'])}:${String(op['id'])}`;
        this.#index.set(key, [...(this.#index.get(key) ?? []), { id, op }]);
      }
    this.#indexed = this.sent.size;
    return this.#index;
  }
}
