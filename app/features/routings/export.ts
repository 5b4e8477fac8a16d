import { instantOf, offsetAt } from '../../kernel/zone.ts';
import { calendarFile, type CalendarShow } from '../calendars/index.ts';
import { statusWords } from '../tours/index.ts';
import type { ShowToWrite } from './queries.ts';
import type { MadeFile } from '../../ui/save-file.ts';
import { csvOf } from './csv-files.ts';
import { fieldWords } from './words.ts';

/** The kinds of file that shows go out in. */
export const formats = ['csv', 'xlsx', 'ics', 'bandsintown', 'jsonld'] as const;

/** One of them. */
export type Format = (typeof formats)[number];

/** What the places that announce shows ask for beside the shows. */
export interface ExportFacts {
  /** Name of the files, without an ending. */
  readonly name: string;
  readonly performer: string;
  readonly organization: string;
}

/** Bandsintown takes so many rows in one file. */
export const BANDSINTOWN_ROWS = 50;
/** What Bandsintown takes for a show whose time nobody has said. */
const BANDSINTOWN_TIME = '19:00';

/** Whether a show may be announced: one that is on hold or offered is nobody's business yet. */
export const isPublic = ({ show }: ShowToWrite): boolean => show.status !== 'hold' && show.status !== 'option';

/** Whether a format announces shows to the public. */
export const isAnnouncement = (format: Format): boolean => format === 'bandsintown' || format === 'jsonld';

/** Writes shows into files of a format; Bandsintown needs several when there are many. */
export async function filesOf(format: Format, shows: readonly ShowToWrite[], facts: ExportFacts): Promise<MadeFile[]> {
  const { name } = facts;
  switch (format) {
    case 'csv':
      return [{ name: `${name}.csv`, type: 'text/csv;charset=utf-8', data: csvOf([head, ...shows.map(rowOf)]) }];
    case 'xlsx':
      return [await workbook(name, shows)];
    case 'ics':
      return [{ name: `${name}.ics`, type: 'text/calendar', data: await calendarFile(calendarOf(shows, facts)) }];
    case 'bandsintown':
      return bandsintown(name, shows.filter(isPublic), facts);
    case 'jsonld':
  }
  return [{ name: `${name}.jsonld`, type: 'application/ld+json', data: jsonOf(shows.filter(isPublic), facts) }];
}

const columns = [
  'date',
  'doors',
  'time',
  'title',
  'venue',
  'city',
  'region',
  'country',
  'zone',
  'capacity',
  'status',
  'tour',
  'notes',
  'external_id',
] as const;
const head = columns.map((column) => fieldWords[column]);

function rowOf({ show, venue, tour, doors, time }: ShowToWrite): (string | number | null)[] {
  const place = [venue?.name, venue?.city, venue?.region, venue?.country];
  return [
    show.show_date,
    doors ?? '',
    time ?? '',
    show.title,
    ...place.map((part) => part ?? ''),
    show.time_zone,
    venue?.capacity ?? null,
    statusWords[show.status],
    tour?.name ?? '',
    show.notes ?? '',
    show.id,
  ];
}

async function workbook(name: string, shows: readonly ShowToWrite[]): Promise<MadeFile> {
  const { default: writeXlsx } = await import('write-excel-file/browser');
  const bold = head.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const rows = shows.map((one) =>
    rowOf(one).map((value, at) =>
      at === 0
        ? { value: new Date(`${one.show.show_date}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
        : typeof value === 'number'
          ? { value, type: Number }
          : { value: value ?? '', type: String },
    ),
  );
  const data = await writeXlsx([bold, ...rows]).toBlob();
  return { name: `${name}.xlsx`, type: data.type, data };
}

function calendarOf(shows: readonly ShowToWrite[], { organization }: ExportFacts) {
  const entries: CalendarShow[] = shows.map(({ show, venue, tour }) => ({
    ...show,
    created_at: show.created_at ?? new Date(0).toISOString(),
    venue: venue ?? null,
    tour: tour?.name ?? null,
    changed_at:
      [show.updated_at, venue?.updated_at, tour?.updated_at]
        .filter((at) => at !== undefined)
        .toSorted((a, b) => a.localeCompare(b))
        .at(-1) ?? null,
  }));
  return { organization, tour: null, room: null, shows: entries, items: [], legs: [], stays: [] };
}

function bandsintown(name: string, shows: readonly ShowToWrite[], { performer }: ExportFacts): MadeFile[] {
  const header = [
    'Date',
    'Time',
    'Venue',
    'Country',
    'Region',
    'City',
    'Postal',
    'Address',
    'Event Name',
    'Description',
    'Lineup',
    'Ticket link',
  ];
  const countries = new Intl.DisplayNames(['en'], { type: 'region' });
  const rows = shows
    .filter(({ venue, show }) => venue && show.status !== 'cancelled')
    .map(({ show, venue, time }) => [
      show.show_date,
      time ?? BANDSINTOWN_TIME,
      venue!.name,
      countries.of(venue!.country) ?? venue!.country,
      venue!.region ?? '',
      venue!.city,
      '',
      venue!.address ?? '',
      show.title === venue!.city ? '' : show.title,
      '',
      performer,
      '',
    ]);
  const files: MadeFile[] = [];
  for (let at = 0; at < rows.length; at += BANDSINTOWN_ROWS) {
    const ending = rows.length > BANDSINTOWN_ROWS ? ` ${files.length + 1}` : '';
    const data = csvOf([header, ...rows.slice(at, at + BANDSINTOWN_ROWS)]);
    files.push({ name: `${name} Bandsintown${ending}.csv`, type: 'text/csv;charset=utf-8', data });
  }
  return files;
}

const eventStatus = (status: string): string =>
  `https://schema.org/${status === 'cancelled' ? 'EventCancelled' : status === 'postponed' ? 'EventPostponed' : 'EventScheduled'}`;

function jsonOf(shows: readonly ShowToWrite[], { performer, organization }: ExportFacts): string {
  const events = shows.map(({ show, venue, doors, time }) => ({
    '@type': 'MusicEvent',
    '@id': `urn:uuid:${show.id}`,
    name: performer && show.title !== performer ? `${performer}: ${show.title}` : show.title,
    startDate: moment(show.show_date, time, show.time_zone),
    ...(doors && { doorTime: moment(show.show_date, doors, show.time_zone) }),
    eventStatus: eventStatus(show.status),
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    ...(venue && { location: musicVenue(venue) }),
    ...(performer && { performer: { '@type': 'MusicGroup', name: performer } }),
    organizer: { '@type': 'Organization', name: organization },
  }));
  return `${JSON.stringify({ '@context': 'https://schema.org', '@graph': events }, null, 2)}\n`;
}

function musicVenue(venue: NonNullable<ShowToWrite['venue']>) {
  const { name, address, city, region, country, latitude, longitude, capacity } = venue;
  return {
    '@type': 'MusicVenue',
    name,
    address: {
      '@type': 'PostalAddress',
      ...(address && { streetAddress: address }),
      addressLocality: city,
      ...(region && { addressRegion: region }),
      addressCountry: country,
    },
    ...(typeof latitude === 'number' &&
      typeof longitude === 'number' && { geo: { '@type': 'GeoCoordinates', latitude, longitude } }),
    ...(capacity && { maximumAttendeeCapacity: capacity }),
  };
}

/** A moment with its distance from UTC; a day alone when no time is known. */
function moment(date: string, wall: string | undefined, zone: string): string {
  if (!wall) return date;
  const minutes = offsetAt(zone, instantOf({ date, wall, zone })) / 60_000;
  const two = (n: number): string => String(Math.trunc(n)).padStart(2, '0');
  const distance = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return `${date}T${wall}:00${distance}`;
}
