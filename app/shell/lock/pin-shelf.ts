import { deleteLocal, getLocal, setLocal } from '../../data/db.ts';
import { verifierOf, type PinShelf, type PinVerifier } from './pin.ts';

const PIN_KEY = 'pin';
const LATER_KEY = 'pin-later';
const POSTPONED_FOR_MS = 7 * 86_400_000;

/** The verifier among this person's device-only values. */
export const pinShelf: PinShelf = {
  read: () => getLocal<PinVerifier>(PIN_KEY),
  write: (verifier) => setLocal(PIN_KEY, verifier),
};

/** Whether this person has a PIN on this device. */
export const hasPin = async (): Promise<boolean> => (await pinShelf.read()) !== undefined;

/** Sets or changes the PIN. */
export async function setPin(pin: string): Promise<void> {
  await pinShelf.write(await verifierOf(pin));
}

/** Takes the PIN away. */
export const removePin = (): Promise<void> => deleteLocal(PIN_KEY);

/** Gives a closed PIN its tries back, after the password or a code proved who this is. */
export async function reopenPin(): Promise<void> {
  const verifier = await pinShelf.read();
  if (verifier) await pinShelf.write({ ...verifier, failures: 0, failed_at: 0 });
}

/** Whether to offer a PIN now: none yet, and not postponed in the last week. */
export async function offersPin(now = Date.now()): Promise<boolean> {
  const later = (await getLocal<number>(LATER_KEY)) ?? 0;
  return !(await hasPin()) && now - later > POSTPONED_FOR_MS;
}

/** "Not now": asks again in a week. */
export const postponePin = (now = Date.now()): Promise<void> => setLocal(LATER_KEY, now);
