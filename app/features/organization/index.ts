import type { Feature } from '../../kernel/feature.ts';

export { currencyChoices, currencyHere, zoneChoices } from './choices.ts';

/** The organisation's own facts and choices. */
export const feature: Feature = {
  name: 'organization',
  routes: [
    {
      path: '/organization',
      tag: 'organization-page',
      title: 'Organisation',
      load: () => import('./organization-page.ts'),
    },
  ],
  nav: [
    {
      path: '/organization',
      label: 'Organisation',
      icon: 'building-2',
      order: 90,
      allowed: (viewer) => viewer.can('organization:write') || viewer.can('settings:write'),
    },
  ],
};
