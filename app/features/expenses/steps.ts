import { command, defineMutation, remove } from '../../data/define-mutation.ts';
import type { ExpenseReceiptRow, ExpenseRow } from '../../data/schema.gen.ts';
import { refusal } from '../../kernel/failure.ts';
import { LONGEST_REASON } from './rules.ts';

const now = (): string => new Date().toISOString();

/** What the person who decides has on the screen: a decision about other values is a conflict, not a decision. */
const seen = (row: ExpenseRow) => ({
  status: row.status,
  amount_minor: row.amount_minor,
  currency: row.currency,
  category_id: row.category_id,
  expense_date: row.expense_date,
  waits_for_level: row.waits_for_level,
});

/** Who decides, and about what. */
export interface Decision {
  readonly row: ExpenseRow;
  /** The deciding person's id. */
  readonly by: string;
  /** The level that comes after this one, as far as this device knows; undefined when it is the last. */
  readonly next_level?: number | undefined;
}

const decided = (by: string) => ({ decided_by: by, decided_at: now() });

/** Approves a claim as it was seen, at the level it waits for. */
export const approveExpense = defineMutation('expenses.approve', ({ row, by, next_level }: Decision) => ({
  organization_id: row.organization_id,
  operations: [
    command('expenses.approve', {
      table: 'expenses',
      id: row.id,
      seen: seen(row),
      expect: {
        ...(next_level === undefined ? { status: 'approved' } : {}),
        waits_for_level: next_level ?? null,
        ...decided(by),
      },
    }),
  ],
}));

/** Rejects a claim as it was seen, with the reason its owner reads. */
export const rejectExpense = defineMutation('expenses.reject', ({ row, by, reason }: Decision & { reason: string }) => {
  const args = { reason: reasonOf(reason) };
  return {
    organization_id: row.organization_id,
    operations: [
      command('expenses.reject', {
        table: 'expenses',
        id: row.id,
        args,
        seen: seen(row),
        expect: { status: 'rejected', waits_for_level: null, rejection_reason: args.reason, ...decided(by) },
      }),
    ],
  };
});

/** The dialog has asked for a reason before; what still is none must not travel. */
function reasonOf(typed: string): string {
  const reason = typed.trim();
  if (reason === '' || reason.length > LONGEST_REASON) throw refusal('malformed', 'the dialog let something through');
  return reason;
}

/** Marks an approved claim as paid back. */
export const payExpense = defineMutation('expenses.pay', (row: ExpenseRow) => ({
  organization_id: row.organization_id,
  operations: [
    command('expenses.pay', {
      table: 'expenses',
      id: row.id,
      seen: seen(row),
      expect: { status: 'paid', paid_at: now() },
    }),
  ],
}));

/** Takes one's own claim back for good. */
export const cancelExpense = defineMutation('expenses.cancel', (row: ExpenseRow) => ({
  organization_id: row.organization_id,
  operations: [command('expenses.cancel', { table: 'expenses', id: row.id, expect: { status: 'cancelled' } })],
}));

/** Throws a draft away that was never handed in. */
export const deleteDraft = defineMutation(
  'expenses.delete',
  ({ row, receipts }: { row: ExpenseRow; receipts: readonly ExpenseReceiptRow[] }) => ({
    organization_id: row.organization_id,
    operations: [...receipts.map((receipt) => remove('expense_receipts', receipt.id)), remove('expenses', row.id)],
  }),
);

/** Turns a rejected claim back into a draft. */
export const reopenExpense = defineMutation('expenses.reopen', (row: ExpenseRow) => ({
  organization_id: row.organization_id,
  operations: [command('expenses.reopen', { table: 'expenses', id: row.id, expect: { status: 'draft' } })],
}));
