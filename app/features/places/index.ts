import type { Places } from './places.ts';

export type { Places } from './places.ts';
export { folded } from './rules.ts';
export type { Asked, Certainty, Found, Place } from './rules.ts';

/** Fetches the table for later, so that a plane finds it on the device. Quiet about everything: it is asked again. */
export const keepPlaces = (): Promise<void> =>
  import('./load.ts').then(({ keepTable }) => keepTable()).catch(() => undefined);

/** Makes the text of a table ready to be asked; countries are understood in English and in these languages. */
export const readPlaces = async (text: string, languages: readonly string[] = []): Promise<Places> =>
  new (await import('./places.ts')).Places(text, ['en', ...languages]);

let table: Promise<Places> | undefined;

/** The table of cities and their zones, fetched when it is first needed and kept for offline. Throws when it cannot be had. */
export function openPlaces(): Promise<Places> {
  table ??= import('./load.ts').then(async ({ loadTable }) => readPlaces(await loadTable(), navigator.languages));
  table.catch(() => (table = undefined));
  return table;
}
