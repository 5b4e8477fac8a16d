import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isDate } from '../../../kernel/day.ts';
import { datesIn, type DayOrder } from './dates.ts';

const today = '2026-11-25';
const dates = (text: string, order?: DayOrder) => datesIn(text, { today, order }).map(({ date }) => date);

describe('a printed date', () => {
  it.each([
    ['2026-05-03', '2026-05-03'],
    ['2026/5/3', '2026-05-03'],
    ['03.05.2026', '2026-05-03'],
    ['3.5.26', '2026-05-03'],
    ['27/04/18', '2018-04-27'],
    ['12/13/2016', '2016-12-13'],
    ['04 Jan 2017 01:15pm', '2017-01-04'],
    ['04JAN2017', '2017-01-04'],
    ['Oct 17, 2026', '2026-10-17'],
    ['October 17th 2026', '2026-10-17'],
    ['3. Mai 2026', '2026-05-03'],
    ['14. März 2026', '2026-03-14'],
    ['3 de mayo de 2026', '2026-05-03'],
    ['03-may-2026', '2026-05-03'],
    ['12 août 2026', '2026-08-12'],
    ['12 févr. 2026', '2026-02-12'],
    ['7 dicembre 2025', '2025-12-07'],
    ['1 říjen 2026', '2026-10-01'],
    ['2026年5月3日', '2026-05-03'],
    ['O3.O5.2O26', '2026-05-03'],
    ['20260503', '2026-05-03'],
  ])('%s', (text, date) => {
    expect(dates(text)[0]).toBe(date);
  });

  it.each([
    ['an impossible day', '31.02.2026'],
    ['a telephone number', '089 123456'],
    ['an address of the network', '192.168.10.20'],
    ['a day far in the future', '03.05.2031'],
    ['an amount', '1.234,50'],
    ['a time', '20:40:32'],
  ])('%s is none', (_, text) => {
    expect(dates(text)).toEqual([]);
  });

  it('is day first or month first as the country does it', () => {
    expect(dates('03/04/2026', 'day_first')).toEqual(['2026-04-03']);
    expect(dates('03/04/2026', 'month_first')).toEqual(['2026-03-04']);
  });

  it('that could be two days is less certain, more so when the country is unknown', () => {
    const sure = (text: string, order?: DayOrder) => datesIn(text, { today, order })[0]!.confidence;
    expect(sure('13/04/2026')).toBeGreaterThan(sure('03/04/2026', 'day_first'));
    expect(sure('03/04/2026', 'day_first')).toBeGreaterThan(sure('03/04/2026'));
    expect(sure('04/04/2026')).toBeGreaterThan(0.9);
  });

  it('that could be two days is the one that has been', () => {
    expect(dates('09/12/2026', 'day_first')).toEqual(['2026-09-12']);
    expect(dates('11/10/2026')).toEqual(['2026-10-11']);
  });

  it('long gone is less certain', () => {
    expect(datesIn('13/04/2019', { today })[0]!.confidence).toBeLessThan(
      datesIn('13/04/2026', { today })[0]!.confidence,
    );
  });

  it('of any day of the last years is read back in every order', () => {
    const formats: readonly ((y: string, m: string, d: string) => readonly [string, DayOrder | undefined])[] = [
      (y, m, d) => [`${y}-${m}-${d}`, undefined],
      (y, m, d) => [`${d}.${m}.${y}`, 'day_first'],
      (y, m, d) => [`${Number(d)}/${Number(m)}/${y.slice(2)}`, 'day_first'],
      (y, m, d) => [`${m}/${d}/${y}`, 'month_first'],
      (y, m, d) => [
        `${d} ${new Intl.DateTimeFormat('en', { month: 'short' }).format(new Date(`${y}-${m}-15`))} ${y}`,
        undefined,
      ],
      (y, m, d) => [
        `${d} ${new Intl.DateTimeFormat('fr', { month: 'long' }).format(new Date(`${y}-${m}-15`))} ${y}`,
        undefined,
      ],
      (y, m, d) => [
        `${d}. ${new Intl.DateTimeFormat('de', { month: 'long' }).format(new Date(`${y}-${m}-15`))} ${y}`,
        undefined,
      ],
      (y, m, d) => [
        `${d} de ${new Intl.DateTimeFormat('es', { month: 'long' }).format(new Date(`${y}-${m}-15`))} de ${y}`,
        undefined,
      ],
      (y, m, d) => [
        `${d} ${new Intl.DateTimeFormat('it', { month: 'long' }).format(new Date(`${y}-${m}-15`))} ${y}`,
        undefined,
      ],
      (y, m, d) => [
        `${d} ${new Intl.DateTimeFormat('nl', { month: 'long' }).format(new Date(`${y}-${m}-15`))} ${y}`,
        undefined,
      ],
      (y, m, d) => [
        `${d} ${new Intl.DateTimeFormat('sv', { month: 'long' }).format(new Date(`${y}-${m}-15`))} ${y}`,
        undefined,
      ],
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.constantFrom(...formats), (ago, format) => {
        const date = addDays(today, -ago);
        const [y, m, d] = date.split('-') as [string, string, string];
        const [text, order] = format(y, m, d);
        expect(dates(`Date: ${text} 13:42`, order)).toContain(date);
      }),
    );
  });

  it('never throws, and is always a day of the calendar', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const { date, confidence } of datesIn(text, { today })) {
          expect(isDate(date)).toBe(true);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
