import type { DayOrder } from './dates.ts';

/** A currency and how sure it is that the receipt is in it. */
export interface ReadCurrency {
  readonly currency: string;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

/** What a person's device and organisation say before anything is read. */
export interface HomeHints {
  /** Currencies that are likely, the likeliest first: of the claim, the tour, the organisation. */
  readonly currencies: readonly string[];
  /** The device's locale, e.g. "en-US". */
  readonly locale: string;
}

/** Currencies that are written with a sign of their own, or one they share. */
const SIGNS: readonly (readonly [RegExp, readonly string[], number])[] = [
  [/€|\bEURO?\b/g, ['EUR'], 0.97],
  [/£/g, ['GBP'], 0.95],
  [/¥|￥|円/g, ['JPY', 'CNY'], 0.9],
  [/\bRM\s?(?=\d)|\(RM\)|\bRM\b/g, ['MYR'], 0.93],
  [/\bC(?:A|DN)?\$/g, ['CAD'], 0.95],
  [/\bAU?\$/g, ['AUD'], 0.95],
  [/\bNZ\$/g, ['NZD'], 0.95],
  [/\bS\$/g, ['SGD'], 0.9],
  [/\bHK\$/g, ['HKD'], 0.95],
  [/\bNT\$/g, ['TWD'], 0.95],
  [/\bR\$/g, ['BRL'], 0.95],
  [/\bUS\$/g, ['USD'], 0.97],
  [/(?<![A-Z])\$/g, ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'MXN', 'HKD'], 0.75],
  [/₹|\bRs\.?\s?(?=\d)/g, ['INR'], 0.9],
  [/₩/g, ['KRW'], 0.97],
  [/\bRp\.?\s?(?=\d)/g, ['IDR'], 0.93],
  [/\bSFr\.|\bFr\.\s?(?=\d)/g, ['CHF'], 0.9],
  [/(?<=\d\s?)zł\b|(?<=\d,\d\d\s?)zl\b|\bPTU\b/gi, ['PLN'], 0.93],
  [/(?<=\d\s?)Kč\b|(?<=\d\s?)Kc\b/g, ['CZK'], 0.9],
  [/(?<=\d\s?)Ft\b/g, ['HUF'], 0.9],
  [/(?<=\d[\s.,-]{0,2})kr\b|\bkr\.?\s?(?=\d)/gi, ['SEK', 'NOK', 'DKK'], 0.7],
  [/\bK\.?D\.?\s?(?=\d)|(?<=\d\s?)KD\b/g, ['KWD'], 0.9],
  [/\bB\.?D\.?\s?(?=\d+\.\d{3}\b)/g, ['BHD'], 0.8],
  [/₺|(?<=\d\s?)TL\b/g, ['TRY'], 0.93],
  [/฿/g, ['THB'], 0.95],
  [/₱|\bPhp\b/g, ['PHP'], 0.93],
  [/₪/g, ['ILS'], 0.97],
  [/\bR\s?(?=\d+[.,]\d{2}\b)/g, ['ZAR'], 0.7],
  [/\bDhs?\.?\s?(?=\d)/g, ['AED'], 0.85],
];

/** Codes that are no English word, in capitals. */
const CODES =
  /(?<!SDN\.? ?)\b(AED|ARS|AUD|BGN|BHD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JOD|JPY|KRW|KWD|MXN|MYR|NOK|NZD|OMR|PHP|PLN|QAR|RON|RSD|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|ZAR)(?=\b|\d)/g;

/** What only receipts of one country say: registers of firms and taxes, telephone prefixes, legal forms. */
const COUNTRIES: readonly (readonly [currency: string, pattern: RegExp])[] = [
  ['MYR', /\bS[DO]N\.?\s*[BE]HD\b|\bMALAYSIA\b|KUALA LUMPUR|SELANGOR|\b(?:JALAN|JLN|TAMAN|BANDAR)\b|\.my\b/i],
  ['CHF', /\bCHE-?\d{3}|\bMWST\b.*\bCHE|\bSchweiz\b|\+41\b|\bTWINT\b/],
  ['EUR', /\bATU\s?\d{8}|\bUSt-?Id|\bGmbH\b|\bMwSt\b|\bSteuer-?Nr|\+49\b|\+43\b|Deutschland|Österreich|\.(?:de|at)\b/],
  ['EUR', /\bSIRET\b|\bSIREN\b|\bTVA\b|\bTTC\b|\+33\b|\.fr\b/],
  [
    'EUR',
    /\bP\.?\s?IVA\b|\bPartita IVA|\bC\.?I\.?F\.?[\s:]|\bN\.?I\.?F\.?[\s:]|\+34\b|\+39\b|\+351\b|\bBTW\b|\bKVK\b|\+31\b|\+32\b|\+353\b|\bALV\b|\+358\b/,
  ],
  [
    'GBP',
    /\bVAT\s?(?:Reg)?\.?\s?(?:No\.?)?:?\s?GB|\+44\b|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b|United Kingdom|\.co\.uk\b/,
  ],
  ['AUD', /\bABN\b|\bA\.B\.N|\bEFTPOS\b|\b(?:NSW|VIC|QLD|TAS)\s\d{4}\b|\+61\b|\.com\.au\b/],
  ['NZD', /New Zealand|\+64\b/i],
  ['CAD', /\bHST\b|\bQST\b|\bTPS\b|\bTVQ\b|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b/],
  ['INR', /\bGSTIN\b|\b[CS]GST\b|\+91\b/],
  ['SGD', /\bSingapore\b|\bPTE\.?\s*LTD|\+65\b/i],
  ['SEK', /\bMomsreg|\bOrg\.?\s?nr\.?:?\s?55|\bSE\d{12}|\+46\b|\bVäxel\b|\bAtt betala\b/],
  ['NOK', /\bMVA\b|\+47\b|\bForetaksregisteret\b/],
  ['DKK', /\bCVR\b|\+45\b/],
  ['PLN', /\bPARAGON FISKALNY\b|\bNIP[\s:]\s?\d|\+48\b/i],
  ['CZK', /\bDIČ\b|\bIČO?\b|\+420\b/],
  ['JPY', /\bTOKYO\b|\bOSAKA\b|\bKYOTO\b|\+81\b/i],
  ['KWD', /\bKuwait\b|\bK-?NET\b|\+965\b/i],
  ['MXN', /\bR\.?F\.?C\.?[\s:]|México|\+52\b/],
  ['BRL', /\bCNPJ\b|\+55\b/],
  [
    'USD',
    /\b(?:AL|AZ|CA|CO|CT|FL|GA|IL|IN|LA|MA|MD|ME|MI|MN|MO|NC|NJ|NM|NV|NY|OH|OK|OR|PA|SC|TN|TX|UT|VA|WA|WI)\s\d{5}(?:-\d{4})?\b|\bSales Tax\b|\+1[\s(-]|\(\d{3}\)\s?\d{3}-\d{4}/,
  ],
];

/** The currency of a receipt by its signs and codes, and by what tells the country; undefined when nothing does. */
export function currencyIn(text: string, home: HomeHints): ReadCurrency | undefined {
  const told = countryIn(text);
  const country = told[0];
  const votes = [...signed(text, country?.currency, home), ...coded(text)];
  const best = strongest([...votes, ...told]);
  if (!best || best === country) return best;
  return best.currency === country?.currency ? { ...best, confidence: Math.min(0.99, best.confidence + 0.1) } : best;
}

/** A country that says itself more often than this is no surer. */
const MOST_VOTES = 4;

/** What tells the country that most of the text speaks of, as votes for its currency. A sign is one small shape and easily misread; a country says itself often. */
function countryIn(text: string): ReadCurrency[] {
  const told = new Map<string, number>();
  for (const [currency, pattern] of COUNTRIES) {
    const times = text.match(new RegExp(pattern.source, `${pattern.flags}g`))?.length ?? 0;
    if (times > 0) told.set(currency, (told.get(currency) ?? 0) + times);
  }
  const [first] = [...told].sort((a, b) => b[1] - a[1]);
  if (!first) return [];
  const [currency, times] = first;
  const vote = { currency, confidence: Math.min(0.9, 0.6 + 0.1 * times), start: 0, end: 0 };
  return Array.from({ length: Math.min(MOST_VOTES, times) }, () => vote);
}

/** The vote that most others share; of those the surest. */
function strongest(votes: readonly ReadCurrency[]): ReadCurrency | undefined {
  const weight = (currency: string) =>
    votes.filter((vote) => vote.currency === currency).reduce((sum, vote) => sum + vote.confidence, 0);
  return [...votes].sort((a, b) => weight(b.currency) - weight(a.currency) || b.confidence - a.confidence)[0];
}

function signed(text: string, country: string | undefined, { currencies }: HomeHints): ReadCurrency[] {
  return SIGNS.flatMap(([sign, all, confidence]) =>
    [...text.matchAll(sign)].map((match): ReadCurrency => {
      const place = { start: match.index, end: match.index + match[0].length };
      if (all.length === 1) return { currency: all[0]!, confidence, ...place };
      if (country !== undefined && all.includes(country)) return { currency: country, confidence: 0.9, ...place };
      const own = currencies.find((currency) => all.includes(currency));
      return { currency: own ?? all[0]!, confidence: own ? confidence : confidence - 0.2, ...place };
    }),
  );
}

/** The rate of exchange that a receipt may print names other currencies; a code beside a number counts. */
const coded = (text: string): ReadCurrency[] =>
  [...text.matchAll(CODES)].map((match) => {
    const beside =
      /\d\s?$/.test(text.slice(0, match.index)) || /^\s?:?\s?\d/.test(text.slice(match.index + match[0].length));
    const place = { start: match.index, end: match.index + match[0].length };
    return { currency: match[0], confidence: beside ? 0.97 : 0.8, ...place };
  });

const MONTH_FIRST_PLACES = /-(US|PH|PR|GU)\b/;
const MONTH_FIRST_CURRENCIES: ReadonlySet<string> = new Set(['USD', 'PHP']);

/** The order of day and month where a receipt comes from; the device's locale decides only when the receipt says nothing. */
export function orderOf(currency: ReadCurrency | undefined, { locale }: HomeHints): DayOrder | undefined {
  if (!currency || currency.confidence < 0.6) return MONTH_FIRST_PLACES.test(locale) ? 'month_first' : undefined;
  return MONTH_FIRST_CURRENCIES.has(currency.currency) ? 'month_first' : 'day_first';
}
