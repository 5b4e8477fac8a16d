import { defineWords } from '../../kernel/words.ts';

/** The way to a provider's sign-in. */
export const words = defineWords('connect', {
  heading: 'To the sign-in',
  going: 'You are being taken there. You come back by yourself.',
  offline: 'This needs a connection. It goes on by itself as soon as there is signal.',
  not_permitted: 'Only those who look after integrations may connect one. Ask an administrator.',
  signed_out: 'You have been signed out. Sign in, then connect it.',
  unknown_provider: 'This cannot be connected. Load the newest version of the app and look again.',
  failed: 'That did not work. Try again in a moment.',
  retry: 'Try again',
  back: 'Integrations',
});
