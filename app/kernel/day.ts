/** A calendar date without a clock or a zone, "2026-11-14" (ISO 8601). */
export type LocalDate = string;

/** The zone of this device as an IANA name, e.g. "Europe/Berlin". */
export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The calendar date in an IANA zone at an instant (now when left out). */
export function dateIn(zone: string, at: Date = new Date()): LocalDate {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')!.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

/** Whether a text is a real calendar date in ISO 8601 form ("2026-02-30" is not). */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The date `days` after another (negative for before); pure calendar arithmetic. */
export function addDays(date: LocalDate, days: number): LocalDate {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** "Sat 14 Nov", with the year when it is not `year`; the order follows the locale. */
export function formatDate(date: LocalDate, locale?: string, year = new Date().getFullYear()): string {
  const options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' };
  if (Number(date.slice(0, 4)) !== year) options.year = 'numeric';
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${date}T00:00:00Z`));
}

/** An instant as a person reads it here: "14 Nov, 21:05". */
export const formatInstant = (instant: string | Date, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
