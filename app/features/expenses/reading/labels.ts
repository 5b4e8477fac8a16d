/** What the words beside a number on a receipt say of it. */
export type Role =
  | 'final' // what was to be paid in the end, in words that mean nothing else
  | 'total' // the same in words that parts of a receipt may use as well
  | 'perhaps_total' // a word that often, but not always, means so
  | 'subtotal'
  | 'tax'
  | 'rounding'
  | 'paid' // by card: the same as the total, as a rule
  | 'given' // in cash: the total or more
  | 'change'
  | 'discount'
  | 'count';

/**
 * Words by role, in the languages of countries that tours go to, without accents and in lower case. A phrase holds when all
 * its words follow each other; one long word is also found inside a compound, as German makes them.
 */
const PHRASES: Readonly<Record<Role, readonly string[]>> = {
  final: [
    'grand total',
    'total due',
    'amount due',
    'total to pay',
    'to pay',
    'total payable',
    'net payable',
    'amount payable',
    'balance due',
    'nett total',
    'rounded total',
    'total rounded',
    'total after rounding',
    'invoice total',
    'final total',
    'gesamtbetrag',
    'endbetrag',
    'endsumme',
    'rechnungsbetrag',
    'zu zahlen',
    'zahlbetrag',
    'total ttc',
    'montant ttc',
    'net a payer',
    'a payer',
    'total a payer',
    'montant a payer',
    'total a pagar',
    'a pagar',
    'totale complessivo',
    'importo pagato',
    'da pagare',
    'totale dovuto',
    'valor a pagar',
    'te betalen',
    'eindtotaal',
    'att betala',
    'at betale',
    'a betale',
    'maksettava',
    'do zaplaty',
    'k uhrade',
    'k zaplaceni',
    'za uplatu',
    'fizetendo',
    'genel toplam',
    'jumlah besar',
    'total bayar',
  ],
  total: [
    'total amount',
    'total incl',
    'total inclusive',
    'total including',
    'total inc',
    'total sales incl',
    'bill total',
    'total bill',
    'order total',
    'net total',
    'total rounding incl',
    'gesamtsumme',
    'gesamt',
    'summe eur',
    'summe',
    'gesamtpreis',
    'total eur',
    'total chf',
    'montant du',
    'montant total',
    'total general',
    'importe total',
    'total importe',
    'total factura',
    'total compra',
    'totale euro',
    'totale eur',
    'importo totale',
    'totale',
    'valor total',
    'total pago',
    'totaal',
    'totaalbedrag',
    'summa',
    'totalt',
    'totalbelopp',
    'i alt',
    'ialt',
    'totalbelop',
    'sum nok',
    'yhteensa',
    'loppusumma',
    'suma',
    'suma pln',
    'razem',
    'celkem',
    'spolu',
    'ukupno',
    'skupaj',
    'osszesen',
    'toplam',
    'jumlah',
    'total belanja',
    'total rm',
    'total myr',
    'sinolo',
  ],
  perhaps_total: [
    'total',
    'betrag',
    'montant',
    'importe',
    'importo',
    'amount',
    'bedrag',
    'belopp',
    'belob',
    'sum',
    'valor',
  ],
  subtotal: [
    'subtotal',
    'sub total',
    'sub-total',
    'zwischensumme',
    'zwischentotal',
    'sous total',
    'sous-total',
    'subtotale',
    'subtotaal',
    'delsumma',
    'mellansumma',
    'valisumma',
    'mezisoucet',
    'total ht',
    'montant ht',
    'base imponible',
    'total excl',
    'total excluding',
    'total exclusive',
    'excl',
    'excluding',
    'netto',
    'nettobetrag',
    'net amount',
    'net sales',
    'taxable',
    'imponibile',
    'ara toplam',
    'total before',
    'amount before',
    'before tax',
    'total sales excl',
    'hors taxe',
    'warenwert',
    'goods value',
  ],
  tax: [
    'tax',
    'sales tax',
    'vat',
    'gst',
    'hst',
    'pst',
    'qst',
    'sst',
    'mwst',
    'ust',
    'umsatzsteuer',
    'mehrwertsteuer',
    'steuer',
    'tva',
    'iva',
    'btw',
    'moms',
    'mva',
    'alv',
    'ptu',
    'dph',
    'pdv',
    'ddv',
    'afa',
    'kdv',
    'ppn',
    'igst',
    'cgst',
    'sgst',
    'service charge',
    'service tax',
    'taxes',
    'impuesto',
    'imposta',
    'taxe',
    'steuern',
  ],
  rounding: [
    'rounding',
    'rounding adj',
    'rounding adjustment',
    'round adj',
    'rundung',
    'arrondi',
    'redondeo',
    'arrotondamento',
    'afronding',
    'avrundning',
    'oresavrundning',
    'pembulatan',
  ],
  paid: [
    'visa',
    'mastercard',
    'master card',
    'maestro',
    'amex',
    'card',
    'debit',
    'credit',
    'credit card',
    'ec karte',
    'eckarte',
    'ec-karte',
    'girocard',
    'karte',
    'kartenzahlung',
    'bancontact',
    'carte',
    'carte bancaire',
    'cb',
    'tarjeta',
    'carta',
    'bancomat',
    'pin',
    'kort',
    'bankkort',
    'eftpos',
    'contactless',
    'kontaktlos',
    'twint',
    'apple pay',
    'google pay',
    'paypal',
    'k-net',
    'knet',
    'karta',
    'payment',
    'paid',
    'bezahlt',
  ],
  given: [
    'cash',
    'cash tendered',
    'tendered',
    'tender',
    'cash paid',
    'amount tendered',
    'bar',
    'gegeben',
    'bargeld',
    'bar gegeben',
    'especes',
    'recu',
    'efectivo',
    'entregado',
    'contante',
    'contanti',
    'contant',
    'kontant',
    'kontanter',
    'dinheiro',
    'gotowka',
    'hotovost',
    'tunai',
    'nakit',
    'kateinen',
    'received',
  ],
  change: [
    'change',
    'change due',
    'ruckgeld',
    'zuruck',
    'rendu',
    'monnaie',
    'a rendre',
    'cambio',
    'vuelto',
    'resto',
    'wisselgeld',
    'terug',
    'vaxel',
    'tilbage',
    'vekslepenger',
    'reszta',
    'troco',
    'baki',
    'kembali',
    'para ustu',
    'wechselgeld',
    'vraceno',
    'balance change',
  ],
  discount: [
    'discount',
    'saving',
    'savings',
    'you saved',
    'rabatt',
    'nachlass',
    'remise',
    'reduction',
    'descuento',
    'sconto',
    'korting',
    'desconto',
    'ersparnis',
    'coupon',
    'gutschein',
    'voucher',
    'points',
    'punkte',
    'tip',
    'trinkgeld',
    'pourboire',
    'deposit',
    'diskaun',
    'total discount',
    'total savings',
    'member',
    'loyalty',
  ],
  count: [
    'total qty',
    'total quantity',
    'qty',
    'total items',
    'no of items',
    'number of items',
    'items',
    'item count',
    'total item',
    'artikel',
    'positionen',
    'articles',
    'stuck',
    'antal',
    'unidades',
    'pezzi',
    'aantal',
    'pcs',
    'total pcs',
    'no. of items',
  ],
};

interface Phrase {
  readonly role: Role;
  readonly words: readonly string[];
}

const phrases: readonly Phrase[] = (Object.entries(PHRASES) as [Role, readonly string[]][])
  .flatMap(([role, all]) => all.map((phrase) => ({ role, words: plainWords(phrase) })))
  .sort((a, b) => letters(b) - letters(a));

function letters({ words }: Phrase): number {
  return words.join('').length;
}

/** The words of a text without accents, in lower case; digits that stand for letters inside a word are mended. */
export function plainWords(text: string): string[] {
  return text
    .replace(/ß/g, 'ss')
    .replace(/ø/gi, 'o')
    .replace(/ł/gi, 'l')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=[a-z])0|0(?=[a-z]{2})/g, 'o')
    .replace(/(?<=[a-z])[1|](?=[a-z])|[1|](?=[a-z]{3})/g, 'l')
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

/** What the words of a line say of its numbers: every role that is named, once; `tax` beside `incl` is not a tax line. */
export function rolesOf(text: string): Set<Role> {
  const words = plainWords(text);
  const taken = words.map(() => false);
  const found = new Set<Role>();
  for (const { role, words: phrase } of phrases) {
    const at = placeOf(phrase, words, taken);
    if (at === -1) continue;
    phrase.forEach((_, offset) => (taken[at + offset] = true));
    found.add(role);
  }
  return found;
}

function placeOf(phrase: readonly string[], words: readonly string[], taken: readonly boolean[]): number {
  for (let at = 0; at + phrase.length <= words.length; at++)
    if (phrase.every((word, offset) => !taken[at + offset] && isWord(words[at + offset]!, word))) return at;
  return -1;
}

/** Whether a word as it was read is meant: the same, one letter off in a long one, or the end of a compound. */
function isWord(read: string, meant: string): boolean {
  if (read === meant) return true;
  if (meant.length >= 8 && read.endsWith(meant)) return true;
  return meant.length >= 5 && Math.abs(read.length - meant.length) <= 1 && isOneOff(read, meant);
}

/** Whether two words differ by one letter changed, missing or added. */
export function isOneOff(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return Math.max(one.length, other.length) - start - end <= 1;
}
