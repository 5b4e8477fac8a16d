import type { Feature } from '../../kernel/feature.ts';

/** The line about a claim's bill, for whoever shows a claim. */
export const loadClaimBill = () => import('./claim-bill.ts');

/** The way into the books: which account a category posts to, and bills as files. */
export const feature: Feature = {
  name: 'books',
  routes: [
    {
      path: '/books',
      tag: 'books-page',
      title: 'Bookkeeping',
      load: () => import('./books-page.ts'),
      allowed: (viewer) => viewer.can('expenses:pay'),
    },
  ],
  nav: [
    {
      path: '/books',
      label: 'Bookkeeping',
      icon: 'banknote',
      order: 85,
      allowed: (viewer) => viewer.can('expenses:pay'),
    },
  ],
};
