import type { Feature } from '../../kernel/feature.ts';
import { loadMyDay } from '../schedule/index.ts';

const page = () => Promise.all([import('./today-page.ts'), loadMyDay()]);

/** The first screen: where a person is in their day. */
export const feature: Feature = {
  name: 'today',
  routes: [{ path: '/', tag: 'today-page', title: 'Today', load: page }],
  nav: [{ path: '/', label: 'Today', icon: 'house', order: 0, pocket: true }],
};
