import type { ScheduleItemKind } from '../../data/schema.gen.ts';
import { defineWords } from '../../kernel/words.ts';

/** One line of a template: kind, start, end; past midnight the hours go on (25:00 is 1:00 of the next day). */
export type TemplateLine = readonly [kind: ScheduleItemKind, start: string | null, end?: string];

/** A kind of day to begin with. */
export type TemplateName = 'club' | 'festival' | 'theatre' | 'travel';

/** What the templates are called. */
export const templateWords: Readonly<Record<TemplateName, string>> = defineWords('schedule.templates', {
  club: 'Club show',
  festival: 'Festival set',
  theatre: 'Theatre, with the half',
  travel: 'Travel day',
});

/** Days as they usually go; everything can be changed afterwards. */
export const templates: Readonly<Record<TemplateName, readonly TemplateLine[]>> = {
  club: [
    ['load_in', '14:00', '16:00'],
    ['line_check', '16:00', '16:30'],
    ['soundcheck', '16:30', '18:00'],
    ['meal', '18:00', '19:00'],
    ['doors', '19:00'],
    ['support', '20:00', '20:40'],
    ['changeover', '20:40', '21:00'],
    ['set', '21:00', '22:30'],
    ['curfew', '23:00'],
    ['load_out', '23:00', '24:30'],
    ['bus_call', '25:00'],
  ],
  festival: [
    ['lobby_call', '11:00'],
    ['load_in', '12:00', '13:00'],
    ['press', '14:00', '15:00'],
    ['changeover', '17:30', '18:00'],
    ['line_check', '17:45', '18:00'],
    ['set', '18:00', '19:00'],
    ['load_out', '19:15', '20:00'],
    ['bus_call', '23:00'],
  ],
  theatre: [
    ['load_in', '10:00', '13:00'],
    ['rehearsal', '14:00', '17:00'],
    ['meal', '17:00', '18:00'],
    ['call_time', '18:55'],
    ['doors', '19:00'],
    ['performance', '19:30', '22:00'],
    ['strike', '22:15', '23:45'],
  ],
  travel: [
    ['lobby_call', '09:45'],
    ['bus_call', '10:00'],
    ['travel', '10:00', '14:00'],
    ['day_off', null],
  ],
};
