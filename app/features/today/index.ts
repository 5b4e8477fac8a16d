import type { Feature } from '../../kernel/feature.ts';

/** The first screen: where a person is in their day. */
export const feature: Feature = {
  name: 'today',
  routes: [{ path: '/', tag: 'today-page', title: 'Today', load: () => import('./today-page.ts') }],
  nav: [{ path: '/', label: 'Today', icon: 'house', order: 0, pocket: true }],
};
