import { describe, expect, test } from 'vitest';
import { answering } from './palette-choices.ts';

const command = (label: string, also?: string) => ({ label, icon: 'circle', run: () => {}, ...(also ? { also } : {}) });
const groups = [
  { heading: 'Go to', commands: [command('Shows'), command('Tomás’ claims'), command('Approve claims')] },
  { heading: 'More', commands: [command('Sign out', 'leave'), command('Dark appearance', 'theme')] },
];
const labels = (typed: string) =>
  answering(groups, typed).flatMap(({ commands }) => commands.map(({ label }) => label));

describe('the command palette', () => {
  test('offers everything before a letter is typed', () => {
    expect(labels('  ')).toHaveLength(5);
  });

  test('does not care about case, accents or the order of words', () => {
    expect(labels('TOMAS')).toEqual(['Tomás’ claims']);
    expect(labels('claims approve')).toEqual(['Approve claims']);
  });

  test('finds a command by another word for it', () => {
    expect(labels('theme')).toEqual(['Dark appearance']);
  });

  test('puts what begins with the letters first', () => {
    const found = answering([{ heading: '', commands: [command('Undo approval'), command('Approvals')] }], 'appr');
    expect(found[0]!.commands.map(({ label }) => label)).toEqual(['Approvals', 'Undo approval']);
  });

  test('leaves out headings under which nothing was found', () => {
    expect(answering(groups, 'shows').map(({ heading }) => heading)).toEqual(['Go to']);
  });
});
