import { liveQuery } from 'dexie';
import type { Conditions, FilesWait } from './protocol.ts';
import type { Replica } from './replica.ts';

/** What the person asked of the files lane on this device. */
export interface UploadWishes {
  readonly wifi_only?: boolean;
  readonly spare_battery?: boolean;
  readonly paused?: boolean;
  /** Send what waits now, whatever the line and the battery; forgotten once nothing waits. */
  readonly anyway?: boolean;
}

/** The device-only value that holds the wishes. */
export const WISHES = 'uploads';

/** Why files wait, or null when they may go (S33). What the device does not know is no reason. */
export function reasonToWait(wishes: UploadWishes, conditions: Partial<Conditions> = {}): FilesWait | null {
  if (wishes.paused) return 'paused';
  if (wishes.anyway) return null;
  if (wishes.wifi_only && conditions.metered) return 'metered';
  return wishes.spare_battery && conditions.low_battery ? 'low_battery' : null;
}

/** What the person asked for. */
export const readWishes = async ({ store }: Replica): Promise<UploadWishes> =>
  ((await store.deviceValues.get(WISHES))?.value as UploadWishes | undefined) ?? {};

/** Changes some wishes and leaves the others. Throws the refusal `device_full`. */
export async function changeWishes(replica: Replica, change: UploadWishes): Promise<void> {
  const { deviceValues } = replica.store;
  await replica.store.step(
    async () => deviceValues.put({ key: WISHES, value: { ...(await readWishes(replica)), ...change } }),
    [deviceValues],
  );
}

/** Calls back with each new answer to "why do files wait?", whoever changed it: a tab, the line, the battery. */
export function watchGate(
  replica: Replica,
  conditions: Conditions | undefined,
  heard: (wait: FilesWait | null) => void,
): () => void {
  let wishes: UploadWishes = {};
  let known: FilesWait | null | undefined;
  const judge = () => {
    const wait = reasonToWait(wishes, conditions);
    if (wait !== known) heard((known = wait));
  };
  const wished = liveQuery(() => readWishes(replica)).subscribe({
    next: (now) => {
      wishes = now;
      judge();
    },
    error: () => undefined, // the database is closing
  });
  const unwatch = conditions?.onChange(judge);
  return () => {
    wished.unsubscribe();
    unwatch?.();
  };
}
