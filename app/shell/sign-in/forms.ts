import * as z from 'zod/mini';
import { emailProblem } from './entries.ts';
import { meetsRules } from './password-rules.ts';
import { words } from './words.ts';

const emailField = z.string().check(
  z.trim(),
  z.refine((text) => emailProblem(text) === undefined, { error: ({ input }) => emailProblem(String(input))! }),
);

// The rules are checked as a whole, because the list beside the field shows which is open.
const newPasswordField = z.string().check(
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
