import type { Feature } from '../../kernel/feature.ts';

export { approvalsOf, levelsOfClaims, takesPart, type Approvals } from './queries.ts';
export { waitingLevel, waitingOf, type Level } from './levels.ts';
export { claimValue, decidersOf, turnOf, type Turn } from './rules.ts';
export { anyOfNames, levelName, progressSentence, refusalWords, type Names } from './words.ts';

/** Who approves claims: levels, limits, and who stands in for whom. */
export const feature: Feature = {
  name: 'approvals',
  routes: [
    {
      path: '/organization/approvals',
      tag: 'approval-settings-page',
      title: 'Who approves claims',
      load: () => import('./approval-settings-page.ts'),
      allowed: (viewer) => viewer.can('expenses:read'),
    },
  ],
  nav: [],
};
