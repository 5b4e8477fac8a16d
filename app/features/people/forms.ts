import { z } from 'zod';
import type { InvitationRow, PersonDetailsRow, PersonRow, Role } from '../../data/schema.gen.ts';
import { roles } from './rules.ts';
import { words } from './words.ts';

const optional = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, { error: () => words.too_long })
    .transform((text) => (text === '' ? null : text));

const address = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, { error: () => words.email_bad });

const email = address.pipe(z.email({ error: () => words.email_bad }));

const rolesField = z.array(z.enum(roles as readonly [Role, ...Role[]])).min(1, { error: () => words.roles_missing });

/** An invitation as it is typed. */
export const invitationForm = z.object({
  email,
  roles: rolesField,
  message: optional(1000),
}) satisfies z.ZodType<Pick<InvitationRow, 'email' | 'roles' | 'message'>>;

/** A person as they are typed: what everyone sees, and what only those who look after people see. */
export const personForm = z.object({
  display_name: z
    .string()
    .trim()
    .min(1, { error: () => words.name_missing })
    .max(120, { error: () => words.too_long }),
  title: optional(120),
  email: z.union([z.literal('').transform(() => null), email]),
  phone: optional(40).refine((phone) => phone === null || /^\+?[0-9 ()./-]{3,40}$/.test(phone), {
    error: () => words.phone_bad,
  }),
}) satisfies z.ZodType<Pick<PersonRow, 'display_name' | 'title'> & Pick<PersonDetailsRow, 'email' | 'phone'>>;

/** The first complaint about each field. */
export function complaints<T>(form: z.ZodType<T>, typed: unknown): Partial<Record<string, string>> {
  const result = form.safeParse(typed);
  const found: Partial<Record<string, string>> = {};
  for (const issue of result.error?.issues ?? []) found[String(issue.path[0])] ??= deepest(issue);
  return found;
}

/** A union says only that nothing fitted: its last branch knows why. */
function deepest(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  return issue.errors.at(-1)?.[0]?.message ?? issue.message;
}
