import type { DeliveryRow } from '../../data/schema.gen.ts';
import { ask } from '../../ui/ask.ts';
import { toast } from '../../ui/toast.ts';
import { giveUpDelivery, retryDelivery } from './mutations.ts';
import { words } from './words.ts';

/** Does something and says so; offline it says that it will be done. */
export async function told(done: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    toast(navigator.onLine ? done : words.retriedLater, { tone: 'good' });
  } catch {
    toast(words.notRetried, { tone: 'bad', duration: 15_000 });
  }
}

/** Tries one thing again. */
export const retry = (delivery: DeliveryRow): Promise<void> => told(words.retried, () => retryDelivery(delivery));

/** Gives one thing up, when the person is sure. */
export async function giveUp(delivery: DeliveryRow, title: string): Promise<void> {
  const heading = words.giveUpAsk(title);
  if (await ask({ heading, text: words.giveUpText, confirm: words.giveUp, danger: true }))
    await told(words.gaveUp, () => giveUpDelivery(delivery));
}
