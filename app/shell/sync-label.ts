import type { SyncStatus } from '../data/sync-status.ts';
import { syncWords as words } from './words.ts';

const icons: Readonly<Record<SyncStatus['state'], string>> = {
  saved: 'circle-check',
  saved_here: 'smartphone',
  sending: 'cloud-upload',
  needs_you: 'circle-alert',
};

/** The drawing that goes with a state. */
export const badgeIcon = ({ state }: SyncStatus): string => icons[state];

/** The state in words; how far it is changes too often to be read aloud and stands beside it. */
export function badgeLabel({ state, sending, uploading }: SyncStatus): string {
  if (state === 'sending')
    return uploading?.of ? words.sendingFiles(uploading.at, uploading.of) : words.sending(sending || 1);
  return { saved: words.saved, saved_here: words.savedHere, needs_you: words.needsYou }[state];
}
