import type { ExpenseCategoryRow } from '../../data/schema.gen.ts';
import type { Failure } from '../../kernel/failure.ts';
import { objectionWords } from './words.ts';

/** What keeps a bill out of the books, in a sentence; one we have no words for yet is left to what the books say. */
export const objectionSentence = (objection: string | null, category: ExpenseCategoryRow | undefined): string =>
  (objectionWords[objection ?? 'refused'] ?? objectionWords['refused']!)(category?.name ?? '');

/** A failure of these screens. */
export const failureSentence = ({ code }: Failure): string =>
  code === 'device_full'
    ? 'This device is full, so it could not be saved. Free some space, then try again.'
    : 'It could not be saved on this device. Try again.';
