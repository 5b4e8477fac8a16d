import { Failure, refusal } from '../../../kernel/failure.ts';
import type { PhotoAnswer, PhotoTask } from './photo-worker.ts';
import type { ReadyPhoto } from './shrink.ts';

const PATIENCE_MS = 60_000;

/** The worker, `null` where it cannot run, `undefined` before the first photo. */
let worker: Worker | null | undefined;
let hasSpoken = false;
let last = 0;
const waiting = new Map<number, (answer: PhotoAnswer | 'gone') => void>();

/**
 * Makes a photo ready beside the page, so that typing never stalls; where workers cannot run it works in the page.
 * Throws a refusal whose `photo_…` code has a sentence in words.ts.
 */
export async function preparePhoto(file: Blob): Promise<ReadyPhoto> {
  worker ??= worker === null ? null : startWorker();
  const answer = worker ? await ask(worker, file) : 'gone';
  if (answer === 'gone') return prepareHere(file);
  if ('photo' in answer) return answer.photo;
  throw new Failure(answer.kind, answer.code, answer.message);
}

/** Without a worker the page does the work; a worker that died of this very photo must not take the page along. */
async function prepareHere(file: Blob): Promise<ReadyPhoto> {
  if (worker !== null) throw refusal('photo_too_large', 'the decoder gave up');
  return (await import('./shrink.ts')).shrink(file);
}

function ask(helper: Worker, file: Blob): Promise<PhotoAnswer | 'gone'> {
  const task = ++last;
  return new Promise((resolve) => {
    const timer = setTimeout(giveUp, PATIENCE_MS);
    waiting.set(task, (answer) => {
      clearTimeout(timer);
      waiting.delete(task);
      resolve(answer);
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    helper.postMessage({ task, file } satisfies PhotoTask);
  });
}

function startWorker(): Worker | null {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return null;
  try {
    const started = new Worker(new URL('./photo-worker.ts', import.meta.url), { type: 'module' });
    started.addEventListener('message', onAnswer);
    started.addEventListener('error', giveUp);
    return started;
  } catch {
    return null;
  }
}

function onAnswer(event: MessageEvent<PhotoAnswer>): void {
  hasSpoken = true;
  waiting.get(event.data.task)?.(event.data);
}

/** A worker that never spoke could not start here and is given up for good; one that died gets a successor. */
function giveUp(): void {
  worker?.terminate();
  worker = hasSpoken ? undefined : null;
  for (const settle of waiting.values()) settle('gone');
}
