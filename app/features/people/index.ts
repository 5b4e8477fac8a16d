import type { Feature } from '../../kernel/feature.ts';

export { refusalWords, roleName } from './words.ts';

const page = () => import('./people-page.ts');

/** Who works here: members, people without a login, invitations. */
export const feature: Feature = {
  name: 'people',
  routes: [
    { path: '/people', tag: 'people-page', title: 'People', load: page },
    { path: '/people/:id', tag: 'people-page', title: 'Person', load: page },
  ],
  nav: [{ path: '/people', label: 'People', icon: 'users', order: 60 }],
  actions: [
    {
      label: 'Invite somebody',
      icon: 'user-plus',
      path: '/people?invite',
      allowed: (viewer) => viewer.can('people:write'),
    },
  ],
};
