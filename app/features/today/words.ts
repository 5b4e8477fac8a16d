import { count, defineWords } from '../../kernel/words.ts';

/** The sentences of the first screen. */
export const words = defineWords('today', {
  morning: (name: string) => `Good morning, ${name}`,
  afternoon: (name: string) => `Good afternoon, ${name}`,
  evening: (name: string) => `Good evening, ${name}`,
  night: (name: string) => `Hello, ${name}`,
  nextShow: 'Next show',
  tonight: 'Today',
  tomorrow: 'Tomorrow',
  inDays: (days: number) => `in ${count(days, 'day', 'days')}`,
  noShow: 'No show ahead',
  noShowText: 'Shows you are on appear here as soon as they are entered.',
  here: 'here',
  yourClaims: 'Your claims',
  draft: 'to finish',
  submitted: 'waiting for approval',
  approved: 'approved, to be paid',
  rejected: 'need you',
  onThisDevice: (n: number) => `${count(n, 'unfinished claim', 'unfinished claims')} on this device`,
  nothingOpenText: 'Photograph a receipt right after paying; the rest takes a minute.',
  photograph: 'Photograph a receipt',
  seeAll: 'All claims',
  approvals: 'Approvals',
  waiting: (n: number) => `${count(n, 'claim waits', 'claims wait')} for you`,
  noneWaiting: 'Nothing waits for you',
  open: 'Review',
  lately: 'Lately',
  firstSteps: 'First steps',
  firstClaim: 'Make your first claim',
  firstClaimText: 'Photograph a receipt. It works without signal too.',
  lookShows: 'Look at your shows',
  lookShowsText: 'Dates, cities and venues of the tours you are on.',
});

/** A greeting that fits the hour of this device. */
export function greeting(hour: number, name: string): string {
  if (hour < 5) return words.night(name);
  if (hour < 12) return words.morning(name);
  return hour < 18 ? words.afternoon(name) : words.evening(name);
}
