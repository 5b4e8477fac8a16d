import { count, defineWords } from '../kernel/words.ts';

/** What the sheet behind the badge says. */
export const words = defineWords('sync-sheet', {
  heading: 'Your work',
  savedText: 'Everything is on the server.',
  savedHereText: 'It is safe here and leaves by itself when there is signal.',
  savedHereWaits: 'It is safe here. Photos wait as you asked.',
  sendingText: 'On its way to the server.',
  needsYouText: (n: number) =>
    n === 1
      ? 'One thing could not go through as it was. Look at it.'
      : `${count(n, 'thing', 'things')} could not go through as they were. Look at them.`,
  signedOut: 'Sign in again to send what is saved here. Nothing is lost.',
  updateNeeded: 'The portal has moved on. Reload when the new version is offered; your work is safe here until then.',
  deviceFull: 'This device is full. Free some space, so that new work can be saved.',
  stuck: 'The server did not understand this device. We are told; your work is safe here.',
  noSignal: 'No signal',
  online: 'Connected',
  lastSynced: (when: string) => `Last up to date ${when}`,
  neverSynced: 'Not up to date yet',
  unpacking: 'Older records are here and being put in their lists',
  waiting: (n: number) => `${count(n, 'change', 'changes')} waiting`,
  tryNow: 'Try now',
  look: 'Look at it',

  files: 'Photos and documents',
  filesWaiting: (n: number) => `${count(n, 'photo', 'photos')} waiting`,
  filesSent: (percent: number) => `${percent} % sent`,
  photo: 'Photo',
  document: 'Document',
  size: (bytes: number) =>
    bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`,
  fileSending: (percent: number) => `Sending, ${percent} %`,
  fileTurn: 'Waiting its turn',
  fileSignal: 'Waiting for signal',
  fileContinues: (percent: number) => `${percent} % sent, continues from there`,
  fileRefused: 'The server did not take it',
  fileAgain: 'Retry',
  fileAgainLabel: (name: string) => `Retry ${name}`,
  paused: 'Paused',
  pausedText: 'Photos are paused on this device. Changes still go.',
  metered: 'Waiting for Wi-Fi',
  meteredText: 'You asked to send photos only on Wi-Fi. Changes still go.',
  lowBattery: 'Waiting for a charger',
  lowBatteryText: 'You asked to wait while the battery is low. Changes still go.',
  pauseAll: 'Pause all',
  resume: 'Resume',
  anyway: 'Send now anyway',
});
