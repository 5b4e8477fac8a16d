import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import {
  calendarText,
  type CalendarContent,
  type CalendarItem,
  type CalendarLeg,
  type CalendarShow,
} from '../../app/features/calendars/rules.ts';
import { transitionsOf, zoneBlock } from '../../app/features/calendars/zones/rules.ts';
import { readRouting } from '../../app/features/routings/read/read-file.ts';
import { addDays } from '../../app/kernel/day.ts';
import { instantOf, localAt, offsetAt } from '../../app/kernel/zone.ts';
import { sha256 } from '../../app/kernel/digest.ts';
import { answer, type Answer } from './feed.ts';

const made = '2026-01-01T00:00:00Z';
const venue = {
  name: 'Paradiso',
  city: 'Amsterdam',
  region: 'NH',
  country: 'NL',
  address: null,
  latitude: 52.36,
  longitude: 4.88,
};
const show = (more: Partial<CalendarShow> = {}): CalendarShow => ({
  id: crypto.randomUUID(),
  title: 'Amsterdam',
  show_date: '2026-11-14',
  status: 'confirmed',
  notes: null,
  created_at: made,
  changed_at: made,
  venue,
  tour: 'Autumn',
  ...more,
});
const item = (more: Partial<CalendarItem> = {}): CalendarItem => ({
  id: crypto.randomUUID(),
  title: 'Soundcheck',
  local_date: '2026-11-14',
  wall_start: '16:00',
  wall_end: '17:30',
  day_offset: 0,
  end_offset: 0,
  time_zone: 'Europe/Amsterdam',
  certainty: 'exact',
  place: null,
  notes: null,
  recurrence: null,
  exceptions: [],
  cancelled_at: null,
  created_at: made,
  changed_at: made,
  venue,
  room: null,
  ...more,
});
const leg = (more: Partial<CalendarLeg> = {}): CalendarLeg => ({
  id: crypto.randomUUID(),
  mode: 'flight',
  carrier: 'NZ',
  number: '6',
  from_place: 'Auckland',
  from_date: '2026-11-15',
  from_wall: '19:15',
  from_zone: 'Pacific/Auckland',
  to_place: 'Los Angeles',
  to_date: '2026-11-15',
  to_wall: '10:30',
  to_zone: 'America/Los_Angeles',
  confirmation: null,
  notes: null,
  created_at: made,
  changed_at: made,
  seat: '12A',
  own_confirmation: null,
  ...more,
});
const content = (more: Partial<CalendarContent> = {}): CalendarContent => ({
  organization: 'Northlight',
  tour: null,
  room: null,
  shows: [],
  items: [],
  legs: [],
  stays: [],
  ...more,
});

/** What an independent reader finds in a calendar; its zones are only those that the calendar itself describes. */
function eventsOf(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]]);
  return calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
}
const instantIn = (time: ICAL.Time): number => time.toUnixTime() * 1000;
const word = (event: ICAL.Event, name: string) => event.component.getFirstPropertyValue(name);

describe('a calendar, as an independent reader understands it', () => {
  test('a show is a whole day with its place, and the end is the day after', () => {
    const [event] = eventsOf(calendarText(content({ shows: [show({ notes: 'Two,\nlines; and \\ more' })] })));
    expect(event!.startDate.toString()).toBe('2026-11-14');
    expect(event!.endDate.toString()).toBe('2026-11-15');
    expect(event!.location).toBe('Paradiso, Amsterdam, NH, NL');
    expect(event!.description).toBe('Autumn\nTwo,\nlines; and \\ more');
    expect(word(event!, 'geo')).toEqual([52.36, 4.88]);
  });

  test.each([
    ['confirmed', 'CONFIRMED'],
    ['hold', 'TENTATIVE'],
    ['option', 'TENTATIVE'],
    ['cancelled', 'CANCELLED'],
    ['postponed', 'CANCELLED'],
    ['played', 'CONFIRMED'],
  ] as const)('a show that is %s is %s, and stays', (status, state) => {
    const [event] = eventsOf(calendarText(content({ shows: [show({ status })] })));
    expect(word(event!, 'status')).toBe(state);
  });

  test('a change keeps the UID and raises the sequence', () => {
    const [before, after] = [made, '2026-03-01T10:00:00Z'].map((changed_at) => {
      const one = show({ id: 'b7e4d6c2-0000-4000-a000-000000000001', changed_at });
      return eventsOf(calendarText(content({ shows: [one] })))[0]!;
    });
    expect(after!.uid).toBe(before!.uid);
    expect(after!.sequence).toBeGreaterThan(before!.sequence);
  });

  test('lines are folded at 75 octets and end in CRLF, whatever is in them', () => {
    const text = calendarText(content({ shows: [show({ title: 'Ü'.repeat(120), notes: '漢字'.repeat(80) })] }));
    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(eventsOf(text)[0]!.description).toContain('漢字'.repeat(80));
  });

  test('a line past midnight is on the day its clock shows', () => {
    const [event] = eventsOf(
      calendarText(content({ items: [item({ wall_start: '01:30', wall_end: null, day_offset: 1 })] })),
    );
    expect(event!.startDate.toString()).toBe('2026-11-15T01:30:00');
  });

  test('a time that is not told yet is a whole day, tentative', () => {
    const [event] = eventsOf(
      calendarText(content({ items: [item({ wall_start: null, wall_end: null, certainty: 'tbd' })] })),
    );
    expect([event!.startDate.isDate, word(event!, 'status')]).toEqual([true, 'TENTATIVE']);
  });

  test('a flight over the date line arrives before it left, by the calendar, and not by the clock', () => {
    const [event] = eventsOf(calendarText(content({ legs: [leg()] })));
    const hours = (instantIn(event!.endDate) - instantIn(event!.startDate)) / 3_600_000;
    expect(hours).toBe(12.25);
    expect(event!.description).toContain('Arrives 2026-11-15 10:30 (America/Los_Angeles)');
  });

  test('a series keeps its clock across the change of clocks, without the days that are left out', () => {
    const series = item({ local_date: '2026-10-20', recurrence: 'FREQ=WEEKLY;COUNT=4', exceptions: ['2026-11-03'] });
    const [event] = eventsOf(calendarText(content({ items: [series] })));
    const iterator = event!.iterator();
    const starts: string[] = [];
    for (let next = iterator.next(); next; next = iterator.next()) starts.push(new Date(instantIn(next)).toISOString());
    expect(starts).toEqual(['2026-10-20T14:00:00.000Z', '2026-10-27T15:00:00.000Z', '2026-11-10T15:00:00.000Z']);
  });

  test('the same content is the same text', () => {
    const same = content({ shows: [show()], items: [item()], legs: [leg()] });
    expect(calendarText(same)).toBe(calendarText(structuredClone(same)));
  });
});

const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));

describe('zones', () => {
  test('every zone and every change of its clock from 2020 to 2030 is described as it is', () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const zone of zones) {
      const block = zoneBlock(zone, 2020, 2030);
      const rules = block.replace(/^(TZID|X-LIC-LOCATION|TZNAME):.*$/gm, '');
      if (seen.has(rules)) continue; // many zones share their clock
      seen.add(rules);
      const timezone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(block) as [string, unknown[], unknown[]]));
      const changes = transitionsOf(zone, Date.UTC(2020, 0, 1), Date.UTC(2031, 0, 1));
      for (const { at } of [...changes, { at: Date.UTC(2025, 6, 1) }])
        for (const instant of [at - 4 * 3_600_000, at + 4 * 3_600_000]) {
          const { date, wall } = localAt(zone, instant);
          const time = ICAL.Time.fromDateTimeString(`${date}T${wall}:00`);
          time.zone = timezone;
          if (instantOf({ date, wall, zone }) === instant && instantIn(time) !== instant)
            wrong.push(`${zone} ${date}T${wall}`);
        }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('years whose rules were others are described too', () => {
    for (const [zone, first, last] of [
      ['America/Mexico_City', 2018, 2026],
      ['Europe/Istanbul', 2012, 2020],
      ['Africa/Casablanca', 2015, 2026],
    ] as const)
      for (let year = first; year <= last; year++) {
        const text = calendarText(
          content({ items: [item({ time_zone: zone, local_date: `${year}-07-15`, wall_end: null })] }),
        );
        const [event] = eventsOf(text);
        expect([zone, year, instantIn(event!.startDate)]).toEqual([
          zone,
          year,
          instantOf({ date: `${year}-07-15`, wall: '16:00', zone }),
        ]);
      }
  });

  test('any wall time in any zone is the instant that this house gives it', () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2020-01-01', days));
    const wall = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(fc.constantFrom(...zones), day, wall, fc.nat(2), (time_zone, local_date, wall_start, day_offset) => {
        const line = item({ time_zone, local_date, wall_start, wall_end: null, day_offset });
        const text = calendarText(content({ items: [line] }));
        expect(text.match(/^BEGIN:VTIMEZONE\r$/gm)).toHaveLength(1);
        expect(text).toContain(`\r\nTZID:${time_zone}\r\n`);
        const instant = instantOf({ date: local_date, wall: wall_start, zone: time_zone, day_offset });
        const told = localAt(time_zone, instant);
        const [event] = eventsOf(text);
        expect(event!.startDate.toString()).toBe(`${told.date}T${told.wall}:00`);
        if (isOnce(time_zone, instant)) expect(instantIn(event!.startDate)).toBe(instant);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

/** Readers differ about the hour that a clock shows twice; ours is the first. */
const isOnce = (zone: string, instant: number): boolean =>
  [-2, -1, 1, 2].every((hours) => offsetAt(zone, instant + hours * 3_600_000) === offsetAt(zone, instant));

test('what goes out as a calendar comes back through the import as the same shows', async () => {
  const shows = [
    show(),
    show({
      title: 'Lyon; early, loud',
      status: 'hold',
      show_date: '2026-12-01',
      venue: { ...venue, name: 'Le Sucre', city: 'Lyon', country: 'FR', region: null },
    }),
    show({ status: 'cancelled', show_date: '2027-02-28' }),
  ];
  const { rows } = await readRouting(new Blob([calendarText(content({ shows }))]), 'x.ics');
  expect(rows.flatMap(({ flaws }) => flaws)).toEqual([]);
  expect(rows.map(({ cells }) => [cells[0], cells[3], cells[5], cells[8]!.slice(0, 36)])).toEqual([
    ['2026-11-14', 'Paradiso', 'CONFIRMED', shows[0]!.id],
    ['2026-12-01', 'Le Sucre', 'TENTATIVE', shows[1]!.id],
    ['2027-02-28', 'Paradiso', 'CANCELLED', shows[2]!.id],
  ]);
});

describe('an address', () => {
  const secret = 'x'.repeat(43);
  const asked: string[] = [];
  const ask = (
    path: string,
    init: RequestInit = {},
    found: Answer = { kind: 'content', content: content({ shows: [show({ id: 'a' })] }) },
  ) =>
    answer(new Request(`https://portal.example${path}`, init), async (hash) => {
      asked.push(hash);
      return found;
    });

  test('is a calendar, asked for by the hash of its secret only', async () => {
    const reply = await ask(`/calendar/${secret}.ics`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(await reply.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(asked.at(-1)).toBe(await sha256(secret));
  });

  test('says nothing new when nothing is', async () => {
    const etag = (await ask(`/calendar/${secret}.ics`)).headers.get('etag')!;
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const reply = await ask(`/calendar/${secret}.ics`, { headers: { 'if-none-match': tag } });
      expect([reply.status, await reply.text(), reply.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await ask(`/calendar/${secret}.ics`, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test.each([
    [`/calendar/${secret}.xml`, {}, 406],
    [`/calendar/${secret}.ics?format=json`, {}, 406],
    [`/calendar/${secret}?format=ical`, {}, 200],
    [`/calendar/${secret}`, { headers: { accept: 'application/json' } }, 406],
    [`/calendar/${secret}`, { headers: { accept: 'text/html,*/*;q=0.8' } }, 200],
    [`/calendar/${secret}`, { method: 'HEAD' }, 200],
    [`/calendar/${secret}`, { method: 'POST' }, 405],
    ['/calendar/short.ics', {}, 404],
    ['/calendar', {}, 404],
  ])('%s %j answers %i', async (path, init, status) => {
    expect((await ask(path, init)).status).toBe(status);
  });

  test('that was taken away, or read too often, says so', async () => {
    expect((await ask(`/calendar/${secret}.ics`, {}, { kind: 'unknown' })).status).toBe(404);
    const reply = await ask(`/calendar/${secret}.ics`, {}, { kind: 'wait', seconds: 240 });
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '240']);
  });
});
