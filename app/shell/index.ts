import type { Feature } from '../kernel/feature.ts';

/** The pages of the frame itself. */
export const shell: Feature = {
  name: 'shell',
  routes: [
    { path: '/inbox', tag: 'inbox-page', title: 'Inbox', load: () => import('./inbox/inbox-page.ts') },
    { path: '/more', tag: 'more-page', title: 'More', load: () => import('./more-page.ts') },
  ],
  nav: [],
};
