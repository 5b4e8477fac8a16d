import { html, nothing, type TemplateResult } from 'lit';
import type { ExpenseCategoryRow, ExpenseRow, ExpenseStatus } from '../../data/schema.gen.ts';
import { formatMoney, type Money } from '../../kernel/money.ts';
import type { Tone } from '../../ui/ui-badge.ts';
import '../../ui/ui-badge.ts';
import '../../ui/ui-icon.ts';
import '../../ui/ui-money.ts';
import { statusWords, words } from './words.ts';

const looks: Readonly<Record<ExpenseStatus, { tone: Tone; icon: string }>> = {
  draft: { tone: 'neutral', icon: 'pencil' },
  submitted: { tone: 'accent', icon: 'send' },
  approved: { tone: 'good', icon: 'circle-check' },
  rejected: { tone: 'bad', icon: 'circle-alert' },
  paid: { tone: 'good', icon: 'banknote' },
  cancelled: { tone: 'neutral', icon: 'x' },
  archived: { tone: 'neutral', icon: 'package' },
};

/** A claim's state as icon and word. */
export const statusBadge = (status: ExpenseStatus): TemplateResult =>
  html`<ui-badge tone=${looks[status].tone} icon=${looks[status].icon}>${statusWords[status]}</ui-badge>`;

/** The small clock of a row whose changes are only on this device. */
export const waitingClock = (waits: boolean): TemplateResult | typeof nothing =>
  waits
    ? html`<ui-icon class="waiting" name="clock" label=${words.onlyHere} title=${words.onlyHere}></ui-icon>`
    : nothing;

/** A claim's amount; foreign currencies carry their code. */
export const amountOf = (row: Pick<ExpenseRow, 'amount_minor' | 'currency'>, home: string): TemplateResult =>
  row.amount_minor === null
    ? html`<span class="quiet">${words.noAmount}</span>`
    : html`<ui-money .amount_minor=${row.amount_minor} currency=${row.currency} home-currency=${home}></ui-money>`;

/** The icon of a category, a receipt when there is none. */
export const categoryIcon = (category: ExpenseCategoryRow | undefined): string => category?.icon || 'receipt';

/** What a claim is called in a list: its merchant, else its purpose. */
export const titleOf = (row: Pick<ExpenseRow, 'merchant' | 'description'>): string =>
  row.merchant || row.description || words.noMerchant;

/** "€1,240.00 + CHF 80.00": sums of several currencies, the organisation's own first. */
export function sumsText(sums: readonly Money[], home: string): string {
  const ordered = [...sums].sort((a, b) => Number(b.currency === home) - Number(a.currency === home));
  return ordered.map((sum) => formatMoney(sum)).join(' + ');
}
