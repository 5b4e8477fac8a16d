/** A sentence, or a function that builds one from facts. */
export type Phrase = string | ((...facts: never[]) => string);

const translations = new Map<string, Record<string, Phrase>>();

/**
 * Registers the sentences of one part of the product under a namespace and returns them for use.
 * A second language is a file that calls `translate` with the same namespace before the first screen is drawn.
 */
export function defineWords<W extends Record<string, Phrase>>(namespace: string, words: W): W {
  return new Proxy(words, {
    get: (own, key: string) => translations.get(namespace)?.[key] ?? own[key],
  });
}

/** Replaces the sentences of a namespace by those of another language; missing ones stay as they are. */
export function translate(namespace: string, words: Record<string, Phrase>): void {
  translations.set(namespace, words);
}

/** "1 claim", "2 claims": picks the form by the plural rules of the language (Unicode CLDR). */
export function count(n: number, one: string, other: string, locale = 'en'): string {
  const form = new Intl.PluralRules(locale).select(n) === 'one' ? one : other;
  return `${new Intl.NumberFormat(locale).format(n)} ${form}`;
}
