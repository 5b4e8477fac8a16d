import type { ScheduleItemCertainty } from '../../data/schema.gen.ts';
import { minutesInto, wallOf, type WallTime } from '../../kernel/zone.ts';

/** What a person meant by what they typed into a time. */
export interface TimeEntry {
  readonly wall: WallTime | null;
  /** Days past the day of the sheet. */
  readonly day_offset: number;
  readonly certainty: ScheduleItemCertainty;
}

/** Why a time could not be read, as a code with a sentence in words.ts. */
export type TimeProblem = 'no_time' | 'no_hour' | 'no_minute' | 'too_far';

/** Why a pasted row could not be read, apart from its times. */
export type PasteProblem = 'no_title' | 'title_too_long' | 'place_too_long' | 'notes_too_long';

/** Before this a line that follows an afternoon is meant past midnight, in minutes. */
const SMALL_HOURS = 6 * 60;
const NOON = 12 * 60;
const FURTHEST_DAY = 2;

const CLOCK =
  /^(?:(?<hour>\d{1,2})(?:[:.h](?<minute>\d{2})?)?|(?<run>\d{3,4})) ?(?<half>am|pm|a|p)?(?: ?\+ ?(?<days>\d))?$/;

/**
 * Reads "9", "930", "9:30 pm", "25:30", "1:30 +1", "~17", "tbd", "all day" or "hidden 21". `after` is the time of the
 * line before, in minutes past midnight: 1:00 after 23:00 is the next day.
 */
export function parseTime(text: string, after?: number): TimeEntry | { readonly problem: TimeProblem } {
  const plain = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (/^(|tbd|tba|tbc|\?+)$/.test(plain)) return { wall: null, day_offset: 0, certainty: 'tbd' };
  if (/^all ?day$/.test(plain)) return { wall: null, day_offset: 0, certainty: 'exact' };
  const hidden = /^(hidden|hide) ?/.exec(plain);
  const about = /^(~|≈|ca\.? ?|approx\.? ?|about )|ish$/.exec(plain);
  const clock = plain.replace(/^(hidden|hide|~|≈|ca\.?|approx\.?|about) ?/, '').replace(/ish$/, '');
  if (hidden && clock === '') return { wall: null, day_offset: 0, certainty: 'hidden' };
  const minutes = minutesOf(clock, after);
  if (typeof minutes === 'string') return { problem: minutes };
  return { ...wallOf(minutes), certainty: hidden ? 'hidden' : about ? 'approx' : 'exact' };
}

function minutesOf(clock: string, after: number | undefined): number | TimeProblem {
  if (clock === 'noon') return NOON;
  if (clock === 'midnight') return 1440;
  const found = CLOCK.exec(clock)?.groups;
  if (!found) return 'no_time';
  const run = found['run']?.padStart(4, '0');
  const typed = Number(run?.slice(0, 2) ?? found['hour']);
  const minute = Number(run?.slice(2) ?? found['minute'] ?? 0);
  if (minute > 59) return 'no_minute';
  const hour = hourOf(typed, found['half']);
  if (hour === undefined) return 'no_hour';
  const days = found['days'] === undefined ? pastMidnight(hour * 60 + minute, after) : Number(found['days']);
  const minutes = days * 1440 + hour * 60 + minute;
  return minutes >= (FURTHEST_DAY + 1) * 1440 ? 'too_far' : minutes;
}

function hourOf(typed: number, half: string | undefined): number | undefined {
  if (!half) return typed < 30 ? typed : undefined;
  if (typed < 1 || typed > 12) return undefined;
  return (typed % 12) + (half.startsWith('p') ? 12 : 0);
}

const pastMidnight = (minutes: number, after: number | undefined): number =>
  after !== undefined && minutes < SMALL_HOURS && after >= NOON ? Math.floor(Math.max(after, 1440) / 1440) : 0;

/** A time as it is shown in a cell and read again: "21:30", "01:30 +1", "~17:00", "TBD". */
export function timeText({ wall, day_offset, certainty }: TimeEntry): string {
  if (wall === null) return certainty === 'exact' ? 'all day' : certainty === 'hidden' ? 'hidden' : 'TBD';
  const late = day_offset > 0 ? ` +${day_offset}` : '';
  return `${marks[certainty]}${wall}${late}`;
}

const marks: Readonly<Record<ScheduleItemCertainty, string>> = { exact: '', approx: '~', tbd: '', hidden: 'hidden ' };

/** The end of a line: on the day of its start, or on the next when the clock would otherwise run backwards. */
export function parseEnd(
  text: string,
  start: Pick<TimeEntry, 'wall' | 'day_offset'>,
):
  | { readonly wall: WallTime | null; readonly end_offset: number }
  | { readonly problem: TimeProblem | 'end_without_start' } {
  const entry = parseTime(text, start.wall === null ? undefined : minutesInto(start.wall, start.day_offset));
  if ('problem' in entry) return entry;
  if (entry.wall === null) return { wall: null, end_offset: start.day_offset };
  if (start.wall === null) return { problem: 'end_without_start' };
  const from = minutesInto(start.wall, start.day_offset);
  let minutes = minutesInto(entry.wall, Math.max(entry.day_offset, /\+/.test(text) ? 0 : start.day_offset));
  if (minutes <= from) minutes += 1440;
  const { wall, day_offset } = wallOf(minutes);
  return { wall, end_offset: day_offset };
}
