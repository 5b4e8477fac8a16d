import type {
  ScheduleItemCertainty,
  ScheduleItemCrew,
  ScheduleItemKind,
  SchedulePersonStatus,
  TourDayKind,
  TravelLegMode,
} from '../../data/schema.gen.ts';
import { count, defineWords } from '../../kernel/words.ts';
import type { Conflict } from './conflicts.ts';
import type { FactField } from './rules.ts';
import type { PasteProblem, TimeProblem } from './time-entry.ts';

/** A kind of line as people call it. */
export const kindWords: Readonly<Record<ScheduleItemKind, string>> = defineWords('schedule.kinds', {
  lobby_call: 'Lobby call',
  bus_call: 'Bus call',
  travel: 'Travel',
  load_in: 'Load-in',
  line_check: 'Line check',
  soundcheck: 'Soundcheck',
  rehearsal: 'Rehearsal',
  call_time: 'Call time',
  meeting: 'Meeting',
  press: 'Press',
  meal: 'Meal',
  meet_and_greet: 'Meet and greet',
  doors: 'Doors',
  support: 'Support',
  changeover: 'Changeover',
  set: 'Set',
  performance: 'Performance',
  curfew: 'Curfew',
  load_out: 'Load-out',
  strike: 'Strike',
  day_off: 'Day off',
  other: 'Other',
});

/** A kind of day. */
export const dayKindWords: Readonly<Record<TourDayKind, string>> = defineWords('schedule.days', {
  show: 'Show day',
  travel: 'Travel day',
  off: 'Day off',
  dark: 'Dark day',
});

/** Groups of people on a tour. */
export const crewWords: Readonly<Record<ScheduleItemCrew, string>> = defineWords('schedule.crews', {
  artist: 'Artist',
  band: 'Band',
  crew: 'Crew',
  production: 'Production',
  guest: 'Guests',
});

/** Ways to travel. */
export const modeWords: Readonly<Record<TravelLegMode, string>> = defineWords('schedule.modes', {
  flight: 'Flight',
  train: 'Train',
  bus: 'Bus',
  drive: 'Drive',
  ferry: 'Ferry',
});

/** What somebody answered. */
export const answerWords: Readonly<Record<SchedulePersonStatus, string>> = defineWords('schedule.answers', {
  invited: 'Not answered',
  no_response: 'No answer',
  confirmed: 'Confirmed',
  tentative: 'Maybe',
  declined: 'Declined',
});

/** How sure a time is, beside it. */
export const certaintyWords: Readonly<Record<ScheduleItemCertainty, string>> = defineWords('schedule.certainty', {
  exact: '',
  approx: 'approx',
  tbd: 'TBD',
  hidden: 'hidden',
});

/** The fields that an acknowledgement is about. */
export const factWords: Readonly<Record<FactField, string>> = defineWords('schedule.facts', {
  local_date: 'Day',
  wall_start: 'Start',
  wall_end: 'End',
  day_offset: 'Start day',
  end_offset: 'End day',
  time_zone: 'Time zone',
  certainty: 'How sure',
  venue_id: 'Venue',
  room_id: 'Room',
  place: 'Place',
  cancelled_at: 'Cancelled',
});

/** Why a time could not be read. */
export const timeProblems: Readonly<Record<TimeProblem | 'end_without_start', string>> = defineWords('schedule.times', {
  no_time: 'That is not a time. Write 9, 930, 9:30 pm, ~17 or tbd.',
  no_hour: 'There is no such hour. Write 0 to 24, or 1 to 12 with am or pm.',
  no_minute: 'There are 60 minutes in an hour. Check the minutes.',
  too_far: 'That is more than two days past midnight. Put it on the sheet of that day.',
  end_without_start: 'An end needs a start. Enter the start first.',
});

/** Why a pasted row could not be read. */
export const pasteProblems: Readonly<Record<PasteProblem, string>> = defineWords('schedule.paste', {
  no_title: 'There is no word for what happens. Add one after the time.',
  title_too_long: 'The title is longer than 200 characters. Move a part of it to the notes.',
  place_too_long: 'The place is longer than 400 characters. Make it shorter.',
  notes_too_long: 'The notes are longer than 10,000 characters. Make them shorter.',
});

/** Every sentence of the day sheet. */
export const words = defineWords('schedule', {
  nextCall: 'Next',
  now: 'Now',
  today: 'Today',
  later: (when: string) => `Then ${when}`,
  noCall: 'Nothing more today',
  noCallText: 'What you are called to appears here, also without signal.',
  noTimeYet: 'No time yet',
  allDay: 'all day',
  in: (time: string) => `in ${time}`,
  since: (time: string) => `since ${time}`,
  hoursMinutes: (hours: number, minutes: number) => (hours === 0 ? `${minutes} min` : `${hours} h ${minutes} min`),
  days: (n: number) => count(n, 'day', 'days'),
  map: 'Map',
  openMap: (place: string) => `Open a map at ${place}`,
  people: 'People',
  peopleCount: (n: number) => count(n, 'person', 'people'),
  needsAnswer: 'Acknowledge',
  toAnswer: (n: number) => `${count(n, 'call waits', 'calls wait')} for your answer`,
  until: (when: string) => `until ${when}`,
  changedSince: 'Changed since you acknowledged',
  was: 'was',
  is: 'now',
  nothing: 'none',
  cancelled: 'Cancelled',
  acknowledge: 'Acknowledge',
  confirm: 'I will be there',
  changeAnswer: 'Change your answer',
  acknowledged: (when: string) => `You acknowledged this on ${when}.`,
  maybe: 'Maybe',
  decline: 'I cannot',
  note: 'Note',
  noteHint: 'The planner and those called with you read it.',
  noteTooLong: 'The note is longer than 500 characters. Make it shorter.',
  checkIn: 'I am here',
  checkOut: 'I have left',
  checkedIn: (when: string) => `Here since ${when}`,
  checkedOut: (when: string) => `Left at ${when}`,
  answered: 'Your answer is saved. It leaves this device when there is signal.',
  yourTime: 'your time',
  here: 'here',
  there: 'there',
  sameClock: 'Same time here and there',
  ahead: (time: string, city: string) => `${city} is ${time} ahead of you`,
  behind: (time: string, city: string) => `${city} is ${time} behind you`,
  otherDay: (city: string, day: string) => `In ${city} it is ${day} already`,
  stillDay: (city: string, day: string) => `In ${city} it is still ${day}`,
  clockForward: (city: string, minutes: number) => `The clock in ${city} goes forward ${minutes} min this night`,
  clockBack: (city: string, minutes: number) => `The clock in ${city} goes back ${minutes} min this night`,
  travel: 'Travel',
  seat: (seat: string) => `Seat ${seat}`,
  confirmation: (code: string) => `Confirmation ${code}`,
  drives: 'You drive',
  hotel: 'Hotel',
  room: (room: string) => `Room ${room}`,
  checkOutBy: (day: string) => `until ${day}`,
  contacts: 'Contacts',
  call: (name: string) => `Call ${name}`,
  wholeDay: 'Day sheet',

  back: 'Shows',
  gone: 'Not here',
  goneText: 'This show is not in the organisation any more, or you may not see it.',
  toShows: 'To the shows',
  schedule: 'Schedule',
  emptySheet: 'No lines yet',
  emptySheetText: 'Type a time in the first row, paste rows from a spreadsheet, or begin with a template.',
  emptyForReader: 'Nothing is planned for you on this day yet.',
  start: 'Start',
  end: 'End',
  kind: 'Kind',
  title: 'What',
  place: 'Where',
  who: 'Who',
  notes: 'Notes',
  everyone: 'Everyone',
  onlyCalled: 'Only who is called',
  nobodyCalled: 'Nobody',
  and: (n: number) => `+ ${n}`,
  newLine: 'New line',
  addLine: 'Add line',
  gridLabel: 'Day sheet. Arrow keys move, Enter or typing edits, Delete clears.',
  selectLine: (title: string) => `Select ${title}`,
  selected: (n: number) => `${count(n, 'line', 'lines')} selected`,
  allLines: 'all lines',
  shift: 'Shift times',
  shiftBy: 'Minutes',
  shiftHint: 'Minus for earlier.',
  shiftNow: 'Shift',
  earlier: (n: number) => `${n} min earlier`,
  laterBy: (n: number) => `${n} min later`,
  shifted: (n: number, by: string) => `${count(n, 'line', 'lines')} ${by}.`,
  notShifted: 'Some lines would leave this day. Nothing was moved.',
  notMinutes: 'Write whole minutes between -1,440 and 1,440, for example 15 or -30.',
  undo: 'Undo',
  undone: 'Undone.',
  nothingToUndo: 'There is nothing to undo.',
  fill: 'Fill',
  pasteRows: 'Paste rows',
  pasteHeading: 'Paste rows from a spreadsheet',
  pasteText: 'Time, what, where, notes: one line each. A row of headings decides the columns.',
  pasteLabel: 'Rows',
  addRows: (n: number) => `Add ${count(n, 'line', 'lines')}`,
  fixRows: (n: number) => `${count(n, 'row', 'rows')} could not be read. Nothing is added until every row can be.`,
  rowNumber: (n: number) => `Row ${n}`,
  addedLines: (n: number) => `${count(n, 'line', 'lines')} added.`,
  copyDay: 'Copy a day',
  copyHeading: 'Copy the lines of another day',
  copyFrom: 'From',
  copy: 'Copy',
  template: 'Use a template',
  templateHeading: 'Begin with a template',
  use: 'Use',
  print: 'Print',
  remove: 'Remove line',
  cancelLine: 'Cancel line',
  restoreLine: 'Take back the cancellation',
  removed: (title: string) => `Removed: ${title}.`,
  askAck: 'Ask for an acknowledgement',
  askAckHint: 'Those called answer, and are asked again when time or place change.',
  deadline: 'Until',
  acksOf: (done: number, all: number) => `${done} of ${all} acknowledged`,
  whoHas: 'Answers',
  hasNot: 'not yet',
  editCalls: 'Who is called',
  visibleTo: 'Shown to',
  group: 'Group',
  save: 'Save',
  done: 'Done',
  close: 'Close',
  details: 'Details',
  conflicts: (n: number) => `${count(n, 'thing does', 'things do')} not fit`,
  noConflicts: 'Everything fits.',
  accept: 'Accept',
  acceptHeading: 'Accept this?',
  acceptReason: 'Reason',
  acceptHint: 'It is kept with the line, so that others know why.',
  reasonMissing: 'Write why this is all right.',
  accepted: 'Accepted',
  takeBack: 'Warn again',
  pace: 'What is checked',
  speed: 'Door to door, km/h',
  restHours: 'Rest between days, hours',
  drivingHours: 'At the wheel in 24 h, hours',
  notPace: 'Write a number above 0.',
  techPack: 'House',
  capacity: (n: string) => `Capacity ${n}`,
  tourPeople: 'On this tour',
  problemsHeading: (n: number) => `${count(n, 'entry', 'entries')} to correct`,
  asTyped: (text: string) => `“${text}”`,
  discard: 'Discard',
  correct: 'Correct',
  titleTooLong: 'A title has at most 200 characters.',
  unknownKind: 'That is no kind of line. Write for example doors, set or load-in.',
  placeTooLong: 'A place has at most 400 characters.',
  notesTooLong: 'Notes have at most 10,000 characters.',
  endBeforeStart: 'The end is before the start. Correct one of them.',
  nobody: 'Nobody is on this tour yet.',

  paper: 'Paper',
  printNow: 'Print',
  sheetOf: (title: string) => `Day sheet · ${title}`,
  printed: (when: string) => `As of ${when}`,
});

/** What does not fit and why, in a sentence; the names come from the caller. */
export function conflictSentence(
  conflict: Conflict,
  name: {
    readonly line: (id: string) => string;
    readonly person: (id: string) => string;
    readonly room: (id: string) => string;
  },
): string {
  const [a = '', b = ''] = conflict.lines.map(name.line);
  switch (conflict.kind) {
    case 'person_twice':
      return `${name.person(conflict.person_id)} is called to “${a}” and “${b}” for the same ${conflict.minutes} min.`;
    case 'room_twice':
      return `${name.room(conflict.room_id)} is taken by “${a}” and “${b}” for the same ${conflict.minutes} min.`;
    case 'too_far':
      return `From “${a}” to “${b}” it is about ${conflict.km} km. ${name.person(conflict.person_id)} needs ${span(conflict.needs)} and has ${span(conflict.has)}.`;
    case 'clock_skips':
      return `${conflict.wall} does not exist that night: the clock goes forward, and it is ${conflict.shows} at once. “${a}” is taken as ${conflict.shows}.`;
    case 'clock_repeats':
      return `${conflict.wall} comes twice that night: the clock goes back. “${a}” is taken as the first of the two.`;
    case 'clock_changes':
      return conflict.minutes > 0
        ? `The clock goes forward during “${a}”: it is ${conflict.minutes} min shorter than it looks.`
        : `The clock goes back during “${a}”: it is ${-conflict.minutes} min longer than it looks.`;
    case 'short_rest':
      return `${name.person(conflict.person_id)} rests ${conflict.hours} h between “${a}” and “${b}”; ${conflict.wanted} h are wanted.`;
  }
  return `${name.person(conflict.person_id)} is at the wheel for ${conflict.hours} h within a day; ${conflict.most} h are allowed.`;
}

/** "45 min", "2 h 5 min". */
export const span = (minutes: number): string => {
  const whole = Math.round(minutes);
  return words.hoursMinutes(Math.floor(whole / 60), whole % 60);
};

const refusals: Readonly<Record<string, string>> = defineWords('schedule.refusals', {
  call_changed: 'Time or place changed before your answer arrived. Look at the call again, then answer.',
  note_too_long: 'The note is longer than 500 characters. Answer again with a shorter one.',
  not_checked_in: 'You had not said that you were there. Say “I am here” first.',
  schedule_items_accepted_conflicts_bad: 'The reasons are too long together. Take one back, then try again.',
  schedule_items_end_without_start: 'An end needs a start. Enter the start, then try again.',
  schedule_items_ends_before_it_starts: 'The end is before the start. Correct one of them, then try again.',
  schedule_items_approx_needs_a_time: 'An approximate time needs a time. Enter one, or leave it TBD.',
  schedule_items_group_missing: 'Choose the group this line is shown to, then try again.',
  schedule_items_recurrence_bad: 'The repetition could not be read. Choose it again.',
  schedule_items_recurrence_endless: 'A repetition needs an end. Choose how often or until when.',
  travel_legs_arrives_before_it_departs: 'The arrival is before the departure. Check both times and their zones.',
  hotels_ends_before_it_starts: 'The check-out is before the check-in. Correct one of them, then try again.',
  road_contacts_belong_somewhere: 'A contact belongs to a tour or to a venue. Choose one of them.',
  venues_tech_pack_too_large: 'What is noted about the house is too long. Make it shorter.',
});

/** Why something about the schedule was not accepted, and what to do; undefined for words of other rooms. */
export const refusalWords = (code: string): string | undefined => refusals[code];
