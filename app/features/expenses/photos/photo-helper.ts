import { Failure, refusal } from '../../../kernel/failure.ts';
import type { PhotoAnswer, PhotoTask } from './photo-worker.ts';
import type { Results, Task } from './tasks.ts';

const PATIENCE_MS = 60_000;

/** Whether workers of ours cannot run in this browser at all. */
let cannotRun = typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined';

/**
 * Works on photos beside the page, so that typing never stalls; where workers cannot run it works in the page. A helper that
 * died gets a successor, one that never spoke could not start here and is given up for good.
 */
export class PhotoHelper {
  #worker: Worker | undefined;
  #hasSpoken = false;
  #last = 0;
  readonly #waiting = new Map<number, (answer: PhotoAnswer | 'gone') => void>();

  /** Has a task done; what is in `moved` is no longer the page's. Throws the refusals of `shrink`. */
  async ask<T extends Task>(asked: T, moved: Transferable[] = []): Promise<Results[T['does']]> {
    const worker = cannotRun ? undefined : (this.#worker ??= this.#start());
    const answer = worker ? await this.#send(worker, asked, moved) : 'gone';
    if (answer === 'gone') return (await this.#here(asked)) as Results[T['does']];
    if ('result' in answer) return answer.result as Results[T['does']];
    throw new Failure(answer.kind, answer.code, answer.message);
  }

  /** Lets the worker go. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** Without a worker the page does the work; a worker that died of this very photo must not take the page along. */
  async #here(asked: Task): Promise<unknown> {
    if (!cannotRun) throw refusal('photo_too_large', 'the decoder gave up');
    return (await import('./tasks.ts')).done(asked);
  }

  #send(worker: Worker, asked: Task, moved: Transferable[]): Promise<PhotoAnswer | 'gone'> {
    const task = ++this.#last;
    return new Promise((resolve) => {
      const timer = setTimeout(this.#giveUp, PATIENCE_MS);
      this.#waiting.set(task, (answer) => {
        clearTimeout(timer);
        this.#waiting.delete(task);
        resolve(answer);
      });
      worker.postMessage({ task, asked } satisfies PhotoTask, moved);
    });
  }

  #start(): Worker | undefined {
    try {
      const started = new Worker(new URL('./photo-worker.ts', import.meta.url), { type: 'module' });
      started.addEventListener('message', this.#onAnswer);
      started.addEventListener('error', this.#giveUp);
      return started;
    } catch {
      cannotRun = true;
      return undefined;
    }
  }

  #onAnswer = (event: MessageEvent<PhotoAnswer>): void => {
    this.#hasSpoken = true;
    this.#waiting.get(event.data.task)?.(event.data);
  };

  #giveUp = (): void => {
    this.close();
    cannotRun ||= !this.#hasSpoken;
    for (const settle of this.#waiting.values()) settle('gone');
  };
}
