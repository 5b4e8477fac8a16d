import { asFailure, bug } from '../kernel/failure.ts';
import type { Engine } from '../sync/engine.ts';
import type { Conditions, ReportFailure } from '../sync/protocol.ts';
import type { Beat } from '../sync/scheduler.ts';
import { received, sent, type EngineOrder, type FromEngine, type ToEngine } from './engine-messages.ts';
import type { Tokens } from './send.ts';

/** A worker that died is started anew after this long. */
const REVIVE_MS = 5_000;

/** A worker that does not end by then is ended. */
const FAREWELL_MS = 3_000;

/** What the engine of a page needs of it: who for, a worker, tokens, and what should wake it. */
export interface WorkerEngineParts {
  readonly order: EngineOrder;
  readonly worker: () => Worker;
  readonly tokens: Tokens;
  readonly conditions: Conditions;
  readonly report: ReportFailure;
  /** Calls back after each write of this page; returns how to stop. */
  readonly onWrite: (listener: () => void) => () => void;
}

/** An engine in a worker of its own, so that no page of rows ever holds up the screen. */
export const createWorkerEngine = (parts: WorkerEngineParts): Omit<Engine, 'leading'> => new WorkerEngine(parts);

class WorkerEngine implements Omit<Engine, 'leading'> {
  readonly #parts: WorkerEngineParts;
  #worker: Worker | undefined;
  #revival: ReturnType<typeof setTimeout> | undefined;
  #cleanups: (() => void)[] = [];

  constructor(parts: WorkerEngineParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#cleanups = [
      this.#parts.onWrite(() => this.beat('write')),
      this.#parts.conditions.onChange(() => this.#sayConditions()),
      onReturn(() => this.beat('focus')),
      onNetwork(() => this.#say({ online: navigator.onLine })),
    ];
    this.#begin();
  }

  beat(beat: Beat): void {
    this.#say({ beat });
  }

  /** Resolves once nothing is in flight any more. */
  async stop(): Promise<void> {
    for (const cleanup of this.#cleanups) cleanup();
    clearTimeout(this.#revival);
    const worker = this.#worker;
    if (!worker) return;
    this.#say({ end: true });
    await ended(worker); // it may still ask for a token on its way out
    this.#worker = undefined;
    worker.terminate();
  }

  #begin(): void {
    const worker = this.#parts.worker();
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromEngine>) => this.#hear(data);
    worker.onerror = (event) => this.#died(event);
    this.#say({ online: navigator.onLine });
    this.#sayConditions(); // first, so that nothing leaves that should wait
    this.#say({ begin: this.#parts.order });
  }

  #sayConditions(): void {
    const { metered, low_battery } = this.#parts.conditions;
    this.#say({ conditions: { metered, low_battery } });
  }

  #say(message: ToEngine): void {
    this.#worker?.postMessage(message);
  }

  #hear(message: FromEngine): void {
    if ('report' in message) this.#parts.report(received(message.report));
    else if ('ask_token' in message) void this.#giveToken(message.ask_token, message.anew);
  }

  async #giveToken(to: number, anew: boolean): Promise<void> {
    const answer = await this.#parts.tokens(anew).then(
      (token): ToEngine => ({ token, to }),
      (thrown: unknown): ToEngine => ({ no_token: sent(asFailure(thrown)), to }),
    );
    this.#say(answer);
  }

  #died(event: ErrorEvent): void {
    this.#parts.report(bug('engine_died', event.message || 'the worker of the engine could not go on'));
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#revival = setTimeout(() => this.#begin(), REVIVE_MS);
  }
}

/** Resolves when the worker says it has ended, or takes too long: every step is durable by itself, so it may be cut off (S2). */
function ended(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, FAREWELL_MS);
    worker.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => 'ended' in data && resolve());
  });
}

/** Calls back when the device's network comes or goes. */
function onNetwork(listener: () => void): () => void {
  const events = ['online', 'offline'] as const;
  for (const event of events) window.addEventListener(event, listener);
  return () => {
    for (const event of events) window.removeEventListener(event, listener);
  };
}

/** Calls back when the person returns to this tab. */
function onReturn(listener: () => void): () => void {
  const visible = () => document.visibilityState === 'visible' && listener();
  document.addEventListener('visibilitychange', visible);
  window.addEventListener('focus', visible);
  return () => {
    document.removeEventListener('visibilitychange', visible);
    window.removeEventListener('focus', visible);
  };
}
