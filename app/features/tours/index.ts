import type { Feature } from '../../kernel/feature.ts';

export { nextShow, type ShowWithPlace } from './queries.ts';
export { statusWords } from './words.ts';
export { showBadge } from './show-badge.ts';

/** Tours and their shows, to look at. */
export const feature: Feature = {
  name: 'tours',
  routes: [{ path: '/shows', tag: 'shows-page', title: 'Shows', load: () => import('./shows-page.ts') }],
  nav: [{ path: '/shows', label: 'Shows', icon: 'calendar', order: 20, pocket: true }],
};
