import { defineMutation, insert, remove, update } from '../../data/define-mutation.ts';
import type { ApprovalDelegationRow, ApprovalLimitRow, ApprovalRuleRow } from '../../data/schema.gen.ts';

type RuleFields = Pick<ApprovalRuleRow, 'category_id' | 'over_minor' | 'levels'>;

/** Adds a rule about which levels claims need. */
export const addRule = defineMutation('approval_rules.add', (rule: RuleFields & { organization_id: string }) => ({
  organization_id: rule.organization_id,
  operations: [insert('approval_rules', rule)],
}));

/** Changes a rule; only what is different travels. */
export const changeRule = defineMutation(
  'approval_rules.change',
  ({ row, fields }: { row: ApprovalRuleRow; fields: RuleFields }) => {
    const { category_id, over_minor, levels } = fields;
    const patch = {
      ...(category_id === row.category_id ? {} : { category_id }),
      ...(over_minor === row.over_minor ? {} : { over_minor }),
      ...(levels.join() === row.levels.join() ? {} : { levels }),
    };
    const operations = Object.keys(patch).length === 0 ? [] : [update('approval_rules', row.id, patch)];
    return { organization_id: row.organization_id, operations };
  },
);

/** Removes a rule; claims on their way keep the levels they have. */
export const removeRule = defineMutation('approval_rules.remove', (row: ApprovalRuleRow) => ({
  organization_id: row.organization_id,
  operations: [remove('approval_rules', row.id)],
}));

/** Sets the most a role or a person may approve. */
export const addLimit = defineMutation(
  'approval_limits.add',
  (limit: Pick<ApprovalLimitRow, 'organization_id' | 'role' | 'person_id' | 'max_minor'>) => ({
    organization_id: limit.organization_id,
    operations: [insert('approval_limits', limit)],
  }),
);

/** Changes the most a role or a person may approve. */
export const changeLimit = defineMutation(
  'approval_limits.change',
  ({ row, max_minor }: { row: ApprovalLimitRow; max_minor: number }) => ({
    organization_id: row.organization_id,
    operations: max_minor === row.max_minor ? [] : [update('approval_limits', row.id, { max_minor })],
  }),
);

/** Lifts a limit. */
export const removeLimit = defineMutation('approval_limits.remove', (row: ApprovalLimitRow) => ({
  organization_id: row.organization_id,
  operations: [remove('approval_limits', row.id)],
}));

/** Lends somebody's approvals to a colleague for some days. */
export const lendApprovals = defineMutation(
  'approval_delegations.lend',
  (
    loan: Pick<
      ApprovalDelegationRow,
      'organization_id' | 'lender_id' | 'borrower_id' | 'starts_on' | 'ends_on' | 'reason'
    >,
  ) => ({
    organization_id: loan.organization_id,
    operations: [insert('approval_delegations', loan, { ended_at: null })],
  }),
);

/** Ends a loan before its last day. */
export const endLoan = defineMutation('approval_delegations.end', (row: ApprovalDelegationRow) => ({
  organization_id: row.organization_id,
  operations: [update('approval_delegations', row.id, { ended_at: new Date().toISOString() })],
}));
