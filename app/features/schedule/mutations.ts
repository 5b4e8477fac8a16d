import { command, defineMutation, insert, remove, update, type OperationDraft } from '../../data/define-mutation.ts';
import type { ScheduleItemRow, SchedulePersonRow } from '../../data/schema.gen.ts';
import { newId } from '../../kernel/id.ts';
import { endOf, factsOf, startOf } from './rules.ts';

/** What a planner writes of a line; the rest is the server's. */
export type LineFields = Pick<
  ScheduleItemRow,
  | 'kind'
  | 'title'
  | 'local_date'
  | 'wall_start'
  | 'wall_end'
  | 'day_offset'
  | 'end_offset'
  | 'time_zone'
  | 'certainty'
  | 'venue_id'
  | 'room_id'
  | 'place'
  | 'visibility'
  | 'crew'
  | 'notes'
  | 'requires_acknowledgment'
  | 'acknowledge_by'
>;

/** A line to add, and who is called to it. */
export interface NewLine extends LineFields {
  readonly id: string;
  readonly called: readonly string[];
}

/** The show or day that lines are added to. */
export interface Sheet {
  readonly organization_id: string;
  readonly show_id: string | null;
  readonly tour_day_id: string | null;
  readonly tour_id: string | null;
}

/** A line before anybody typed anything. */
export const emptyLine = (local_date: string, time_zone: string, venue_id: string | null): Omit<NewLine, 'title'> => ({
  id: newId(),
  kind: 'other',
  local_date,
  time_zone,
  venue_id,
  wall_start: null,
  wall_end: null,
  day_offset: 0,
  end_offset: 0,
  certainty: 'tbd',
  room_id: null,
  place: null,
  visibility: 'everyone',
  crew: null,
  notes: null,
  requires_acknowledgment: false,
  acknowledge_by: null,
  called: [],
});

/** Adds lines to a day, all of them or none. */
export const addLines = defineMutation(
  'schedule.add',
  ({ sheet, lines }: { sheet: Sheet; lines: readonly NewLine[] }) => ({
    organization_id: sheet.organization_id,
    operations: lines.flatMap((line) => added(sheet, line)),
  }),
);

function added({ organization_id, show_id, tour_day_id, tour_id }: Sheet, line: NewLine): OperationDraft[] {
  const { called, ...row } = line;
  const written = { ...row, organization_id, show_id, tour_day_id, parent_id: null, recurrence: null, exceptions: [] };
  const stamps = { created_at: now(), updated_at: now() };
  const expect = { ...stamps, tour_id, ...instants(line), accepted_conflicts: {}, cancelled_at: null, revision: 1 };
  return [
    insert('schedule_items', written, expect),
    ...called.map((person_id) => called_(organization_id, line.id, person_id)),
  ];
}

const called_ = (organization_id: string, item_id: string, person_id: string): OperationDraft =>
  insert(
    'schedule_people',
    { organization_id, item_id, person_id, role: null },
    { status: 'invited', note: null, acknowledged_at: null, seen: null, checked_in_at: null, checked_out_at: null },
  );

const now = (): string => new Date().toISOString();

function instants(line: LineFields): Pick<ScheduleItemRow, 'starts_at' | 'ends_at'> {
  const [start, end] = [startOf(line), endOf(line)];
  return {
    starts_at: start ? new Date(start.instant).toISOString() : null,
    ends_at: end ? new Date(end.instant).toISOString() : null,
  };
}

/** Changes of one line. */
export interface LineChange {
  readonly id: string;
  readonly patch: Partial<LineFields & Pick<ScheduleItemRow, 'cancelled_at' | 'accepted_conflicts'>>;
}

/** Changes lines of a day; only what is different travels. */
export const changeLines = defineMutation(
  'schedule.change',
  ({ organization_id, changes }: { organization_id: string; changes: readonly LineChange[] }) => ({
    organization_id,
    operations: changes.map(({ id, patch }) => update('schedule_items', id, patch)),
  }),
);

/** Takes lines out of a day, with the calls to them. */
export const removeLines = defineMutation(
  'schedule.remove',
  ({
    organization_id,
    lines,
  }: {
    organization_id: string;
    lines: readonly { id: string; calls: readonly SchedulePersonRow[] }[];
  }) => ({
    organization_id,
    operations: lines.flatMap(({ id, calls }) => [
      ...calls.map((call) => remove('schedule_people', call.id)),
      remove('schedule_items', id),
    ]),
  }),
);

/** Who is called to a line, and to whom it is shown. */
export const setCalls = defineMutation(
  'schedule.call',
  (change: {
    item: ScheduleItemRow;
    calls: readonly SchedulePersonRow[];
    called: readonly string[];
    patch: Partial<Pick<LineFields, 'visibility' | 'crew' | 'requires_acknowledgment' | 'acknowledge_by'>>;
  }) => {
    const { item, calls, called, patch } = change;
    const { organization_id, id } = item;
    const before = new Set(calls.map((call) => call.person_id));
    const dropped = calls.filter((call) => !called.includes(call.person_id));
    return {
      organization_id,
      operations: [
        ...(Object.keys(patch).length > 0 ? [update('schedule_items', id, patch)] : []),
        ...dropped.map((call) => remove('schedule_people', call.id)),
        ...called.filter((person) => !before.has(person)).map((person) => called_(organization_id, id, person)),
      ],
    };
  },
);

/** What somebody can answer. */
export type Answer = 'confirmed' | 'tentative' | 'declined';

/** Answers one's own call as it is on this screen; an answer to what it was before does not count. */
export const answerCall = defineMutation(
  'schedule.answer',
  ({
    call,
    item,
    status,
    note,
  }: {
    call: SchedulePersonRow;
    item: ScheduleItemRow;
    status: Answer;
    note: string | null;
  }) => ({
    organization_id: call.organization_id,
    operations: [
      command('schedule_people.answer', {
        table: 'schedule_people',
        id: call.id,
        args: { status, note, revision: item.revision },
        expect: { status, note, acknowledged_at: now(), seen: factsOf(item) },
      }),
    ],
  }),
);

/** Says that one is there, or has left. */
export const checkIn = defineMutation(
  'schedule.check',
  ({ call, way }: { call: SchedulePersonRow; way: 'in' | 'out' }) => ({
    organization_id: call.organization_id,
    operations: [
      command('schedule_people.check', {
        table: 'schedule_people',
        id: call.id,
        args: { way },
        expect: way === 'in' ? { checked_in_at: now() } : { checked_out_at: now() },
      }),
    ],
  }),
);
