import { describe, expect, test } from 'vitest';
import { filesOf, type Format } from './export.ts';
import { guessMapping } from './columns.ts';
import type { ShowToWrite } from './queries.ts';
import { readRouting } from './read/read-file.ts';

const show = (at: number, more: Partial<ShowToWrite['show']> = {}): ShowToWrite =>
  ({
    show: {
      id: `b7e4d6c2-0000-4000-a000-${String(at).padStart(12, '0')}`,
      title: 'Lisbon',
      show_date: '2026-11-14',
      time_zone: 'Europe/Lisbon',
      status: 'confirmed',
      notes: null,
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
      ...more,
    },
    venue: { name: 'Teatro do Rio', city: 'Lisbon', region: 'Lisbon', country: 'PT', capacity: 900, address: null },
    tour: { name: 'Autumn' },
    doors: '19:00',
    time: '20:30',
  }) as ShowToWrite;

const facts = { name: 'Autumn', performer: 'Glass Rivers', organization: 'Northlight' };
const files = (format: Format, shows: ShowToWrite[]) => filesOf(format, shows, facts);
const textOf = async (format: Format, shows: ShowToWrite[]) => String((await files(format, shows))[0]!.data);

describe('a table', () => {
  test('comes back through the import with every column known', async () => {
    const [file] = await files('csv', [show(1, { notes: 'Two\nlines, "quoted"' })]);
    const { header, rows } = await readRouting(new Blob([file!.data]), file!.name);
    const mapping = guessMapping(
      header,
      rows.map(({ cells }) => cells),
    );
    expect(Object.keys(mapping).sort()).toEqual(
      [
        'capacity',
        'city',
        'country',
        'date',
        'doors',
        'external_id',
        'notes',
        'region',
        'status',
        'time',
        'title',
        'tour',
        'venue',
        'zone',
      ].sort(),
    );
    expect(rows[0]!.cells[mapping.notes!]).toBe('Two\nlines, "quoted"');
    expect(rows[0]!.cells[mapping.date!]).toBe('2026-11-14');
  });

  test('holds no cell that a spreadsheet would take for a formula', async () => {
    expect(await textOf('csv', [show(1, { title: '=HYPERLINK("http://evil")' })])).toContain(`"'=HYPERLINK`);
  });
});

describe('Bandsintown', () => {
  test('takes fifty rows in a file, and no hold', async () => {
    const shows = Array.from({ length: 120 }, (_, at) => show(at)).concat(show(200, { status: 'hold' }));
    const made = await files('bandsintown', shows);
    expect(made.map(({ data }) => String(data).trim().split('\r\n').length - 1)).toEqual([50, 50, 20]);
    expect(made.map(({ name }) => name)).toEqual([1, 2, 3].map((n) => `Autumn Bandsintown ${n}.csv`));
    expect(String(made[0]!.data)).toContain('2026-11-14,20:30,Teatro do Rio,Portugal,Lisbon,Lisbon,,,,,Glass Rivers,');
  });
});

describe('schema.org', () => {
  const graph = async (shows: ShowToWrite[]) =>
    (JSON.parse(await textOf('jsonld', shows)) as { '@graph': Record<string, unknown>[] })['@graph'];

  test('tells the moment with its distance from UTC, the place and who plays', async () => {
    const [event] = await graph([show(1)]);
    expect(event).toMatchObject({
      '@type': 'MusicEvent',
      startDate: '2026-11-14T20:30:00+00:00',
      doorTime: '2026-11-14T19:00:00+00:00',
      eventStatus: 'https://schema.org/EventScheduled',
      location: { '@type': 'MusicVenue', address: { addressLocality: 'Lisbon', addressCountry: 'PT' } },
      performer: { '@type': 'MusicGroup', name: 'Glass Rivers' },
    });
  });

  test.each([
    ['Asia/Kolkata', '2026-11-14T20:30:00+05:30'],
    ['America/St_Johns', '2026-11-14T20:30:00-03:30'],
    ['America/New_York', '2026-11-14T20:30:00-05:00'],
  ])('in %s it is %s', async (time_zone, startDate) => {
    expect((await graph([show(1, { time_zone })]))[0]).toMatchObject({ startDate });
  });

  test('tells what is off, and nothing of what is not announced', async () => {
    const events = await graph([
      show(1, { status: 'cancelled' }),
      show(2, { status: 'postponed' }),
      show(3, { status: 'hold' }),
    ]);
    expect(events.map(({ eventStatus }) => eventStatus)).toEqual([
      'https://schema.org/EventCancelled',
      'https://schema.org/EventPostponed',
    ]);
  });
});

test('one show as a calendar file', async () => {
  expect(await textOf('ics', [show(1)])).toMatch(/DTSTART;VALUE=DATE:20261114\r\n/);
});
