import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateIn, formatDate, isDate } from './day.ts';

const days = fc
  .date({ min: new Date('1970-01-02'), max: new Date('2199-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('calendar dates', () => {
  it.each(['2026-02-30', '2026-13-01', '2026-1-5', '14.11.2026', '', 'today', '2026-11-14T00:00'])(
    '"%s" is not a date',
    (text) => {
      expect(isDate(text)).toBe(false);
    },
  );

  it('knows leap days', () => {
    expect(isDate('2028-02-29')).toBe(true);
    expect(isDate('2026-02-29')).toBe(false);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  it('moving forth and back arrives at the same date, and order follows time', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -400, max: 400 }), (date, by) => {
        const moved = addDays(date, by);
        expect(isDate(moved)).toBe(true);
        expect(addDays(moved, -by)).toBe(date);
        expect(Math.sign(moved.localeCompare(date))).toBe(Math.sign(by));
      }),
    );
  });

  it('the same instant is another date in another zone', () => {
    const at = new Date('2026-11-14T23:30:00Z');
    expect(dateIn('Europe/Berlin', at)).toBe('2026-11-15');
    expect(dateIn('America/New_York', at)).toBe('2026-11-14');
    expect(dateIn('Pacific/Kiritimati', at)).toBe('2026-11-15');
  });

  it('writes the year only when it is another one', () => {
    expect(formatDate('2026-11-14', 'en-GB', 2026)).toBe('Sat 14 Nov');
    expect(formatDate('2025-11-14', 'en-GB', 2026)).toBe('Fri, 14 Nov 2025');
  });
});
