import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { asFailure, type Failure } from '../../kernel/failure.ts';

/** One thing a form tries: knows whether it is under way and how it failed, and redraws its element. */
export class Attempt implements ReactiveController {
  busy = false;
  failure: Failure | undefined;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Tries; true when it worked. A second try while one is under way does nothing. */
  async run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.#set(true, undefined);
    try {
      await act();
      this.#set(false, undefined);
      return true;
    } catch (thrown) {
      this.#set(false, asFailure(thrown));
      return false;
    }
  }

  /** Forgets the last failure, because the person changed what they typed. */
  clear(): void {
    if (this.failure) this.#set(this.busy, undefined);
  }

  #set(busy: boolean, failure: Failure | undefined): void {
    this.busy = busy;
    this.failure = failure;
    this.#host.requestUpdate();
  }
}
