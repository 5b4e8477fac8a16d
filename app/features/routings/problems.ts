import type { LineFlaw } from './read/table.ts';
import type { DateProblem } from './rules.ts';

/** Everything that can be wrong, or odd, with a line. */
export type ProblemCode =
  | LineFlaw
  | DateProblem
  | 'weekday_wrong'
  | 'status_unknown'
  | 'time_unreadable'
  | 'capacity_unreadable'
  | 'text_too_long'
  | 'zone_of_file_unknown'
  | 'city_missing'
  | 'place_unknown'
  | 'place_unsure'
  | 'show_twice';

/** Something about a line that a person should know. A grave one keeps the line out. */
export interface Problem {
  readonly code: ProblemCode;
  readonly grave: boolean;
  readonly facts: readonly string[];
}

/** Flaws of the file with which a line can be read all the same. */
const harmless: ReadonlySet<LineFlaw> = new Set(['encoding_odd', 'letters_lost', 'cells_more', 'zone_not_described']);

/** What the reader of the file found, as problems. */
export const ofFlaws = (flaws: readonly LineFlaw[]): Problem[] =>
  flaws.map((code) => ({ code, grave: !harmless.has(code), facts: [] }));
