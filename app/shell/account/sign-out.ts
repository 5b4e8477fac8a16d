import { asFailure, type Failure } from '../../kernel/failure.ts';
import { syncStatus } from '../../data/sync-status.ts';
import { authPort } from '../../platform/auth-port.ts';
import { ask } from '../../ui/ask.ts';
import { words } from './words.ts';

/**
 * Signs out on this device. With unsent work it asks first: the work stays in this person's local database and leaves
 * when they sign in here again. Answers whether they left.
 */
export async function signOutHere(): Promise<boolean> {
  const { waiting, files_waiting, needs_you } = await syncStatus();
  const unsent = waiting + files_waiting + needs_you;
  if (unsent > 0 && !(await ask(unsentQuestion(unsent)))) return false;
  await authPort().signOut('here');
  return true;
}

const unsentQuestion = (unsent: number) => ({
  heading: words.unsent_heading,
  text: words.unsent_text(unsent),
  confirm: words.unsent_confirm,
  danger: true,
});

/** Signs out on all devices; the failure when the server could not be told, and then nobody is signed out. */
export async function leaveEverywhere(): Promise<Failure | undefined> {
  try {
    await authPort().signOut('everywhere');
    return undefined;
  } catch (thrown) {
    return asFailure(thrown);
  }
}
