import type { OperationDraft } from '../../data/define-mutation.ts';
import type { ExpenseRow } from '../../data/schema.gen.ts';
import type { Feature } from '../../kernel/feature.ts';
import type { Again } from './again.ts';

export { sumsText, titleOf } from './parts.ts';
export { claimTotals, ownSummary, waitingClaims, waitingCount, type ClaimSummary } from './queries.ts';
export { localDrafts } from './drafts.ts';
export { historyLine } from './sentences.ts';
export { refusalWords, statusWords } from './words.ts';
export type { Again } from './again.ts';

/** Sends approvals whose moment to be undone has passed, also ones that an earlier visit left behind. */
const sendHeldApprovals = async (): Promise<void> => (await import('./held-approvals.ts')).sendHeldApprovals();

/** What reads receipts is fetched when the first screens have long been drawn. */
const READER_DELAY_MS = 20_000;
const keepReader = async (): Promise<void> => (await import('./reading/keep-engine.ts')).keepEngine();

/** Puts a claim that was not accepted back into its form; answers the form's address, undefined when there is nothing to put back. */
export const correctClaim = async (notices: readonly string[]): Promise<string | undefined> =>
  (await import('./corrections.ts')).correctClaim(notices);

/** Whether what somebody wanted of a claim could still go through, the claim being what it is now. */
export const askAgain = async (operations: readonly OperationDraft[], row: ExpenseRow): Promise<Again> =>
  (await import('./again.ts')).askAgain(operations, row);

/** The money field and the choices of a claim's fields, for whoever lets somebody correct one. */
export const claimEditing = () => import('./editing.ts');

const list = () => import('./expenses-page.ts');
const form = () => import('./expense-new-page.ts');

/** Claims from the receipt to the approval. */
export const feature: Feature = {
  name: 'expenses',
  routes: [
    { path: '/expenses', tag: 'expenses-page', title: 'Claims', load: list },
    { path: '/expenses/new', tag: 'expense-new-page', title: 'New claim', load: form },
    {
      path: '/expenses/categories',
      tag: 'categories-page',
      title: 'Expense categories',
      load: () => import('./categories-page.ts'),
      allowed: (viewer) => viewer.can('categories:write'),
    },
    { path: '/expenses/:id', tag: 'expenses-page', title: 'Claim', load: list },
    { path: '/expenses/:id/edit', tag: 'expense-new-page', title: 'Edit claim', load: form },
    {
      path: '/approvals',
      tag: 'approvals-page',
      title: 'Approvals',
      load: () => import('./approvals-page.ts'),
      allowed: (viewer) => viewer.can('expenses:read'),
    },
  ],
  nav: [
    { path: '/expenses', label: 'Money', icon: 'wallet', order: 30, pocket: true },
    {
      path: '/approvals',
      label: 'Approvals',
      icon: 'inbox',
      order: 40,
      pocket: true,
      allowed: (viewer) => viewer.can('expenses:read'),
      count: { load: async () => (await import('./queries.ts')).countForMe },
    },
    {
      path: '/expenses/categories',
      label: 'Categories',
      icon: 'tag',
      order: 80,
      allowed: (viewer) => viewer.can('categories:write'),
    },
  ],
  actions: [
    { label: 'Photograph a receipt', icon: 'camera', path: '/expenses/new?photo' },
    { label: 'New claim', icon: 'receipt', path: '/expenses/new' },
    {
      label: 'Approve claims',
      icon: 'inbox',
      path: '/approvals',
      allowed: (viewer) => viewer.can('expenses:approve'),
    },
  ],
  begin() {
    void sendHeldApprovals();
    setTimeout(() => void keepReader(), READER_DELAY_MS);
  },
};
