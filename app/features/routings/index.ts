import type { Feature, Viewer } from '../../kernel/feature.ts';

const isPlanner = (viewer: Viewer): boolean => viewer.can('schedule:write');

/** Routings as files: shows in from any spreadsheet or calendar, and out to the places that announce them. */
export const feature: Feature = {
  name: 'routings',
  routes: [
    {
      path: '/shows/import',
      tag: 'import-page',
      title: 'Import shows',
      load: () => import('./import-page.ts'),
      allowed: isPlanner,
    },
    { path: '/shows/export', tag: 'export-page', title: 'Export shows', load: () => import('./export-page.ts') },
  ],
  nav: [],
  actions: [{ label: 'Import shows', icon: 'upload', path: '/shows/import', allowed: isPlanner }],
};
