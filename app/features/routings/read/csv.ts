import Papa from 'papaparse';
import { hasHeader } from '../columns.ts';
import { decode } from './encoding.ts';
import type { LineFlaw, RoutingTable, TableRow } from './table.ts';

const REPLACEMENT = '\uFFFD';
const SEPARATORS = [',', ';', '\t', '|'];
const SEPARATOR_WORDS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** Reads a file of separated values, whatever separates them and however it is written. */
export function readCsv(bytes: Uint8Array): RoutingTable {
  const { text: written, encoding, oddLines } = decode(bytes);
  const text = written.replace(/\r\n?/g, '\n');
  const lines = new LineCounter(text);
  const rows: TableRow[] = [];
  let delimiter = ',';
  Papa.parse<string[]>(text, {
    delimitersToGuess: SEPARATORS,
    skipEmptyLines: 'greedy',
    step: ({ data, errors, meta }) => {
      delimiter = meta.delimiter;
      const last = lines.at(meta.cursor);
      const line = lines.startOf(data, last);
      const flaws: LineFlaw[] = errors.some(({ type }) => type === 'Quotes') ? ['quote_open'] : [];
      if (data.some((cell) => cell.includes(REPLACEMENT))) flaws.push('letters_lost');
      if (oddLines.has(line)) flaws.push('encoding_odd');
      rows.push({ line, cells: data.map((cell) => cell.trim()), flaws });
    },
  });
  const detail = `${encoding.toUpperCase()} · ${SEPARATOR_WORDS[delimiter] ?? delimiter}`;
  return withHeader('csv', detail, rows);
}

/** Splits off the row that names the columns; files without one get the names of a spreadsheet. */
export function withHeader(kind: 'csv' | 'xlsx', detail: string, all: readonly TableRow[]): RoutingTable {
  const [first, ...rest] = all;
  if (!first) return { kind, detail, header: [], rows: [] };
  const named = hasHeader(first.cells);
  const width = Math.max(...all.slice(0, 200).map(({ cells }) => cells.length));
  const header = Array.from({ length: width }, (_, at) => (named && first.cells[at]) || letter(at));
  const rows = named ? rest : all;
  return { kind, detail, header, rows: rows.map((row) => withExcess(row, width)) };
}

function withExcess(row: TableRow, width: number): TableRow {
  const excess = row.cells.slice(width).some(Boolean);
  return excess ? { ...row, flaws: [...row.flaws, 'cells_more'] } : row;
}

const letter = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letter(Math.floor(at / 26) - 1) + letter(at % 26);

/** Tells lines from places in the text; asked in order, so it counts every line once. */
class LineCounter {
  readonly #text: string;
  #place = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  /** The number of the line on which the record that ends before `place` ends. */
  at(place: number): number {
    for (
      let feed = this.#text.indexOf('\n', this.#place);
      feed >= 0 && feed < place - 1;
      feed = this.#text.indexOf('\n', feed + 1)
    ) {
      this.#line += 1;
      this.#place = feed + 1;
    }
    return this.#line;
  }

  /** The line on which a record begins that ends on `last`: each line break inside a cell is one line earlier. */
  startOf(cells: readonly string[], last: number): number {
    return last - cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
  }
}
