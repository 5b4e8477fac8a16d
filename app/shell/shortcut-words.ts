import { defineWords } from '../kernel/words.ts';

/** What the keys do, on their sheet. */
export const keyWords = defineWords('shortcuts', {
  everywhere: 'Everywhere',
  lists: 'In lists',
  palette: 'Search, go somewhere or start something',
  create: 'Make something new',
  help: 'This list',
  next: 'Next',
  previous: 'Previous',
  select: 'Select',
  approve: 'Approve',
  reject: 'Reject',
  open: 'Open',
  search: 'Search the list',
  close: 'Close',
  inbox: 'In the inbox',
  mine: 'Keep mine',
  theirs: 'Keep theirs',
  edit: 'Write something else, or correct it',
  back: 'Back to the list',
});
