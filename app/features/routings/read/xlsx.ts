import { readSheet } from 'read-excel-file/browser';
import { withHeader } from './csv.ts';
import type { RoutingTable } from './table.ts';

/** Reads the first sheet of an Excel workbook. Throws what the reader throws for files that are none. */
export async function readXlsx(file: Blob): Promise<RoutingTable> {
  const sheet = await readSheet(file);
  const rows = sheet
    .map((cells, at) => ({ line: at + 1, cells: cells.map(cellText), flaws: [] }))
    .filter(({ cells }) => cells.some(Boolean));
  return withHeader('xlsx', 'Excel', rows);
}

/** A cell as a person would have typed it; dates and times of day come as instants in UTC. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell).trim();
  const text = cell.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16);
}
