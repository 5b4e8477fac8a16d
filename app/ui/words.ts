import { defineWords } from '../kernel/words.ts';

/** The few sentences that elements say by themselves. */
export const uiWords = defineWords('ui', {
  weather_heading: 'No connection just now',
  weather_text: 'What is on this phone still works. Try again when you have signal.',
  refusal_heading: 'That did not go through',
  bug_heading: 'Something broke on our side',
  bug_text: 'Your work is safe on this device. Try again; if it comes back, send us the details.',
  retry: 'Try again',
  cancel: 'Cancel',
  photo_missing: 'The photo has not arrived yet',
});
