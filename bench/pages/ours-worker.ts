import { createExchange } from './ours-engine.ts';
import type { Setup } from './peer.ts';

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/**
 * Takes one setup and then, on each message, runs a whole conversation; says `paged` after each step, `durable` after the
 * one that took the last page, and `done` at its end.
 */
let exchange: ReturnType<typeof createExchange> | undefined;
onmessage = async ({ data }: MessageEvent<Setup | 'cycle'>) => {
  if (data !== 'cycle') exchange = createExchange(data);
  const { exchange: ready, isComplete } = await exchange!;
  if (data === 'cycle') {
    let told = false;
    await ready.cycle(() => {
      postMessage('paged');
      if (!told && isComplete()) postMessage('durable');
      told ||= isComplete();
      return breathe();
    });
  }
  postMessage('done');
};
