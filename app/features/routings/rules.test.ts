import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inferOrder, readDate, readTime, weekdayFits } from './rules.ts';

describe('a date', () => {
  test.each([
    ['2026-11-14', 'dmy', '2026-11-14'],
    ['2026/11/14', 'dmy', '2026-11-14'],
    ['20261114', 'dmy', '2026-11-14'],
    ['14/11/2026', 'dmy', '2026-11-14'],
    ['11/14/2026', 'mdy', '2026-11-14'],
    ['14.11.26', 'dmy', '2026-11-14'],
    ['Sat 14.11.2026', 'dmy', '2026-11-14'],
    ['Sa., 14.11.2026', 'dmy', '2026-11-14'],
    ['14 Nov 2026', 'mdy', '2026-11-14'],
    ['November 14th, 2026', 'dmy', '2026-11-14'],
    ['14-Nov-26', 'dmy', '2026-11-14'],
    ['14. März 2026', 'dmy', '2026-03-14'],
    ['3 décembre 2026', 'dmy', '2026-12-03'],
    ['46340', 'dmy', '2026-11-14'],
    ['46340.8125', 'dmy', '2026-11-14'],
    ['2026-11-14T19:30', 'dmy', '2026-11-14'],
    ['29/02/2028', 'dmy', '2028-02-29'],
  ] as const)('%s (%s) is %s', (text, order, date) => {
    expect(readDate(text, order)).toMatchObject({ date });
  });

  test.each([
    ['', 'date_missing'],
    ['soon', 'date_unreadable'],
    ['TBA', 'date_unreadable'],
    ['30/02/2026', 'date_impossible'],
    ['13/25/2026', 'date_impossible'],
    ['29/02/2027', 'date_impossible'],
    ['14/11', 'date_no_year'],
    ['14 Nov', 'date_no_year'],
    ['99999', 'date_unreadable'],
  ])('"%s" is refused as %s', (text, problem) => {
    expect(readDate(text, 'dmy')).toEqual({ problem });
  });

  test('brings the time that stands beside it', () => {
    expect(readDate('2026-11-14 19:30', 'dmy')).toEqual({ date: '2026-11-14', time: '19:30' });
    expect(readDate('46340.8125', 'dmy')).toEqual({ date: '2026-11-14', time: '19:30' });
    expect(readDate('11/14/2026 7:30 PM', 'mdy')).toEqual({ date: '2026-11-14', time: '19:30' });
  });

  test('is compared with the weekday that is written beside it', () => {
    expect(weekdayFits(readDate('Sat 14.11.2026', 'dmy'))).toBe(true);
    expect(weekdayFits(readDate('Friday, 14.11.2026', 'dmy'))).toBe(false);
    expect(weekdayFits(readDate('14.11.2026', 'dmy'))).toBeUndefined();
  });

  test('written in any form of one order reads back as itself', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom('dmy', 'mdy'), fc.constantFrom('/', '.', '-'), (at, order, separator) => {
        const iso = at.toISOString().slice(0, 10);
        const [y, m, d] = iso.split('-') as [string, string, string];
        const text = (order === 'dmy' ? [d, m, y] : [m, d, y]).join(separator);
        expect(readDate(text, order as 'dmy' | 'mdy')).toEqual({ date: iso });
      }),
    );
  });
});

describe('the order of a whole column', () => {
  test.each([
    [['14/11/2026', '04/05/2026'], { order: 'dmy', by: 'calendar' }],
    [['04/05/2026', '11/14/2026'], { order: 'mdy', by: 'calendar' }],
    [['2026-11-14'], { order: 'dmy', by: 'plain' }],
    [['01/02/2026', '03/02/2026', '05/02/2026', '01/03/2026'], { order: 'dmy', by: 'sorted' }],
    [['02/01/2026', '02/03/2026', '03/01/2026'], { order: 'mdy', by: 'sorted' }],
    [['04/05/2026'], { order: 'dmy', by: 'ask' }],
    [['Tue 05/12/2026'], { order: 'mdy', by: 'calendar' }],
    [['14/11/2026', '11/14/2026'], { order: 'dmy', by: 'ask' }],
    [['14/11/2026', '15/11/2026', '11/14/2026'], { order: 'dmy', by: 'calendar' }],
    [['26/11/14', '26/11/30'], { order: 'ymd', by: 'calendar' }],
  ])('%j', (texts, inferred) => {
    expect(inferOrder(texts)).toEqual(inferred);
  });
});

test.each([
  ['19:30', '19:30'],
  ['7:30 PM', '19:30'],
  ['7.30pm', '19:30'],
  ['7pm', '19:00'],
  ['12 am', '00:00'],
  ['12:15 p.m.', '12:15'],
  ['19h30', '19:30'],
  ['20h', '20:00'],
  ['1930', '19:30'],
  ['0.8125', '19:30'],
  ['20:00 Uhr', '20:00'],
  ['19:30:00', '19:30'],
  ['25:00', undefined],
  ['19:75', undefined],
  ['13 pm', undefined],
  ['late', undefined],
  ['7', undefined],
])('the time %s is %s', (text, time) => {
  expect(readTime(text)).toBe(time);
});
