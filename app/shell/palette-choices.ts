import type { Command } from './commands.ts';

/** Commands of one kind, under one heading. */
export interface CommandGroup {
  readonly heading: string;
  readonly commands: readonly Command[];
}

/** Case and accents do not matter to somebody in a hurry. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** How well a command answers what was typed; every word must be in it, 0 leaves it out. */
function score({ label, also = '' }: Command, typed: string): number {
  const name = plain(label);
  const all = `${name} ${plain(also)}`;
  if (!typed.split(' ').every((word) => all.includes(word))) return 0;
  if (name.startsWith(typed)) return 3;
  return name.includes(` ${typed}`) ? 2 : 1;
}

/** The groups with only what answers the typed letters, the best first within each; empty groups are left out. */
export function answering(groups: readonly CommandGroup[], typed: string): CommandGroup[] {
  const letters = plain(typed.trim());
  const ranked = groups.map(({ heading, commands }) => ({
    heading,
    commands: commands
      .filter((command) => score(command, letters) > 0)
      .sort((a, b) => score(b, letters) - score(a, letters)),
  }));
  return ranked.filter(({ commands }) => commands.length > 0);
}
