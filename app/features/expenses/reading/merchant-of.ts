import { numbersIn } from './amounts.ts';
import { datesIn } from './dates.ts';
import { plainWords, isOneOff } from './labels.ts';
import { textOf, type Line, type Page, type Word } from './page.ts';

/** The name of the place as it was read. */
export interface ReadMerchant {
  readonly name: string;
  readonly confidence: number;
  readonly words: readonly Word[];
}

/** The name stands among the first lines, as a rule as the very first. */
const HEAD_LINES = 9;
/** A name has at least this many letters. */
const FEWEST_LETTERS = 3;

/** Words that firms end their names with, in capitals or not. */
const FIRM =
  /\b(?:SDN\.?\s*BHD|GmbH|e\.?\s?K\b|OHG|KG|AG|Ltd|Limited|LLC|Inc|Corp|PLC|S\.?A\.?R\.?L|S\.?A\.?S|S\.?L\.?U?|S\.?r\.?l|S\.?p\.?A|B\.?V|N\.?V|AB|A\/S|ApS|Oy|PTE|PTY|Co|Sp\.?\s?z\s?o)\b\.?/i;

/** Words of trades: what has one of them is more likely a name than a slogan. */
const TRADES: ReadonlySet<string> = new Set(
  `hotel motel hostel inn restaurant ristorante restaurante gasthof gasthaus cafe coffee caffe bar pub pizza pizzeria bistro brasserie boulangerie backerei bakery bakeries konditorei
  market markt supermarkt supermarket mart store stores shop shoppe pharmacy pharmacie apotheke farmacia farmacie hardware trading enterprise enterprises music musik musikhaus instruments sound
  station tankstelle fuel petrol garage parking parken taxi books librairie buch florist kiosk kiosque diner grill kitchen house casa trattoria tavern brewery deli drogerie electronics supply supplies
  florist handicraft stationery restoran kedai perniagaan`.split(/\s+/),
);

/** What a receipt calls itself, greets with or says of how it was paid: never a name. */
const NO_NAME: ReadonlySet<string> = new Set(
  `receipt invoice tax rechnung quittung kassenbon beleg kvittering kvitto ticket facture factura fattura scontrino ricevuta bon paragon welcome willkommen bienvenue customer copy kunde kundenbeleg duplicate
  reprint original cashier served server table tisch order date datum fecha time tel phone fax www http email thank thanks danke merci gracias grazie simplificada vat gst order official sale sales bill simplified check quick cash
  total subtotal amount please you your for we our come again goods sold returnable complaint feedback call voucher points visit visiting`.split(
    /\s+/,
  ),
);

const ADDRESS =
  /\b(?:str|strasse|street|st|road|rd|ave|avenue|avda|blvd|lane|drive|hwy|square|place|platz|plaza|rue|calle|via|viale|jalan|jln|taman|lot|no|floor|level|box|city|weg|gasse|gatan|gata|vej|pde|block)\b\.?,?\s?\d|^\d+[a-z]?[,\s]+\p{L}|\b\d{4,6}\b\s+\p{Lu}|\p{L}\s\d{5}\b|stra(?:ss|ß)e\s\d|\b(?:jalan|taman|rue|calle|via|avda|platz|place)\b/iu;
const CONTACT =
  /@|www\.|https?:|\btel\b|\bfax\b|\bphone\b|\+\d{2}|\d{3}[\s-]\d{3,4}|\b(?:reg|gst|vat|ust|abn|siret|cif|nif|atu)\b\.?[\s:(]|\bCo\.?\s?(?:Reg|No)/i;

/** The name of the place: among the first lines the one that looks most like a name and least like all else up there. */
export function merchantOf(page: Page, known: readonly string[], today: string): ReadMerchant | undefined {
  const head = page.lines.filter((line) => lettersOf(textOf(line)) >= FEWEST_LETTERS).slice(0, HEAD_LINES);
  const tall = typicalHeight(page.lines);
  const scored = head
    .map((line, at) => ({ line, score: nameScore(line, at, tall, today) }))
    .sort((a, b) => b.score - a.score);
  const best = scored[0];
  if (!best || best.score < 0.25) return undefined;
  const { name, words } = named(best.line);
  if (lettersOf(name) < FEWEST_LETTERS) return undefined;
  const friend = known.find((one) => isLike(one, name));
  const read = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
  const confidence = friend ? 0.95 : Math.min(0.95, best.score) * (0.35 + 0.65 * read);
  return { name: friend ?? name, confidence, words };
}

const lettersOf = (text: string): number => text.replace(/\P{L}/gu, '').length;

function nameScore(line: Line, at: number, tall: number, today: string): number {
  const text = textOf(line);
  const words = plainWords(text);
  const letters = lettersOf(text) / Math.max(1, text.replace(/\s/g, '').length);
  const read = line.words.reduce((sum, word) => sum + word.confidence, 0) / line.words.length;
  const larger = Math.min(0.25, Math.max(0, heightOf(line) / Math.max(1, tall) - 1.1) * 0.4);
  let score = 0.62 - at * 0.07 + larger;
  if (FIRM.test(text)) score += 0.3;
  if (words.some((word) => TRADES.has(word))) score += 0.1;
  if (letters < 0.7) score -= 0.3;
  if (read < 0.55) score -= 0.4;
  if (words.length > 0 && words.filter((word) => NO_NAME.has(word)).length * 2 >= words.length) score -= 0.6;
  if (ADDRESS.test(text)) score -= 0.4;
  if (CONTACT.test(text)) score -= 0.4;
  if (datesIn(text, { today }).length > 0) score -= 0.5;
  if (numbersIn(text).some(({ text: number }) => /[.,]\d{2}$/.test(number))) score -= 0.4;
  return score;
}

/** The words of a line that belong to the name: without decoration at its ends, and without the firm's number. */
function named(line: Line): { name: string; words: readonly Word[] } {
  const first = line.words.findIndex((word) => /[\p{L}\d]/u.test(word.text));
  const last = line.words.findLastIndex((word) => /[\p{L}\d]/u.test(word.text));
  const kept = line.words.slice(first, last + 1);
  const number = kept.findIndex((word, at) => at > 0 && /^\(?\d{4,}(?:-?[\p{L}\d]+)?\)?$/u.test(word.text));
  const words = number === -1 ? kept : kept.slice(0, number);
  const name = words
    .map((word) => word.text)
    .join(' ')
    .replace(/^[^\p{L}\d]+|[^\p{L}\d.)]+$/gu, '')
    .slice(0, 120);
  return { name, words };
}

/** Whether a name that was read is one the person has used before: nearly all its letters are the same. */
export function isLike(known: string, read: string): boolean {
  const [one, other] = [known, read].map((name) => plainWords(name));
  if (one!.length === 0 || one!.join('').length < 4) return false;
  return (
    one!.length === other!.length &&
    one!.every((word, at) => word === other![at] || (word.length > 3 && isOneOff(word, other![at]!)))
  );
}

const heightOf = (line: Line): number => {
  const heights = line.words.map(({ box }) => box.y1 - box.y0).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
};

function typicalHeight(lines: readonly Line[]): number {
  const heights = lines.map(heightOf).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}
