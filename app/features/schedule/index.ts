import type { Feature } from '../../kernel/feature.ts';

export { refusalWords } from './words.ts';

/** Loads `<my-day>`, a person's own day, for the page that shows it. */
export const loadMyDay = (): Promise<unknown> => import('./my-day.ts');

/** The days on the road: day sheets, calls and answers. */
export const feature: Feature = {
  name: 'schedule',
  routes: [
    { path: '/shows/:id', tag: 'show-page', title: 'Show', load: () => import('./show-page.ts') },
    { path: '/shows/:id/print', tag: 'day-print-page', title: 'Day sheet', load: () => import('./day-print-page.ts') },
  ],
  nav: [],
};
