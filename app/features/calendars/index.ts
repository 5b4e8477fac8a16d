import type { CalendarContent } from './rules.ts';

export type { CalendarContent, CalendarShow } from './rules.ts';

/** Draws the secret addresses: `<calendar-addresses>`. */
export const loadAddresses = (): Promise<unknown> => import('./calendar-addresses.ts');

/** A calendar as the text of an .ics file; what writes it is loaded when it is needed. */
export const calendarFile = async (content: CalendarContent): Promise<string> =>
  (await import('./rules.ts')).calendarText(content);
