import * as z from 'zod/mini';
import { meetsRules } from './password-rules.ts';
import { words } from './words.ts';

/** An e-mail address as typed: trimmed, lower case in its domain only by the server. */
export const emailField = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, { error: () => words.email_missing, abort: true }),
    z.email({ error: () => words.email_bad }),
    z.maxLength(254, { error: () => words.email_bad }),
  );

/** A new password: the rules, checked as a whole because the list beside the field shows which is open. */
export const newPasswordField = z.string().check(
  z.refine((password) => meetsRules(password), { error: () => words.password_rules }),
  z.maxLength(72, { error: () => words.password_rules }),
);

const nameField = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, { error: () => words.name_missing }),
    z.maxLength(80, { error: () => words.name_missing }),
  );

/** What creating an account asks for. */
export const accountForm = z.object({
  first_name: nameField,
  last_name: nameField,
  email: emailField,
  password: newPasswordField,
});

/** The digits of a code however they were pasted ("123 456", "Your code: 123456"). */
export const digitsOf = (text: string): string => text.replace(/\D/g, '').slice(0, 6);

/** The sentence for the first thing wrong with a field; undefined when it is fine. */
export function wrong(schema: z.ZodMiniType, value: unknown): string | undefined {
  const result = z.safeParse(schema, value);
  return result.success ? undefined : result.error.issues[0]?.message;
}
