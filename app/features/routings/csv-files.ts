import Papa from 'papaparse';
import type { MadeFile } from '../../ui/save-file.ts';
import type { PlanLine } from './plan.ts';
import type { RoutingTable } from './read/table.ts';
import { problemWords, words } from './words.ts';

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
