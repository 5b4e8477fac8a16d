/** What can be wrong with a line before anybody has looked at what it says. */
export type LineFlaw =
  | 'encoding_odd'
  | 'letters_lost'
  | 'quote_open'
  | 'cells_more'
  | 'event_broken'
  | 'event_no_start'
  | 'event_end_before_start'
  | 'event_repeats_forever'
  | 'event_repeats_often'
  | 'zone_unknown'
  | 'zone_not_described'
  | 'uid_twice';

/** One line of a file, with the number it has there (the first of several when a cell holds line breaks). */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly flaws: readonly LineFlaw[];
}

/** A file as rows of text. */
export interface RoutingTable {
  readonly kind: 'csv' | 'xlsx' | 'ics';
  /** How it was written, as far as it concerns anybody. */
  readonly detail: string;
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Files beyond this are not routings. */
export const LARGEST_FILE_BYTES = 20 * 1024 * 1024;
/** More rows than this are more than all shows a band ever played. */
export const MOST_ROWS = 20_000;
