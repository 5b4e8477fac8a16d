import { discard, keepTheirs, restoreSettled, sendAgain, settledKey, type Resolutions } from '../../data/decisions.ts';
import { syncStatus } from '../../data/sync-status.ts';
import { asFailure } from '../../kernel/failure.ts';
import { toast } from '../../ui/toast.ts';
import type { ItemView } from './item-view.ts';
import { refusalSentence, words } from './words.ts';

/** Carries a decision out and says so where everybody hears it; false when it could not be. */
export async function settle(view: ItemView, resolutions: Resolutions | undefined): Promise<boolean> {
  try {
    await (resolutions ? send(view, resolutions) : putAside(view));
    return true;
  } catch (thrown) {
    const { table } = view.found.item;
    toast(refusalSentence({ table, code: asFailure(thrown).code, name: '' }), { tone: 'bad', duration: 15_000 });
    return false;
  }
}

async function send({ found }: ItemView, resolutions: Resolutions): Promise<void> {
  await sendAgain(found.item.ids, resolutions);
  const { online } = await syncStatus();
  toast(online ? words.sentAgain : words.sentLater, { tone: 'good' });
}

async function putAside({ found, shape }: ItemView): Promise<void> {
  const { item } = found;
  await (shape === 'refused' ? discard : keepTheirs)(item.ids);
  const text = shape === 'refused' ? words.discarded : words.kept;
  const action = { label: words.undo, run: () => void takeBack(settledKey(item)) };
  toast(text, { tone: 'good', key: 'settled', action }); // earlier ones wait in the list of what was settled lately
}

/** Puts something settled back before the person, and says so. */
export async function takeBack(key: string): Promise<void> {
  const back = await restoreSettled(key);
  toast(back ? words.restored : words.notRestored, { tone: back ? 'good' : 'warn' });
}
