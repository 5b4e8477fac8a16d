import type { ScheduleItemKind, ScheduleItemVisibility } from '../../data/schema.gen.ts';
import { kindWords } from './words.ts';

/** The picture of each kind of line. */
const icons: Readonly<Partial<Record<ScheduleItemKind, string>>> = {
  travel: 'route',
  call_time: 'bell',
  load_in: 'package',
  load_out: 'package',
  strike: 'package',
  soundcheck: 'wrench',
  line_check: 'wrench',
  doors: 'users',
  set: 'music',
  support: 'music',
  performance: 'music',
  rehearsal: 'music',
  bus_call: 'bus',
  lobby_call: 'building-2',
  meal: 'utensils',
  press: 'camera',
  meet_and_greet: 'user',
  day_off: 'sun',
  curfew: 'moon',
  meeting: 'users',
};

/** The name of the icon that stands for a kind of line. */
export const kindIcon = (kind: ScheduleItemKind): string => icons[kind] ?? 'clock';

/** Every kind, in the order of a day. */
export const allKinds = Object.keys(kindWords) as readonly ScheduleItemKind[];

/** Everyday names that mean one of the kinds. */
const alsoKnownAs: Readonly<Record<string, ScheduleItemKind>> = {
  'get-in': 'load_in',
  'get in': 'load_in',
  loadin: 'load_in',
  'get-out': 'load_out',
  'get out': 'load_out',
  loadout: 'load_out',
  'sound check': 'soundcheck',
  check: 'soundcheck',
  linecheck: 'line_check',
  show: 'set',
  stage: 'set',
  'show time': 'set',
  showtime: 'set',
  headline: 'set',
  headliner: 'set',
  opener: 'support',
  opening: 'support',
  dinner: 'meal',
  lunch: 'meal',
  breakfast: 'meal',
  catering: 'meal',
  interview: 'press',
  promo: 'press',
  radio: 'press',
  'm&g': 'meet_and_greet',
  vip: 'meet_and_greet',
  bus: 'bus_call',
  'bus leaves': 'bus_call',
  depart: 'bus_call',
  lobby: 'lobby_call',
  hotel: 'lobby_call',
  call: 'call_time',
  off: 'day_off',
};

/** The kind that somebody means by a word: its name, a beginning of it, or what others call it. */
export function kindOf(text: string): ScheduleItemKind | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === '') return undefined;
  const exact = allKinds.find((kind) => kindWords[kind].toLowerCase() === plain || kind === plain);
  return exact ?? alsoKnownAs[plain] ?? allKinds.find((kind) => kindWords[kind].toLowerCase().startsWith(plain));
}

/** The kind that a title speaks of, when nobody chose one: "Doors / merch open" are doors. */
export function kindInTitle(title: string): ScheduleItemKind {
  const plain = title.trim().toLowerCase();
  const known = [
    ...allKinds.map((kind) => [kindWords[kind].toLowerCase(), kind] as const),
    ...Object.entries(alsoKnownAs),
  ].filter(([word, kind]) => kind !== 'other' && new RegExp(`\\b${word.replaceAll(/[&-]/g, '.')}\\b`).test(plain));
  return known.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? 'other';
}

/** Who may see lines of which visibility, in the order they are offered. */
export const visibilities: readonly ScheduleItemVisibility[] = ['everyone', 'group', 'people'];
