import { createExchange } from './ours-engine.ts';
import type { Setup } from './peer.ts';

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Takes one setup and then, on each message, runs a whole conversation; says `paged` after each step and `done` at its end. */
let exchange: ReturnType<typeof createExchange> | undefined;
onmessage = async ({ data }: MessageEvent<Setup | 'cycle'>) => {
  if (data !== 'cycle') exchange = createExchange(data);
  const ready = await exchange!;
  if (data === 'cycle') {
    await ready.cycle(() => {
      postMessage('paged');
      return breathe();
    });
  }
  postMessage('done');
};
