import { describe, expect, test } from 'vitest';
import { isMet, median, ratiosOf, regressions, tableOf, type Line } from './table.ts';

const line = (figures: Line['figures'], goals: Line['goals'] = []): Line => ({
  name: 'pull',
  unit: 'ms',
  figures,
  goals,
});

describe('the table of a bench', () => {
  test('takes the middle of an odd number of values and the mean of the two middle ones otherwise', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test('holds a goal against the side it names', () => {
    const measured = line({ ours: 110, rxdb: 300, limit: 100 });
    expect(isMet(measured, { than: 'limit', most: 1.15 })).toBe(true);
    expect(isMet(measured, { than: 'rxdb', most: 0.3 })).toBe(false);
    expect(isMet(measured, { than: 'nothing', most: 50 })).toBe(false);
  });

  test('knows no verdict without a figure to compare with', () => {
    expect(isMet(line({ ours: 1 }), { than: 'rxdb', most: 1 })).toBeUndefined();
    expect(isMet(line({ rxdb: 1 }), { than: 'nothing', most: 1 })).toBeUndefined();
  });

  test('keeps ratios and no times', () => {
    expect(ratiosOf([line({ ours: 110, rxdb: 330, limit: 100 })])).toEqual({
      'pull, ms / limit': 1.1,
      'pull, ms / rxdb': 0.333,
    });
    expect(ratiosOf([line({ ours: 110 }), line({ ours: 0, limit: 0 })])).toEqual({});
  });

  test('speaks of a ratio only when it is more than a fifth worse than recorded', () => {
    const recorded = { a: 1, b: 1, c: 1 };
    expect(regressions(recorded, { a: 1.2, b: 1.21, c: 0.5, fresh: 9 })).toEqual(['b is 1.21x, was 1x']);
  });

  test('draws figures, ratios and verdicts in one row', () => {
    const drawn = tableOf([line({ ours: 1234, limit: 1000 }, [{ than: 'limit', most: 1.15 }])])
      .split('\n')
      .at(-1);
    expect(drawn).toMatch(/pull, ms\s+1,234\s+-\s+1,000\s+1\.23\s+✗ ≤ 1\.15 x limit/);
  });
});
