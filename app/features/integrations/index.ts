import type { Feature } from '../../kernel/feature.ts';

/** Loads `<delivery-state>`, which says where something is on its way to a provider and lets it be tried again. */
export const loadDeliveryState = (): Promise<unknown> => import('./delivery-state.ts');

/** How the organisation stands with those it sends things to. */
export const feature: Feature = {
  name: 'integrations',
  routes: [
    {
      path: '/integrations',
      tag: 'integrations-page',
      title: 'Integrations',
      load: () => import('./integrations-page.ts'),
      allowed: (viewer) => viewer.can('integrations:read'),
    },
  ],
  nav: [
    {
      path: '/integrations',
      label: 'Integrations',
      icon: 'refresh-cw',
      order: 85,
      allowed: (viewer) => viewer.can('integrations:retry'),
    },
  ],
};
