/** One entry of a select. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The currencies most tours meet, which stand first in the list. */
const usual = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AUD', 'JPY', 'SEK', 'NOK', 'DKK', 'PLN', 'INR', 'BRL', 'MXN'];

/** Every current currency as "EUR, euro", the usual ones first; a code that is already in use is never missing. */
export function currencyChoices(inUse: string, locale?: string): readonly Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  const codes = new Set([...usual, ...Intl.supportedValuesOf('currency'), ...(inUse ? [inUse] : [])]);
  return [...codes].map((value) => ({ value, label: `${value}, ${names.of(value) ?? value}` }));
}

/** Time zones by continent, as "New York" under "America". */
export function zoneChoices(inUse: string): readonly { readonly group: string; readonly zones: readonly Choice[] }[] {
  const zones = new Set([
    ...Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/')),
    inUse || 'UTC',
    'UTC',
  ]);
  const groups = new Map<string, Choice[]>();
  for (const value of [...zones].sort()) {
    const [group, ...city] = value.split('/');
    const list = groups.get(group!) ?? [];
    list.push({ value, label: (city.join(', ') || value).replaceAll('_', ' ') });
    groups.set(group!, list);
  }
  return [...groups].map(([group, zones]) => ({ group, zones }));
}

/** The currency people in the device's region pay with, for a new organisation; EUR when the region does not say. */
export function currencyHere(language: string = globalThis.navigator?.language ?? 'en'): string {
  const region = new Intl.Locale(language).maximize().region ?? '';
  return byRegion[region] ?? 'EUR';
}

const byRegion: Readonly<Record<string, string>> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  IN: 'INR',
  BR: 'BRL',
  MX: 'MXN',
  ZA: 'ZAR',
  KR: 'KRW',
  CN: 'CNY',
  SG: 'SGD',
  TR: 'TRY',
};

/** Languages and number forms an organisation can choose between. */
export function localeChoices(inUse: string): readonly Choice[] {
  const offered = [
    'en-GB',
    'en-US',
    'en',
    'de-DE',
    'fr-FR',
    'es-ES',
    'it-IT',
    'nl-NL',
    'pl-PL',
    'pt-BR',
    'sv-SE',
    'hi-IN',
    'ja-JP',
  ];
  return [...new Set([...offered, inUse])].filter(Boolean).map((value) => ({
    value,
    label: new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value,
  }));
}
