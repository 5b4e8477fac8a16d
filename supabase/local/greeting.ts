import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './config.ts';
import type { Stack } from './stack.ts';

interface DemoAccount {
  email: string;
  password: string;
  who: string;
}

/** Tells a newcomer where everything is, whom to sign in as, and how to stop. */
export function printStart(stack: Stack, took: number, seeded: boolean): void {
  const lines = [
    '',
    `  Ready in ${seconds(took)}  (${stack.phases.map(({ name, ms }) => `${name} ${seconds(ms)}`).join(', ')})`,
    '',
    `  App        ${stack.url}/`,
    `  Mail       ${stack.url}/mail        sign-in links arrive here`,
    `  Supabase   ${stack.url}`,
    `  Database   ${stack.dbUrl}`,
    `  anon key   ${stack.anonKey}`,
    ...(seeded ? accountLines() : []),
    ...stack.changedMigrations.map(changedLine),
    '',
    '  Ctrl-C stops everything. Data stays in .local; "npm run reset" starts over.',
    '',
  ];
  console.log(lines.join('\n'));
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

const changedLine = (file: string): string =>
  `\n  ! ${file} was edited after this database had applied it. "npm run reset" applies it anew.`;

function accountLines(): string[] {
  const file = join(ROOT, 'supabase/demo-accounts.json');
  if (!existsSync(file)) return [];
  const accounts = JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[];
  const width = Math.max(...accounts.map(({ email }) => email.length));
  return [
    '',
    '  Demo accounts',
    ...accounts.map(({ email, password, who }) => `    ${email.padEnd(width)}  ${password}   ${who}`),
  ];
}
