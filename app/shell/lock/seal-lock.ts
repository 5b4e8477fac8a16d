import { localDatabase, type LocalDatabase } from '../../data/db.ts';
import { refusal } from '../../kernel/failure.ts';
import { authPort } from '../../platform/auth-port.ts';
import { PIN_ITERATIONS } from './pin.ts';
import { hasPin } from './pin-shelf.ts';

/** Lets go of the key of the sealed columns, if whoever unlocks the screen can have it back (R253). */
export async function lockSeal(): Promise<void> {
  const { seal } = localDatabase();
  const pinOpens = (await seal.hasPin()) || !(await hasPin());
  if (pinOpens && (await seal.isEscrowed())) await seal.close();
}

/** Has the key back for somebody who has just proved who they are to the server, and leaves it a way back for the next time. */
export async function releaseSeal({ seal, replica }: LocalDatabase = localDatabase()): Promise<void> {
  const open = await seal.isOpen();
  if (open && (await seal.isEscrowed())) return;
  const secret = await authPort().sealSecret();
  if (open) await seal.escrow(secret);
  else if (!(await seal.openByServer(secret))) await replica.startOver(); // sealed with a key nobody has any more
}

/** Has the key back by the right PIN. Throws the refusal `pin_closed` when this PIN cannot give it. */
export async function releaseByPin(pin: string): Promise<void> {
  const { seal } = localDatabase();
  if (!(await seal.openByPin(pin))) throw refusal('pin_closed', 'the PIN does not open the sealed columns');
  if (!(await seal.hasPin())) await sealByPin(pin);
}

/** Lets a PIN give the key back from now on. */
export const sealByPin = (pin: string): Promise<void> => localDatabase().seal.addPin(pin, PIN_ITERATIONS);
