import type { PhotoText } from './photo-text.ts';
import type { Page, Word } from './page.ts';

const LETTER_WIDTH = 12;
const LINE_HEIGHT = 30;

/** A page as an engine without faults would read it: each line's words at their places. */
export function pageOf(text: string, confidence = 0.95): Page {
  const texts = text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '');
  const lines = texts.map((line, row) => {
    const y0 = row * LINE_HEIGHT;
    const words = [...line.matchAll(/\S+/g)].map((match): Word => {
      const x0 = match.index * LETTER_WIDTH;
      const box = { x0, y0, x1: x0 + match[0].length * LETTER_WIDTH, y1: y0 + 20 };
      return { text: match[0], confidence, box };
    });
    const last = words.at(-1)!.box;
    return { words, box: { x0: words[0]!.box.x0, y0, x1: last.x1, y1: last.y1 } };
  });
  return { width: 60 * LETTER_WIDTH, height: Math.max(1, texts.length) * LINE_HEIGHT, lines };
}

/** The text of a photo that both ways of looking read alike. */
export const photoTextOf = (text: string, confidence?: number): PhotoText => ({
  block: pageOf(text, confidence),
  column: pageOf(text, confidence),
  angle: 0,
});
