import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { decimalText, formatMoney, minorDigits } from '../kernel/money.ts';

/** The number alone, with the decimals of its currency, in the reader's locale. */
function formatNumber(amount_minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const format = new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return format.format(decimalText({ amount_minor, currency }) as Intl.StringNumericLiteral);
}

/** An amount in tabular figures; the code is written out when the currency is not the organisation's own. */
@customElement('ui-money')
export class UiMoney extends LitElement {
  @property({ type: Number }) amount_minor: number | null | undefined;
  @property() currency: string | null = '';
  @property({ attribute: 'home-currency' }) homeCurrency = '';

  override render() {
    const { amount_minor, currency } = this;
    if (amount_minor === null || amount_minor === undefined || !currency)
      return html`<span aria-label="no amount">–</span>`;
    const foreign = this.homeCurrency !== '' && this.homeCurrency !== currency;
    if (!foreign) return formatMoney({ amount_minor, currency });
    return html`<span class="code">${currency}</span> ${formatNumber(amount_minor, currency)}`;
  }

  static override styles = css`
    :host {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    .code {
      color: var(--text-quiet);
      font-size: 0.86em;
      font-weight: 500;
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-money': UiMoney;
  }
}
