import { html, type TemplateResult } from 'lit';
import { words } from './words.ts';

/** How a purchase was paid: the value stored, its name, its icon. */
export const paymentMethods = [
  { value: 'personal_card', label: words.payPersonalCard, icon: 'user' },
  { value: 'cash', label: words.payCash, icon: 'banknote' },
  { value: 'company_card', label: words.payCompanyCard, icon: 'building-2' },
  { value: 'cash_float', label: words.payFloat, icon: 'wallet' },
] as const;

/** The name of a stored payment method; one we do not know is shown as it is. */
export const paymentWord = (value: string): string =>
  paymentMethods.find((method) => method.value === value)?.label ?? value.replaceAll('_', ' ');

const common = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AUD', 'JPY', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF', 'INR'];

/** Options of a currency select: the ones used lately first, then common ones, then all that the device knows. */
export function currencyOptions(chosen: string, recent: readonly string[]): TemplateResult[] {
  const first = new Set([...recent, chosen, ...common]);
  const rest = Intl.supportedValuesOf('currency').filter((code) => !first.has(code));
  return [...first, ...rest].map((code) => html`<option .value=${code} ?selected=${code === chosen}>${code}</option>`);
}
