import { defineWords } from '../../kernel/words.ts';
import type { ExpenseEvent } from './rules.ts';

/** What somebody did to a claim, told to them when it came back. */
export const didWords: Readonly<Record<ExpenseEvent, string>> = defineWords('expenses.did', {
  submit: 'You submitted this claim.',
  approve: 'You approved this claim.',
  reject: 'You rejected this claim.',
  reopen: 'You took this claim back to draft.',
  cancel: 'You cancelled this claim.',
  pay: 'You marked this claim as paid.',
  archive: 'You archived this claim.',
});

/** Doing the same to the claim as it is now. */
export const againWords: Readonly<Record<ExpenseEvent, string>> = defineWords('expenses.again', {
  submit: 'Submit what it is now',
  approve: 'Approve what it is now',
  reject: 'Reject what it is now',
  reopen: 'Take it back all the same',
  cancel: 'Cancel it all the same',
  pay: 'Mark as paid all the same',
  archive: 'Archive it all the same',
});
