import Papa from 'papaparse';
import type { PlanLine } from './plan.ts';
import type { RoutingTable } from './read/table.ts';
import { problemWords, words } from './words.ts';

/** A file to hand to the person. */
export interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly data: string | Blob;
}

/** How long a browser may take to begin saving before the address of the file is given up. */
const SAVING_MS = 60_000;

/** Hands a file to the browser to save. */
export async function saveFile({ name, type, data }: MadeFile): Promise<void> {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVING_MS);
}

/** Rows as a CSV that Excel opens with its accents, and in which no cell is taken for a formula. */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\uFEFF${Papa.unparse(rows as (string | number | null)[][], { newline: '\r\n', escapeFormulae: true })}\r\n`;

/** The rows that were left out, as they stood in the file, each with its line and what is wrong. */
export function leftOut(name: string, table: RoutingTable, lines: readonly PlanLine[]): MadeFile {
  const rows = lines.flatMap((line, at) => {
    if (line.action !== 'wrong') return [];
    const said = line.problems.map(({ code, facts }) => problemWords[code](...facts)).join(' ');
    return [[...table.header.map((_, column) => table.rows[at]!.cells[column] ?? ''), String(line.line), said]];
  });
  const data = csvOf([[...table.header, words.line, words.result], ...rows]);
  return {
    name: `${name.replace(/\.[a-z]+$/i, '')} (${words.action_wrong.toLowerCase()}).csv`,
    type: 'text/csv',
    data,
  };
}
