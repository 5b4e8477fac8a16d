import { z } from 'zod';
import type { OrganizationRow, SettingRow } from '../../data/schema.gen.ts';
import { asFailure } from '../../kernel/failure.ts';
import { parseAmount } from '../../kernel/money.ts';
import { words } from './words.ts';

/** The facts of an organisation that its owners and admins keep right. */
export type OrganizationFields = Pick<
  OrganizationRow,
  'name' | 'kind' | 'locale' | 'currency' | 'time_zone' | 'expense_limit_minor'
>;

/** The facts as they are typed: the limit is text in the organisation's currency. */
export interface TypedOrganization {
  readonly name: string;
  readonly kind: string;
  readonly locale: string;
  readonly currency: string;
  readonly time_zone: string;
  readonly limit: string;
}

const limitWords: Readonly<Record<string, () => string>> = {
  amount_missing: () => words.limit_missing,
  amount_not_a_number: () => words.limit_not_a_number,
  amount_too_precise: () => words.limit_too_precise,
  amount_too_large: () => words.too_long,
};

/** Reads the typed facts; the limit becomes minor units. */
export const organizationForm = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, { error: () => words.name_missing })
      .max(120, { error: () => words.too_long }),
    kind: z.enum(['artist', 'agency', 'label', 'venue']),
    locale: z.string().min(2),
    currency: z.string().regex(/^[A-Z]{3}$/),
    time_zone: z.string().min(1),
    limit: z.string(),
  })
  .transform(({ limit, ...facts }, context) => {
    const expense_limit_minor = readLimit(limit, facts.currency, facts.locale, context);
    return { ...facts, expense_limit_minor };
  }) satisfies z.ZodType<OrganizationFields, TypedOrganization>;

function readLimit(typed: string, currency: string, locale: string, context: z.RefinementCtx): number {
  const refuse = (message: string): number => {
    context.addIssue({ code: 'custom', path: ['limit'], message });
    return z.NEVER;
  };
  try {
    const minor = parseAmount(typed, currency, locale);
    return minor > 0 ? minor : refuse(words.limit_positive);
  } catch (thrown) {
    return refuse((limitWords[asFailure(thrown).code] ?? (() => words.limit_not_a_number))());
  }
}

/** A setting as it is typed; the value is JSON, or plain words that stand for themselves. */
export const settingForm = z.object({
  category: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, { error: () => words.category_bad }),
  key: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_.]{0,79}$/, { error: () => words.key_bad }),
  value: z
    .string()
    .trim()
    .min(1, { error: () => words.value_missing })
    .max(50_000, { error: () => words.value_long })
    .transform(readValue),
  description: z
    .string()
    .trim()
    .max(500, { error: () => words.too_long })
    .transform((text) => (text === '' ? null : text)),
}) satisfies z.ZodType<Pick<SettingRow, 'category' | 'key' | 'value' | 'description'>>;

function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A stored value as it is typed: words without quotation marks unless they would be read as something else. */
export function typedValue(value: unknown): string {
  if (typeof value === 'string' && readValue(value) === value) return value;
  return JSON.stringify(value, null, typeof value === 'object' && value !== null ? 2 : 0);
}

/** The first complaint about each field. */
export function complaints(form: z.ZodType, typed: unknown): Partial<Record<string, string>> {
  const found: Partial<Record<string, string>> = {};
  for (const { path, message } of form.safeParse(typed).error?.issues ?? []) found[String(path[0])] ??= message;
  return found;
}
