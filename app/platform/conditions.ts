import type { Conditions } from '../sync/protocol.ts';

interface Line extends EventTarget {
  readonly type?: string;
  readonly saveData?: boolean;
}

interface Battery extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
}

interface Device {
  readonly connection?: Line;
  getBattery?(): Promise<Battery>;
}

const LOW = 0.2;

let shared: Conditions | undefined;

/** The line and the battery of this device. */
export const deviceConditions = (): Conditions => (shared ??= watchDevice());

/** Asks the browser where it tells; iOS and Firefox tell neither, a service worker nothing of the battery. */
export function watchDevice(device: Device = navigator as Device): Conditions {
  const told = new ToldConditions();
  const line = device.connection;
  let battery: Battery | undefined;
  const look = () =>
    told.tell({ metered: isMetered(line), low_battery: battery && battery.level < LOW && !battery.charging });
  look();
  line?.addEventListener('change', look);
  void device
    .getBattery?.()
    .then((found) => {
      battery = found;
      for (const event of ['levelchange', 'chargingchange']) found.addEventListener(event, look);
      look();
    })
    .catch(() => undefined); // a permissions policy may forbid it: the same as not knowing
  return told;
}

/** Conditions that somebody looks at and tells, as a page does its worker. */
export class ToldConditions implements Conditions {
  metered: boolean | undefined;
  low_battery: boolean | undefined;
  readonly #listeners = new Set<() => void>();

  tell(now: Pick<Conditions, 'metered' | 'low_battery'>): void {
    Object.assign(this, now);
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Desktop browsers name no type of line; the wish to save data says enough where it is there. */
function isMetered(line: Line | undefined): boolean | undefined {
  if (line?.saveData) return true;
  return line?.type === undefined || line.type === 'unknown' ? undefined : line.type === 'cellular';
}
