import { attentionCount } from '../data/needs-attention.ts';
import type { Feature } from '../kernel/feature.ts';
import { words } from './words.ts';

const inbox = () => import('./inbox/inbox-page.ts');

/** The pages of the frame itself. */
export const shell: Feature = {
  name: 'shell',
  routes: [
    { path: '/inbox', tag: 'inbox-page', title: words.inbox, load: inbox },
    { path: '/inbox/:id', tag: 'inbox-page', title: words.inbox, load: inbox },
    { path: '/more', tag: 'more-page', title: words.more, load: () => import('./more-page.ts') },
    { path: '/account', tag: 'account-page', title: words.account, load: () => import('./account/account-page.ts') },
    {
      path: '/connect/:provider',
      tag: 'connect-page',
      title: words.connect,
      load: () => import('./connect/connect-page.ts'),
      allowed: (viewer) => viewer.can('integrations:write'),
    },
    { path: '/start', tag: 'start-page', title: words.invitations, load: () => import('./sign-in/start-page.ts') },
  ],
  nav: [{ path: '/inbox', label: words.inbox, icon: 'bell', order: 45, count: attentionCount }],
};
