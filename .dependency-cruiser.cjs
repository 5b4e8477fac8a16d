/** The doors of the house: who may borrow from whom. ARCHITECTURE.md says why. */
const APP = '^app/';
const room = (...names) => `^app/(${names.join('|')})/`;
const TESTS = '(\\.test\\.ts$|^app/sync/sim/|^app/e2e/)';

const door = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    door('no-circles', 'A circle has no first reader.', {}, { circular: true }),
    door('no-orphans-unresolved', 'Every import resolves.', {}, { couldNotResolve: true, pathNot: '^virtual:' }),
    door(
      'kernel-is-pure',
      'kernel imports nothing of ours.',
      { path: room('kernel') },
      { path: '^(app|sw|functions|supabase)/', pathNot: room('kernel') },
    ),
    door(
      'ui-is-dumb',
      'ui knows only ui and kernel.',
      { path: room('ui') },
      { path: APP, pathNot: room('ui', 'kernel') },
    ),
    door(
      'sync-knows-tables-not-tours',
      'sync knows only sync and kernel.',
      { path: room('sync'), pathNot: TESTS },
      { path: APP, pathNot: room('sync', 'kernel') },
    ),
    door(
      'data-is-below-features',
      'data never looks up.',
      { path: room('data'), pathNot: TESTS },
      { path: room('features', 'shell', 'ui', 'platform') },
    ),
    door(
      'platform-is-a-leaf',
      'platform never looks up.',
      { path: room('platform'), pathNot: TESTS },
      { path: room('features', 'shell', 'ui', 'data') },
    ),
    door(
      'features-stay-local',
      'Features read and write rows; they never touch the network.',
      { path: room('features'), pathNot: TESTS },
      { path: room('platform', 'sync', 'shell') },
    ),
    door(
      'features-use-front-doors',
      'A feature enters another only by its index.ts.',
      { path: '^app/features/([^/]+)/' },
      { path: '^app/features/([^/]+)/', pathNot: ['^app/features/$1/', '^app/features/[^/]+/index\\.ts$'] },
    ),
    door(
      'shell-uses-front-doors',
      'The shell and main.ts enter features by index.ts.',
      { path: '^app/(shell/|main\\.ts)', pathNot: TESTS },
      { path: '^app/features/[^/]+/', pathNot: '^app/features/[^/]+/index\\.ts$' },
    ),
    door(
      'rules-are-pure',
      'rules.ts imports kernel, other rules and types only.',
      { path: '/rules\\.ts$' },
      { path: '^(app|functions|sw)/', pathNot: ['^app/kernel/', '/rules\\.ts$', '^app/data/schema\\.gen\\.ts$'] },
    ),
    door(
      'functions-borrow-little',
      'functions borrow from app only kernel and rules.',
      { path: '^functions/', pathNot: TESTS },
      { path: APP, pathNot: ['^app/kernel/', '/rules\\.ts$'] },
    ),
    door(
      'functions-share-by-_shared',
      'One function never imports another.',
      { path: '^functions/([^_/][^/]*)/' },
      { path: '^functions/([^_/][^/]*)/', pathNot: '^functions/$1/' },
    ),
    door(
      'sw-is-alone',
      'The service worker borrows from kernel; to send in the background also from sync, platform and data/synced-db.ts.',
      { path: '^sw/' },
      { path: '^(app|functions|supabase)/', pathNot: ['^app/(kernel|sync|platform)/', '^app/data/synced-db\\.ts$'] },
    ),
    door(
      'product-never-imports-the-stack',
      'The embedded stack is equipment, not product.',
      { path: '^(app|functions|sw)/', pathNot: TESTS },
      { path: '^supabase/' },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^node_modules/\\.', '\\.css(\\?|$)', '\\.svg\\?raw$', '\\.woff2'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
