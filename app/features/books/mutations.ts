import { command, defineMutation, insert, update } from '../../data/define-mutation.ts';
import type { BooksAccountRow, ExpenseCategoryRow, ExpenseRow } from '../../data/schema.gen.ts';
import { refusal } from '../../kernel/failure.ts';

/** The longest code of an account. */
export const LONGEST_CODE = 20;

/** Sends an approved claim to the books, or tries again. */
export const sendToBooks = defineMutation('expenses.bill', (row: ExpenseRow) => ({
  organization_id: row.organization_id,
  operations: [command('expenses.bill', { table: 'expenses', id: row.id, expect: {} })],
}));

/** Says which account a category posts to; an empty code means none. */
export const mapCategory = defineMutation(
  'expense_categories.change',
  ({ row, code }: { row: ExpenseCategoryRow; code: string }) => {
    if (code.length > LONGEST_CODE) throw refusal('malformed', 'the form let something through');
    return {
      organization_id: row.organization_id,
      operations: [update('expense_categories', row.id, { xero_account_code: code === '' ? null : code })],
    };
  },
);

/** Makes a category of an account that has none yet. */
export const addAccountAsCategory = defineMutation(
  'expense_categories.add',
  ({ account, all }: { account: BooksAccountRow; all: readonly ExpenseCategoryRow[] }) => {
    const { organization_id, code, name } = account;
    const taken = all.some((category) => category.name.toLocaleLowerCase() === name.toLocaleLowerCase());
    const fields = {
      organization_id,
      name: taken ? `${name.slice(0, 80 - code.length - 3)} (${code})` : name.slice(0, 80),
      code: `account_${
        code
          .toLocaleLowerCase('en')
          .replace(/[^a-z0-9]+/g, '_')
          .replace(/^_+|_+$/g, '') || 'x'
      }`,
      icon: 'tag',
      xero_account_code: code,
      requires_receipt: true,
      active: true,
      position: Math.max(0, ...all.map(({ position }) => position)) + 1,
    };
    return { organization_id, operations: [insert('expense_categories', fields)] };
  },
);
