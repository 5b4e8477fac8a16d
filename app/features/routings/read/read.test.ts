import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { decode } from './encoding.ts';
import { readRouting } from './read-file.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const latin = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf16 = (text: string, mark = true): Uint8Array<ArrayBuffer> => {
  const units = Uint16Array.from((mark ? '\uFEFF' : '') + text, (letter) => letter.charCodeAt(0));
  return new Uint8Array(units.buffer as ArrayBuffer);
};
const read = (bytes: Uint8Array<ArrayBuffer>, name = 'tour.csv') => readRouting(new Blob([bytes]), name);

describe('how a file is written', () => {
  const text = 'Date,City\n2026-11-14,Köln\n2026-11-15,Århus\n';
  test.each([
    ['utf-8', utf8(text)],
    ['utf-8', utf8(`\uFEFF${text}`)],
    ['utf-16le', utf16(text)],
    ['utf-16le', utf16(text, false)],
    ['utf-16be', utf16(text).map((_, at, all) => all[at ^ 1]!)],
    ['windows-1252', latin(text)],
  ] as const)('%s', async (encoding, bytes) => {
    expect(decode(bytes)).toMatchObject({ encoding });
    const { header, rows } = await read(bytes as Uint8Array<ArrayBuffer>);
    expect(header).toEqual(['Date', 'City']);
    expect(rows.map(({ line, cells, flaws }) => [line, cells[1], flaws])).toEqual([
      [2, 'Köln', []],
      [3, 'Århus', []],
    ]);
  });

  test('a line that was pasted from elsewhere is read, and named', async () => {
    const mixed = new Uint8Array([...utf8('Date,City\n1,Köln\n2,Århus\n3,Zürich\n'), ...latin('4,Malmö\n')]);
    const { rows } = await read(mixed);
    expect(rows.map(({ cells, flaws }) => [cells[1], flaws])).toEqual([
      ['Köln', []],
      ['Århus', []],
      ['Zürich', []],
      ['Malmö', ['encoding_odd']],
    ]);
  });

  test('letters that were lost before are named', async () => {
    expect((await read(utf8('Date,City\n1,K\uFFFDln\n'))).rows[0]!.flaws).toEqual(['letters_lost']);
  });
});

describe('separated values', () => {
  test.each([',', ';', '\t', '|'])('separated by %j, with quotes and line breaks in cells', async (separator) => {
    const lines = [
      ['Date', 'Venue', 'Notes'],
      ['2026-11-14', `Bar "21"${separator} back room`, 'two\nlines'],
      ['2026-11-15', 'Hall', 'x'],
    ].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator));
    const { rows } = await read(utf8(lines.join('\r\n')));
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, '2026-11-14', `Bar "21"${separator} back room`, 'two\nlines'],
      [4, '2026-11-15', 'Hall', 'x'],
    ]);
  });

  test('blank lines count as lines and are no rows', async () => {
    const { rows } = await read(utf8('Date,City\n\n2026-11-14,Bonn\n,\n2026-11-15,Ulm\n'));
    expect(rows.map(({ line }) => line)).toEqual([3, 5]);
  });

  test('a file without a header gets letters', async () => {
    const { header, rows } = await read(utf8('2026-11-14,Bonn\n2026-11-15,Ulm\n'));
    expect(header).toEqual(['A', 'B']);
    expect(rows).toHaveLength(2);
  });

  test('what does not fit is named', async () => {
    const { rows } = await read(utf8('Date,City\n2026-11-14,Bonn,extra\n2026-11-15,"Ulm\n'));
    expect(rows.map(({ flaws }) => flaws)).toEqual([[], ['quote_open']]);
  });

  test('every row keeps its line, whatever is in the cells', async () => {
    const cell = fc.string({ maxLength: 8 }).map((text) => text.replace(/[\r\0\uFFFD\uD800-\uDFFF]/g, '') + 'x');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }), async (cells) => {
        const text = Papa.unparse([['Date', 'City'], ...cells], { quotes: true, newline: '\n' });
        const { rows } = await read(utf8(text));
        const lines = cells.map((_, at) => 2 + at + cells.slice(0, at).flat().join('').split('\n').length - 1);
        expect(rows.map(({ line }) => line)).toEqual(lines);
        expect(rows.map((row) => row.cells)).toEqual(cells.map((row) => row.map((each) => each.trim())));
      }),
    );
  });
});

test('a workbook: dates, times, numbers and blank rows', async () => {
  const cells = [
    ['Date', 'Time', 'City', 'Capacity'].map((value) => ({ value, type: String })),
    [
      { value: new Date('2026-11-14T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' },
      { value: '19:30', type: String },
      { value: 'Köln', type: String },
      { value: 900, type: Number },
    ],
  ];
  const buffer = await writeXlsxFile(cells as never).toBuffer();
  const { kind, rows } = await read(new Uint8Array(buffer) as Uint8Array<ArrayBuffer>, 'tour.xlsx');
  expect(kind).toBe('xlsx');
  expect(rows.map(({ line, cells: row }) => [line, ...row])).toEqual([[2, '2026-11-14', '19:30', 'Köln', '900']]);
});

describe('a file that is none', () => {
  test.each([
    ['file_empty', new Uint8Array(0), 'a.csv'],
    ['file_no_rows', utf8('Date,City\n'), 'a.csv'],
    ['file_old_excel', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 'a.xls'],
    ['file_unreadable', utf8('PK but no workbook'), 'a.xlsx'],
    ['file_not_a_table', utf8('%PDF-1.7'), 'a.pdf'],
  ] as const)('%s', async (code, bytes, name) => {
    await expect(read(bytes as Uint8Array<ArrayBuffer>, name)).rejects.toMatchObject({ kind: 'refusal', code });
  });
});

describe('a calendar', () => {
  const calendar = (...events: string[]) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
  const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
  const rowsOf = async (...events: string[]) => (await read(utf8(calendar(...events)), 'x.ics')).rows;

  test('is read with folding, escapes and its own words', async () => {
    const [row] = await rowsOf(
      event(
        'UID:1@x',
        'DTSTART;VALUE=DATE:20261114',
        'SUMMARY:Big\\, lou',
        ' d',
        'LOCATION:Paradiso\\, Amsterdam',
        'STATUS:TENTATIVE',
      ),
    );
    expect(row).toEqual({
      line: 3,
      cells: ['2026-11-14', '', 'Big, loud', 'Paradiso', 'Amsterdam', 'TENTATIVE', '', '', '1@x', ''],
      flaws: [],
    });
  });

  test('a series with an end is so many shows; one without is an error', async () => {
    const [count, forever] = [
      await rowsOf(
        event('UID:1', 'DTSTART;VALUE=DATE:20261114', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;VALUE=DATE:20261121'),
      ),
      await rowsOf(event('UID:1', 'DTSTART;VALUE=DATE:20261114', 'RRULE:FREQ=WEEKLY')),
    ];
    expect(count.map(({ cells }) => cells[0])).toEqual(['2026-11-14', '2026-11-28']);
    expect(forever.map(({ flaws }) => flaws)).toEqual([['event_repeats_forever']]);
  });

  test.each([
    ['zone_not_described', 'DTSTART;TZID=Europe/Berlin:20261114T200000'],
    ['zone_unknown', 'DTSTART;TZID=Our own zone:20261114T200000'],
    ['event_no_start', 'SUMMARY:No day'],
    ['event_no_start', 'DTSTART:soon'],
  ])('%s', async (flaw, line) => {
    expect((await rowsOf(event('UID:1', line)))[0]!.flaws).toContain(flaw);
  });

  test('an end before the start, a UID twice and an event that is cut off are each said of their row', async () => {
    const rows = await rowsOf(
      event('UID:1', 'DTSTART:20261114T200000Z', 'DTEND:20261114T190000Z'),
      event('UID:2', 'DTSTART:20261115T200000Z'),
      event('UID:2', 'DTSTART:20261116T200000Z'),
      'BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20261117T200000Z',
    );
    expect(rows.map(({ line, flaws }) => [line, flaws])).toEqual([
      [3, ['event_end_before_start']],
      [8, []],
      [12, ['uid_twice']],
      [16, ['event_broken']],
    ]);
  });
});
