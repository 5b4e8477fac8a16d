import { count, defineWords } from '../../kernel/words.ts';
import type { ProblemCode } from './problems.ts';
import type { DateOrder, Field } from './rules.ts';

/** Every sentence of importing and exporting routings. */
export const words = defineWords('routings', {
  heading: 'Import shows',
  back: 'Shows',
  steps: 'Steps of the import',
  step_file: 'File',
  step_columns: 'Columns',
  step_check: 'Check',
  step_done: 'Done',

  choose_heading: 'A routing from any file',
  choose_text: 'CSV, TSV, Excel (.xlsx) or calendar (.ics). It is read on this device and works without signal.',
  choose: 'Choose a file',
  drop: 'or drop it here',
  reading: 'Reading the file …',
  preparing: 'Finding every city …',
  saving: (done: number, all: number) => `Saving ${done} of ${all} …`,
  discard: 'Take another file',
  resumed: (name: string) => `${name} is still here from last time.`,

  file_about: (rows: number, detail: string) => `${count(rows, 'row', 'rows')} · ${detail}`,
  columns_heading: 'What is in the columns?',
  columns_text: 'The likeliest is chosen. Correct what is wrong; it is remembered for files like this one.',
  columns_remembered: 'As you chose it for the last file like this one.',
  column: 'Column of the file',
  sample: 'For example',
  holds: 'Holds',
  ignored: 'Not imported',
  holds_of: (column: string) => `What “${column}” holds`,
  need_date: 'Choose the column that holds the date.',
  need_place: 'Choose the column that holds the city.',
  order: 'Dates such as 04/05/2026 mean',
  order_why_calendar: 'Other dates of the column say so.',
  order_why_sorted: 'Only so are they in order. Check that it is right.',
  order_ask: 'The file does not say it. Choose, then check the dates.',
  tour: 'Tour',
  tour_none: 'No tour',
  tour_new: 'A new tour …',
  tour_name: 'Name of the new tour',
  tour_name_missing: 'Give the new tour a name.',
  tour_in_file: 'Rows that name a tour of their own go to that one.',
  status: 'Shows without a status are',
  status_confirmed: 'Confirmed (played, when past)',
  status_hold: 'On hold',
  next_check: 'Check the rows',

  check_heading: 'Nothing is saved yet',
  summary_add: (n: number) => count(n, 'new show', 'new shows'),
  summary_change: (n: number) => count(n, 'show changes', 'shows change'),
  summary_same: (n: number) => count(n, 'is here already', 'are here already'),
  summary_wrong: (n: number) => `${count(n, 'row', 'rows')} left out`,
  filter: 'Which rows',
  filter_all: 'All',
  filter_look: 'To look at',
  filter_change: 'Changes',
  filter_wrong: 'Left out',
  none_in_filter: 'No row of this kind.',
  line: 'Line',
  line_of: (line: number) => `Line ${line}`,
  date: 'Date',
  show: 'Show',
  place: 'Place',
  zone: 'Time zone',
  result: 'What happens',
  action_add: 'New',
  action_change: 'Changes',
  action_same: 'No change',
  action_wrong: 'Left out',
  more: (n: number) => `Show ${n} more`,
  correct_place: 'Correct the place',
  places_heading: 'Where is this?',
  places_text: 'What you choose holds for every row that says the same.',
  place_is: (name: string) => `${name} is`,
  place_other: 'Somewhere else …',
  country: 'Country',
  country_missing: 'Choose a country.',
  zone_missing: 'Choose a time zone from the list, such as Europe/Berlin.',
  save_place: 'Use this',
  cancel: 'Cancel',
  back_columns: 'Back to the columns',
  import_n: (n: number) => `Import ${count(n, 'show', 'shows')}`,
  import_rest: (n: number, wrong: number) => `Import ${n}, leave ${wrong} out`,
  nothing_to_do: 'Everything in this file is here already.',
  was: 'was',
  report: 'Save the rows left out',

  done_heading: (n: number) => `${count(n, 'show', 'shows')} imported`,
  done_text: 'They are on this device now and go to everybody else by themselves.',
  done_parts: (added: number, changed: number) => `${added} new, ${changed} changed`,
  see_shows: 'See the shows',
  another: 'Import another file',
  undo: 'Undo this import',
  undo_short: 'Undo',
  undo_heading: (name: string) => `Take ${name} back?`,
  undo_text: (made: number, changed: number) =>
    `${count(made, 'show', 'shows')} it made go, ${count(changed, 'show', 'shows')} it changed become what they were. What somebody has changed since stays.`,
  undone: (n: number) => `${count(n, 'show', 'shows')} taken back.`,
  undone_kept: (n: number) => `${count(n, 'show stays', 'shows stay')}: something else depends on it.`,
  past: 'Earlier imports',
  past_line: (shows: number) => count(shows, 'show', 'shows'),

  places_away: 'The table of cities is not on this device yet. It needs signal once; after that it works anywhere.',
  try_again: 'Try again',
  attribution: 'Cities and time zones: GeoNames, CC BY 4.0.',

  export_heading: 'Export shows',
  export_text: 'The file is made on this device, from what you may see.',
  export_which: 'Shows',
  export_all: 'All coming shows',
  export_past: 'All shows',
  export_performer: 'Artist',
  export_performer_hint: 'Named as performer where the format asks for one.',
  export_format: 'Format',
  export_none: 'No show to export.',
  export_go: 'Save the file',
  export_count: (n: number, files: number) =>
    files > 1 ? `${count(n, 'show', 'shows')} in ${files} files of at most 50` : count(n, 'show', 'shows'),
  export_saved: (name: string) => `${name} was saved.`,
  not_permitted: 'Importing is for those who plan tours. Ask one of them, or an administrator.',
});

/** What a column may hold. */
export const fieldWords: Readonly<Record<Field, string>> = defineWords('routings.fields', {
  date: 'Date',
  venue: 'Venue',
  city: 'City',
  region: 'State or region',
  country: 'Country',
  title: 'Title',
  status: 'Status',
  doors: 'Doors',
  time: 'Show time',
  capacity: 'Capacity',
  notes: 'Notes',
  url: 'Link',
  tour: 'Tour',
  external_id: 'Id',
  zone: 'Time zone',
});

/** The fields an import changes, as one reads them. */
export const changeWords = defineWords('routings.changes', {
  title: 'Title',
  show_date: 'Date',
  time_zone: 'Time zone',
  status: 'Status',
  notes: 'Notes',
  venue: 'Venue',
  tour: 'Tour',
  doors: 'Doors',
  time: 'Show time',
});

/** The formats of an export: what it is called, and what it is for. */
export const formatWords = {
  csv: ['CSV', 'for any spreadsheet, and to import again'],
  xlsx: ['Excel', 'with real dates'],
  ics: ['Calendar (.ics)', 'once; to stay up to date, subscribe on your account page'],
  bandsintown: ['Bandsintown', 'bulk upload; holds and options are left out'],
  jsonld: ['Website (schema.org)', 'MusicEvent JSON-LD; holds and options are left out'],
} as const;

/** The orders of a date. */
export const orderWords: Readonly<Record<DateOrder, string>> = defineWords('routings.orders', {
  dmy: '4 May (day first)',
  mdy: 'April 5 (month first)',
  ymd: 'Year, month, day',
});

/** What the two times of a routing are called on a day sheet. */
export const timeTitles = defineWords('routings.times', { doors: 'Doors', time: 'Show' });

const orderHint = (order: string): string => (order === 'mdy' ? 'the month comes first' : 'the day comes first');
const longFields: Readonly<Record<string, string>> = { ...fieldWords };

/** What is wrong with a line, and what to do about it. */
export const problemWords: Readonly<Record<ProblemCode, (...facts: string[]) => string>> = defineWords(
  'routings.problems',
  {
    date_missing: () => 'There is no date. Add one in the file.',
    date_unreadable: (text: string) => `“${text}” is not a date. Write it like 2026-11-14.`,
    date_impossible: (text: string, order: string) =>
      `“${text}” is no day of the calendar when ${orderHint(order)}. Write it like 2026-11-14.`,
    date_no_year: (text: string) => `“${text}” has no year. Add it in the file.`,
    weekday_wrong: (text: string, date: string) => `“${text}” names another weekday than ${date} is. Check the date.`,
    status_unknown: (text: string) => `“${text}” is no status we know. It is taken as if it were blank.`,
    time_unreadable: (text: string, field: string) =>
      `“${text}” is not a time (${longFields[field] ?? field}). It is left out.`,
    capacity_unreadable: (text: string) => `“${text}” is no number of people. It is left out.`,
    text_too_long: (field: string, most: string) =>
      `“${longFields[field] ?? field}” is longer than ${most} characters. Shorten it in the file.`,
    zone_of_file_unknown: (text: string) =>
      `“${text}” is no time zone. Write it like Europe/Berlin, or leave it blank.`,
    city_missing: () => 'There is no city, so nobody can tell the time there. Add one in the file.',
    place_unknown: (name: string) => `“${name}” is not in the table of cities. Say where it is.`,
    place_unsure: (name: string, zone: string) => `“${name}” may be another place: taken as ${zone}. Check it.`,
    show_twice: (line: string) => `The same show as on line ${line}.`,
    encoding_odd: () => 'This line was written in another encoding than the rest. Check its accents.',
    letters_lost: () => 'Some letters were lost before the file came here. Check the names.',
    quote_open: () => 'A quotation mark is never closed, so cells may have run together. Mend it in the file.',
    cells_more: () => 'This row has more cells than there are columns. What is beyond is left out.',
    event_broken: () => 'This event cannot be read. Export it again from the calendar.',
    event_no_start: () => 'This event has no day on which it begins.',
    event_end_before_start: () => 'This event ends before it begins. Correct it in the calendar.',
    event_repeats_forever: () => 'This event repeats without an end. Give it one in the calendar.',
    event_repeats_often: () => 'This event repeats more than 400 times. Give it an earlier end in the calendar.',
    zone_unknown: () => 'The time zone of this event is neither described in the file nor known by name.',
    zone_not_described: () => 'The file does not describe the time zone of this event. It is taken by its name.',
    uid_twice: () => 'Another event of the file has the same UID. Only the first is taken.',
  },
);

/** Why a file could not be read at all. */
export const fileWords: Readonly<Record<string, string>> = defineWords('routings.files', {
  file_empty: 'The file is empty.',
  file_too_big: 'The file is larger than 20 MB. Keep only the sheet with the shows.',
  file_too_long: 'The file has more than 20,000 rows. Split it by year or by tour.',
  file_unreadable: 'The file could not be read. Open it in a spreadsheet and save it as CSV or .xlsx.',
  file_no_rows: 'There is no row below the header.',
  file_old_excel: 'This is an Excel file from before 2007. Save it as .xlsx or CSV.',
  file_not_a_table: 'This is not a table. Choose a CSV, Excel or calendar file.',
  places_away: words.places_away,
});
