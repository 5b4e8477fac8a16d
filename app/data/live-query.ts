import { liveQuery, type Subscription } from 'dexie';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { asFailure, type Failure } from '../kernel/failure.ts';

/**
 * The answer of a local query that redraws its element whenever the answer changes. `deps` names the properties the query
 * reads: when one changes, the query runs anew. `value` is undefined until the first answer.
 */
export class LiveQuery<T> implements ReactiveController {
  value: T | undefined;
  failure: Failure | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #query: () => T | Promise<T>;
  readonly #deps: () => readonly unknown[];
  #seen: readonly unknown[] = [];
  #subscription: Subscription | undefined;
  #answered = false;

  constructor(host: ReactiveControllerHost, query: () => T | Promise<T>, deps: () => readonly unknown[] = () => []) {
    this.#host = host;
    this.#query = query;
    this.#deps = deps;
    host.addController(this);
  }

  /** Whether there has been an answer for the current deps. */
  get ready(): boolean {
    return this.#answered;
  }

  hostUpdate(): void {
    const deps = this.#deps();
    const same = deps.length === this.#seen.length && deps.every((dep, at) => Object.is(dep, this.#seen[at]));
    if (this.#subscription && same) return;
    this.#seen = deps;
    this.#subscribe();
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  #subscribe(): void {
    this.#subscription?.unsubscribe();
    this.#answered = false;
    this.#subscription = liveQuery(() => this.#query()).subscribe({
      next: (value) => this.#answer(value, undefined),
      error: (thrown: unknown) => this.#answer(this.value, asFailure(thrown)),
    });
  }

  #answer(value: T | undefined, failure: Failure | undefined): void {
    this.value = value;
    this.failure = failure;
    this.#answered = true;
    this.#host.requestUpdate();
  }
}
