/** Receipts that nobody was ever given: made up from a seed, the same on every machine. */

/** Parts from which receipts are made up. The set the reader was tuned on and the one it is judged by share none of them. */
export type Part = 'tuning' | 'held out';

/** One printed line: text at the left, and possibly at the right. */
export interface Row {
  readonly left: string;
  readonly right?: string;
  readonly centred?: boolean;
  /** Size of print in multiples of the receipt's own. */
  readonly size?: number;
  readonly bold?: boolean;
  readonly rule?: boolean;
}

/** A made-up receipt: what is printed on it and what it really says. */
export interface MadeUp {
  readonly seed: number;
  readonly font: string;
  readonly rows: readonly Row[];
  readonly truth: Truth;
}

/** What a person would read on a receipt. */
export interface Truth {
  readonly merchant: string;
  readonly date: string;
  readonly total: string;
  readonly currency: string;
}

/** How a country prints receipts. */
interface Country {
  readonly currency: string;
  readonly digits: number;
  readonly marks: readonly [group: string, decimal: string];
  readonly sign: (amount: string) => string;
  readonly dates: readonly string[];
  readonly words: {
    readonly subtotal: string;
    readonly tax: string;
    readonly total: readonly string[];
    readonly cash: string;
    readonly change: string;
    readonly card: string;
    readonly date: string;
    readonly head: string;
    readonly thanks: string;
    readonly items: string;
  };
  readonly rate: number;
  readonly included: boolean;
  readonly merchants: readonly string[];
  readonly addresses: readonly (readonly string[])[];
  readonly goods: readonly string[];
  readonly ids: readonly string[];
}

/** Numbers between 0 and 1 from a seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Roll = ReturnType<typeof dice>;
const pick = <T>(roll: Roll, from: readonly T[]): T => from[Math.floor(roll() * from.length)]!;
const between = (roll: Roll, from: number, to: number): number => from + Math.floor(roll() * (to - from + 1));

/** Makes up one receipt. */
export function madeUp(part: Part, seed: number): MadeUp {
  const roll = dice(seed * 7919 + (part === 'tuning' ? 1 : 500_009));
  const { countries, layouts, fonts } = parts[part];
  const country = pick(roll, countries);
  const facts = factsOf(roll, country);
  const rows = pick(roll, layouts)(roll, country, facts);
  const total = (facts.total / 10 ** country.digits).toFixed(country.digits);
  const truth = { merchant: facts.merchant, date: facts.date, total, currency: country.currency };
  return { seed, font: pick(roll, fonts), rows, truth };
}

interface Facts {
  readonly merchant: string;
  readonly address: readonly string[];
  readonly date: string;
  readonly printedDate: string;
  readonly time: string;
  readonly items: readonly { readonly name: string; readonly count: number; readonly each: number }[];
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly given: number;
  readonly id: string;
}

function factsOf(roll: Roll, country: Country): Facts {
  const items = Array.from({ length: between(roll, 1, 7) }, () => ({
    name: pick(roll, country.goods),
    count: roll() < 0.7 ? 1 : between(roll, 2, 4),
    each: priceOf(roll, country),
  }));
  const sum = items.reduce((all, { count, each }) => all + count * each, 0);
  const share = country.rate / 100;
  const tax = Math.round(country.included ? sum - sum / (1 + share) : sum * share);
  const [net, total] = country.included ? [sum - tax, sum] : [sum, sum + tax];
  const note = [5, 10, 20, 50, 100, 200, 500, 1000].map((value) => value * 10 ** Math.max(2, country.digits));
  const given = note.find((value) => value > total) ?? total;
  const date = new Date(Date.UTC(2026, between(roll, 0, 10), between(roll, 1, 20))).toISOString().slice(0, 10);
  return {
    merchant: pick(roll, country.merchants),
    address: pick(roll, country.addresses),
    date,
    printedDate: printed(date, pick(roll, country.dates)),
    time: `${String(between(roll, 7, 22)).padStart(2, '0')}:${String(between(roll, 0, 59)).padStart(2, '0')}`,
    items,
    net,
    tax,
    total,
    given,
    id: pick(roll, country.ids),
  };
}

const priceOf = (roll: Roll, { digits }: Country): number =>
  digits === 0 ? between(roll, 12, 480) * 10 : digits === 3 ? between(roll, 25, 900) * 10 : between(roll, 95, 4_890);

const MONTHS: Readonly<Record<string, readonly string[]>> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
};

function printed(date: string, format: string): string {
  const [year, month, day] = date.split('-') as [string, string, string];
  const name = (language: string) => MONTHS[language]![Number(month) - 1]!;
  const parts: Readonly<Record<string, string>> = {
    YYYY: year,
    YY: year.slice(2),
    MM: month,
    DD: day,
    D: String(Number(day)),
    EN: name('en'),
    ENC: name('en').toUpperCase(),
    ES: name('es'),
  };
  return format.replace(/YYYY|YY|MM|DD|ENC|EN|ES|D/g, (part) => parts[part]!);
}

function money({ digits, marks }: Country, minor: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = digits === 0 ? text : text.slice(0, -digits);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks[0]);
  return (minor < 0 ? '-' : '') + (digits === 0 ? grouped : grouped + marks[1] + text.slice(-digits));
}

type Layout = (roll: Roll, country: Country, facts: Facts) => Row[];

const centred = (left: string, more: Partial<Row> = {}): Row => ({ left, centred: true, ...more });
const rule: Row = { left: '', rule: true };
const gap: Row = { left: '' };

const goodsOneLine = (country: Country, { items }: Facts): Row[] =>
  items.map(({ name, count, each }) => ({
    left: count > 1 ? `${count} ${name}` : name,
    right: money(country, count * each),
  }));

const goodsTwoLines = (country: Country, { items }: Facts): Row[] =>
  items.flatMap(({ name, count, each }) => [
    { left: name },
    { left: `   ${count} x ${money(country, each)}`, right: money(country, count * each) },
  ]);

const goodsWithCode = (country: Country, { items }: Facts, code: string): Row[] =>
  items.map(({ name, count, each }) => ({
    left: `${count}x ${name}`,
    right: `${money(country, count * each)} ${code}`,
  }));

const tuningLayouts: readonly Layout[] = [
  // A supermarket: everything on one line, total in large print, paid in cash.
  (roll, country, facts) => [
    centred(facts.merchant, { size: 1.5, bold: true }),
    ...facts.address.map((line) => centred(line)),
    centred(facts.id),
    rule,
    ...goodsOneLine(country, facts),
    rule,
    { left: country.words.subtotal, right: money(country, facts.net) },
    { left: `${country.words.tax} ${country.rate}%`, right: money(country, facts.tax) },
    { left: pick(roll, country.words.total), right: country.sign(money(country, facts.total)), size: 1.4, bold: true },
    { left: country.words.cash, right: money(country, facts.given) },
    { left: country.words.change, right: money(country, facts.given - facts.total) },
    gap,
    { left: `${country.words.date}: ${facts.printedDate}`, right: facts.time },
    centred(country.words.thanks),
  ],
  // A café: date on top, tax below the total.
  (roll, country, facts) => [
    { left: facts.merchant, size: 1.3, bold: true },
    ...facts.address.map((line) => ({ left: line })),
    { left: `${facts.printedDate} ${facts.time}`, right: `#${between(roll, 1000, 9999)}` },
    gap,
    ...goodsTwoLines(country, facts),
    rule,
    { left: pick(roll, country.words.total), right: country.sign(money(country, facts.total)), bold: true },
    { left: country.words.card, right: money(country, facts.total) },
    gap,
    { left: `${country.words.tax} ${country.rate}%`, right: money(country, facts.tax) },
    { left: facts.id },
    { left: country.words.thanks },
  ],
];

const heldOutLayouts: readonly Layout[] = [
  // A filling station: head of the document first, then the name.
  (roll, country, facts) => [
    centred(country.words.head, { bold: true }),
    centred(facts.merchant, { size: 1.25, bold: true }),
    ...facts.address.map((line) => centred(line)),
    gap,
    { left: `No. ${between(roll, 100_000, 999_999)}`, right: `${facts.printedDate}  ${facts.time}` },
    rule,
    ...goodsWithCode(country, facts, 'A'),
    rule,
    { left: `${country.words.items}: ${facts.items.length}` },
    { left: pick(roll, country.words.total), right: country.sign(money(country, facts.total)), size: 1.2, bold: true },
    { left: country.words.card, right: country.sign(money(country, facts.total)) },
    rule,
    {
      left: `A ${country.rate}%  ${money(country, facts.net)}  ${money(country, facts.tax)}`,
      right: money(country, facts.total),
    },
    centred(facts.id),
  ],
  // A restaurant's bill: table and guest count, total alone on its line, cash given and change.
  (roll, country, facts) => [
    centred(facts.merchant, { size: 1.8 }),
    ...facts.address.map((line) => centred(line, { size: 0.85 })),
    centred(facts.id, { size: 0.85 }),
    gap,
    { left: `Table ${between(roll, 1, 40)}`, right: `${between(roll, 1, 6)} pax` },
    { left: country.words.date, right: facts.printedDate },
    gap,
    ...goodsOneLine(country, facts),
    gap,
    { left: country.words.subtotal, right: country.sign(money(country, facts.net)) },
    { left: `${country.words.tax} (${country.rate}%)`, right: country.sign(money(country, facts.tax)) },
    rule,
    centred(`${pick(roll, country.words.total)}   ${country.sign(money(country, facts.total))}`, {
      size: 1.5,
      bold: true,
    }),
    rule,
    { left: country.words.cash, right: country.sign(money(country, facts.given)) },
    { left: country.words.change, right: country.sign(money(country, facts.given - facts.total)) },
    centred(country.words.thanks),
  ],
  // A shop's slip: small, dense, the date at the very end.
  (roll, country, facts) => [
    { left: facts.merchant, bold: true },
    ...facts.address.map((line) => ({ left: line, size: 0.9 })),
    ...goodsTwoLines(country, facts),
    { left: pick(roll, country.words.total), right: country.sign(money(country, facts.total)), bold: true },
    { left: `${country.words.tax} ${country.rate}% incl.`, right: money(country, facts.tax) },
    { left: `${country.words.card} **** ${between(roll, 1000, 9999)}`, right: money(country, facts.total) },
    { left: facts.id, size: 0.9 },
    { left: `${facts.time}  ${facts.printedDate}`, right: `Kasse ${between(roll, 1, 9)}` },
  ],
];

const before = (sign: string) => (amount: string) => sign + amount;
const after = (sign: string) => (amount: string) => `${amount} ${sign}`;

const tuningCountries: readonly Country[] = [
  {
    currency: 'EUR',
    digits: 2,
    marks: ['.', ','],
    sign: after('EUR'),
    dates: ['DD.MM.YYYY', 'DD.MM.YY'],
    rate: 19,
    included: true,
    words: {
      subtotal: 'Zwischensumme',
      tax: 'MwSt',
      total: ['Summe', 'SUMME EUR', 'Gesamtbetrag'],
      cash: 'Bar',
      change: 'Rückgeld',
      card: 'EC-Karte',
      date: 'Datum',
      head: 'Kassenbon',
      thanks: 'Vielen Dank für Ihren Einkauf',
      items: 'Artikel',
    },
    merchants: ['Edelmarkt Huber', 'Bäckerei Sonnenschein', 'Tankhof Nord GmbH', 'Drogerie Keller'],
    addresses: [
      ['Hauptstr. 12', '50667 Köln'],
      ['Bahnhofplatz 3', '80335 München', 'Tel. 089 123456'],
    ],
    goods: ['Vollmilch 1L', 'Brötchen', 'Kaffee Crema', 'Käse Gouda', 'Mineralwasser', 'Apfelschorle', 'Butter'],
    ids: ['USt-IdNr. DE123456789', 'Steuer-Nr. 12/345/67890'],
  },
  {
    currency: 'USD',
    digits: 2,
    marks: [',', '.'],
    sign: before('$'),
    dates: ['MM/DD/YYYY', 'MM/DD/YY', 'EN D, YYYY'],
    rate: 8,
    included: false,
    words: {
      subtotal: 'Subtotal',
      tax: 'Sales Tax',
      total: ['Total', 'TOTAL', 'Amount Due'],
      cash: 'Cash',
      change: 'Change',
      card: 'VISA',
      date: 'Date',
      head: 'Receipt',
      thanks: 'Thank you, come again!',
      items: 'Items',
    },
    merchants: ['Blue Ridge Diner', 'Harper Hardware Inc.', 'Sunset Motel', 'Mile High Music Supply'],
    addresses: [
      ['1420 Market St', 'Denver, CO 80202'],
      ['88 Ocean Ave', 'Portland, ME 04101', '(207) 555-0142'],
    ],
    goods: ['Coffee', 'Club Sandwich', 'Guitar Strings', 'Gaffer Tape', 'AA Batteries', 'Orange Juice', 'Pancakes'],
    ids: ['Server: Dana', 'Register 4'],
  },
  {
    currency: 'JPY',
    digits: 0,
    marks: [',', '.'],
    sign: before('¥'),
    dates: ['YYYY/MM/DD', 'YYYY-MM-DD'],
    rate: 10,
    included: true,
    words: {
      subtotal: 'Subtotal',
      tax: 'Tax',
      total: ['TOTAL'],
      cash: 'CASH',
      change: 'CHANGE',
      card: 'CREDIT',
      date: 'DATE',
      head: 'RECEIPT',
      thanks: 'THANK YOU',
      items: 'ITEMS',
    },
    merchants: ['SAKURA COFFEE', 'TOKYO STATION HOTEL SHOP'],
    addresses: [
      ['1-9-1 Marunouchi, Chiyoda-ku', 'TOKYO 100-0005'],
      ['3-2 Umeda, OSAKA', 'TEL 06-1234-5678'],
    ],
    goods: ['ONIGIRI', 'GREEN TEA', 'BENTO', 'UMBRELLA', 'SANDWICH'],
    ids: ['No. 0042', 'T1234567890123'],
  },
  {
    currency: 'MYR',
    digits: 2,
    marks: [',', '.'],
    sign: before('RM '),
    dates: ['DD/MM/YYYY', 'DD-MM-YYYY', 'DD ENC YYYY'],
    rate: 6,
    included: true,
    words: {
      subtotal: 'Sub Total',
      tax: 'GST',
      total: ['Total (Incl. GST)', 'Grand Total', 'NETT TOTAL'],
      cash: 'Cash',
      change: 'Change',
      card: 'Visa',
      date: 'Date',
      head: 'TAX INVOICE',
      thanks: 'THANK YOU PLEASE COME AGAIN',
      items: 'Total Qty',
    },
    merchants: ['RIMBA MAJU SDN BHD', 'KEDAI BUKU CAHAYA', 'SERI PAGI TRADING SDN. BHD.'],
    addresses: [
      ['NO 12, JALAN MERANTI 3', '47100 PUCHONG, SELANGOR'],
      ['LOT 5 TAMAN DESA', '58100 KUALA LUMPUR'],
    ],
    goods: ['NASI LEMAK', 'TEH TARIK', 'A4 PAPER', 'WATER 500ML', 'CABLE TIE'],
    ids: ['GST ID: 000123456789', 'Co. Reg 123456-X'],
  },
];

const heldOutCountries: readonly Country[] = [
  {
    currency: 'EUR',
    digits: 2,
    marks: ['.', ','],
    sign: before('€ '),
    dates: ['DD.MM.YYYY', 'D.MM.YYYY'],
    rate: 20,
    included: true,
    words: {
      subtotal: 'Netto',
      tax: 'USt',
      total: ['Gesamt', 'Zu zahlen', 'Rechnungsbetrag'],
      cash: 'Gegeben',
      change: 'Zurück',
      card: 'Mastercard',
      date: 'Belegdatum',
      head: 'Rechnung',
      thanks: 'Auf Wiedersehen',
      items: 'Positionen',
    },
    merchants: ['Gasthof Zum Goldenen Löwen', 'Alpenmusik Wagner KG', 'Konditorei Steindl'],
    addresses: [
      ['Mariahilfer Straße 88', '1070 Wien'],
      ['Hauptplatz 1', '8010 Graz', 'Tel +43 316 12345'],
    ],
    goods: ['Wiener Schnitzel', 'Melange', 'Apfelstrudel', 'Notenpult', 'Almdudler', 'Gulaschsuppe'],
    ids: ['ATU12345678', 'UID: ATU87654321'],
  },
  {
    currency: 'GBP',
    digits: 2,
    marks: [',', '.'],
    sign: before('£'),
    dates: ['DD/MM/YYYY', 'DD/MM/YY', 'D EN YYYY'],
    rate: 20,
    included: true,
    words: {
      subtotal: 'Sub-total',
      tax: 'VAT',
      total: ['TOTAL', 'Balance Due', 'Total to pay'],
      cash: 'Cash tendered',
      change: 'Change due',
      card: 'Contactless',
      date: 'Date',
      head: 'VAT RECEIPT',
      thanks: 'Thanks for visiting',
      items: 'No of items',
    },
    merchants: ['The Crooked Billet', 'Northern Strings Ltd', 'Camden Coffee House', 'Pemberton Hotel'],
    addresses: [
      ['27 Castle Road', 'Leeds LS1 4AB'],
      ['High Street, Camden', 'London NW1 7JR', '020 7946 0123'],
    ],
    goods: ['Fish & Chips', 'Flat White', 'Plectrum Set', 'Pint Bitter', 'Sunday Roast', 'Cream Tea'],
    ids: ['VAT No. GB 123 4567 89', 'Served by Ollie'],
  },
  {
    currency: 'EUR',
    digits: 2,
    marks: [' ', ','],
    sign: after('€'),
    dates: ['DD/MM/YYYY', 'DD-MM-YY'],
    rate: 10,
    included: true,
    words: {
      subtotal: 'Total HT',
      tax: 'TVA',
      total: ['Total TTC', 'Montant TTC', 'Net à payer'],
      cash: 'Espèces',
      change: 'Rendu',
      card: 'Carte bancaire',
      date: 'Le',
      head: 'TICKET',
      thanks: 'Merci de votre visite',
      items: 'Articles',
    },
    merchants: ['Boulangerie Marchand', 'Brasserie du Pont', 'Librairie Lumière SARL'],
    addresses: [
      ['14 rue de la Paix', '75002 Paris'],
      ['3 place Bellecour', '69002 Lyon', 'Tél. 04 78 00 00 00'],
    ],
    goods: ['Croissant', 'Café allongé', 'Plat du jour', 'Baguette', 'Eau minérale', 'Quiche'],
    ids: ['SIRET 123 456 789 00012', 'TVA FR12345678901'],
  },
  {
    currency: 'EUR',
    digits: 2,
    marks: ['.', ','],
    sign: after('€'),
    dates: ['DD/MM/YYYY', 'DD-ES-YYYY'],
    rate: 21,
    included: true,
    words: {
      subtotal: 'Base imponible',
      tax: 'IVA',
      total: ['Importe total', 'TOTAL A PAGAR', 'Total'],
      cash: 'Efectivo',
      change: 'Cambio',
      card: 'Tarjeta',
      date: 'Fecha',
      head: 'FACTURA SIMPLIFICADA',
      thanks: 'Gracias por su visita',
      items: 'Unidades',
    },
    merchants: ['Casa Pepe', 'Hotel Miramar S.L.', 'Instrumentos del Sur'],
    addresses: [
      ['Calle Mayor 5', '28013 Madrid'],
      ['Avda. Diagonal 220', '08018 Barcelona'],
    ],
    goods: ['Tortilla', 'Vino tinto', 'Agua', 'Paella', 'Cuerdas guitarra', 'Menú del día'],
    ids: ['NIF B12345678', 'CIF: A87654321'],
  },
  {
    currency: 'AUD',
    digits: 2,
    marks: [',', '.'],
    sign: before('$'),
    dates: ['DD/MM/YYYY', 'DD EN YY'],
    rate: 10,
    included: true,
    words: {
      subtotal: 'Net amount',
      tax: 'GST',
      total: ['Total AUD', 'Total', 'Amount payable'],
      cash: 'Cash',
      change: 'Change',
      card: 'EFTPOS',
      date: 'Date',
      head: 'Tax Invoice',
      thanks: 'Cheers',
      items: 'Qty',
    },
    merchants: ['Harbour Sound Hire', 'Bondi Bread Co', 'Outback Fuel Stop'],
    addresses: [
      ['15 Campbell Pde', 'Bondi Beach NSW 2026'],
      ['Stuart Hwy', 'Coober Pedy SA 5723'],
    ],
    goods: ['Meat Pie', 'Long Black', 'XLR Cable', 'Unleaded 91', 'Ice 5kg'],
    ids: ['ABN 12 345 678 901', 'ABN: 98 765 432 109'],
  },
  {
    currency: 'SEK',
    digits: 2,
    marks: [' ', ','],
    sign: after('kr'),
    dates: ['YYYY-MM-DD'],
    rate: 12,
    included: true,
    words: {
      subtotal: 'Netto',
      tax: 'Moms',
      total: ['Totalt', 'Att betala', 'SUMMA'],
      cash: 'Kontant',
      change: 'Växel',
      card: 'Kort',
      date: 'Datum',
      head: 'KVITTO',
      thanks: 'Välkommen åter',
      items: 'Antal varor',
    },
    merchants: ['Kafé Lindgren', 'Musikbörsen AB', 'Hotell Norrsken'],
    addresses: [
      ['Storgatan 4', '111 23 Stockholm'],
      ['Kungsgatan 9', '903 25 Umeå'],
    ],
    goods: ['Kaffe', 'Kanelbulle', 'Räksmörgås', 'Batterier', 'Parkering'],
    ids: ['Org.nr 556123-4567', 'Momsreg SE556123456701'],
  },
  {
    currency: 'KWD',
    digits: 3,
    marks: [',', '.'],
    sign: before('KD '),
    dates: ['DD/MM/YYYY', 'DD-EN-YYYY'],
    rate: 5,
    included: false,
    words: {
      subtotal: 'Subtotal',
      tax: 'Service',
      total: ['Grand Total', 'Net Payable'],
      cash: 'Cash Paid',
      change: 'Change',
      card: 'K-NET',
      date: 'Date',
      head: 'INVOICE',
      thanks: 'Thank you',
      items: 'Items',
    },
    merchants: ['Al Noor Restaurant', 'Gulf Stage Supplies Co.'],
    addresses: [
      ['Salem Al Mubarak St', 'Salmiya, Kuwait'],
      ['Block 7, Street 12', 'Hawally, Kuwait'],
    ],
    goods: ['Machboos', 'Karak Tea', 'Extension Lead', 'Mixed Grill', 'Dates 500g'],
    ids: ['CR 123456', 'Tel 2222 3344'],
  },
  {
    currency: 'CHF',
    digits: 2,
    marks: ["'", '.'],
    sign: before('CHF '),
    dates: ['DD.MM.YYYY', 'DD.MM.YY'],
    rate: 8,
    included: true,
    words: {
      subtotal: 'Zwischentotal',
      tax: 'MWST',
      total: ['Total CHF', 'Total', 'Endbetrag'],
      cash: 'Bargeld',
      change: 'Rückgeld',
      card: 'TWINT',
      date: 'Datum',
      head: 'Quittung',
      thanks: 'Besten Dank',
      items: 'Stück',
    },
    merchants: ['Restaurant Seeblick AG', 'Musikhaus Zürich', 'Kiosk Bundesplatz'],
    addresses: [
      ['Seestrasse 40', '8002 Zürich'],
      ['Bundesplatz 2', '3011 Bern'],
    ],
    goods: ['Rösti', 'Rivella', 'Kaffee', 'Sandwich', 'Notenheft', 'Gipfeli'],
    ids: ['CHE-123.456.789 MWST', 'Es bediente Sie Urs'],
  },
];

const parts: Readonly<
  Record<Part, { countries: readonly Country[]; layouts: readonly Layout[]; fonts: readonly string[] }>
> = {
  tuning: { countries: tuningCountries, layouts: tuningLayouts, fonts: ['Liberation Mono', 'DejaVu Sans'] },
  'held out': {
    countries: heldOutCountries,
    layouts: heldOutLayouts,
    fonts: ['DejaVu Sans Mono', 'Liberation Sans', 'Liberation Sans Narrow', 'Liberation Serif'],
  },
};
