import { count, defineWords } from '../../kernel/words.ts';
import type { CameraProblem } from './photos/camera.ts';
import type { Hint } from './photos/guidance.ts';
import type { Mode } from './photos/scan/enhance.ts';
import type { Doubt } from './photos/scan/judge.ts';

/** The sentences of the camera and of the editor of corners. */
export const captureWords = defineWords('expenses.capture', {
  camera: 'Photograph the receipt',
  close: 'Close',
  torch: 'Torch',
  automatic: 'Automatic',
  shoot: 'Take the photo',
  done: 'Done',
  cancel: 'Cancel',
  again: 'Try again',
  pickInstead: 'Choose a photo instead',
  full: 'A claim holds 5 photos.',
  taken: (n: number) => `Photo ${n} taken`,
  count: (n: number) => count(n, 'photo', 'photos'),
  fileName: (at: Date) => `Receipt ${at.toISOString().slice(0, 19).replaceAll(':', '.').replace('T', ' ')}.jpg`,

  correct: 'Correct the edges',
  useAnyway: 'Use anyway',
  takeAgain: 'Take again',
  opening: 'Opening the photo',
  notOpened: 'This photo cannot be opened here.',
  corners: 'Corners',
  corner: (name: string, x: number, y: number) => `${name} corner, ${x} across, ${y} down`,
  turn: 'Rotate',
  whole: 'Whole photo',
  reset: 'Reset',
  apply: 'Use this',
  look: 'Look',
  preview: 'Preview',
  cornersHint: 'Drag the corners, or move them with the arrow keys. Shift makes larger steps.',
  crossed: 'The corners cross. Bring them back into the shape of a sheet.',
  pages: (n: number) => count(n, 'page', 'pages'),
  page: (n: number, all: number) => `Page ${n} of ${all}`,
  openingPdf: 'Opening the document',
});

/** The four corners by name, in their order. */
export const cornerNames: readonly string[] = ['Top left', 'Top right', 'Bottom right', 'Bottom left'];

/** What to do for a better photo. */
export const hintSentence: Readonly<Record<Hint, string>> = defineWords('expenses.capture.hints', {
  find: 'Point at the receipt',
  dark: 'Too dark: more light or the torch',
  closer: 'Move closer',
  tilt: 'Tilt less',
  still: 'Hold still',
  ready: 'Good',
});

/** Why there is no camera picture, and what to do. */
export const problemSentences: Readonly<Record<CameraProblem, { heading: string; text: string }>> = {
  denied: {
    heading: 'The camera is not allowed',
    text: 'Allow the camera for this site in the settings of your browser, then try again. Or choose a photo you have taken.',
  },
  missing: {
    heading: 'No camera here',
    text: 'This device has no camera. Choose a photo or a PDF, or take the photo with your phone.',
  },
  busy: {
    heading: 'The camera is busy',
    text: 'Another app or tab is using it. Close that one, then try again. Or choose a photo you have taken.',
  },
  unsupported: {
    heading: 'This browser shows no camera',
    text: 'Choose a photo, or take one with the camera app.',
  },
};

/** What may make a photo hard to read. */
export const doubtSentence: Readonly<Record<Doubt, string>> = defineWords('expenses.capture.doubts', {
  photo_dark: 'This photo is dark. Print may be hard to read.',
  photo_blurred: 'This photo is blurred. Small print may be hard to read.',
  pdf_long: 'This document has many pages. All of them go with the claim.',
});

/** How a receipt can look. */
export const modeWords: Readonly<Record<Mode, string>> = defineWords('expenses.capture.modes', {
  colour: 'Colour',
  grey: 'Grey',
  ink: 'Black and white',
  original: 'Original',
});
