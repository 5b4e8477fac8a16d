import { refusal } from '../../../kernel/failure.ts';
import { LARGEST_FILE_BYTES, MOST_ROWS, type RoutingTable } from './table.ts';

const ZIP = [0x50, 0x4b];
/** The first bytes of Excel files from before 2007. */
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Reads a routing, whatever kind of file it is in; the readers are loaded when they are needed.
 * Throws a refusal whose `file_…` code has a sentence in words.ts.
 */
export async function readRouting(file: Blob, name: string): Promise<RoutingTable> {
  if (file.size === 0) throw refusal('file_empty', 'no bytes');
  if (file.size > LARGEST_FILE_BYTES) throw refusal('file_too_big', `${file.size} bytes`);
  const bytes = new Uint8Array(await bytesOf(file));
  const table = await readerFor(bytes, name)(bytes, file).catch((thrown: unknown) => {
    throw refusal('file_unreadable', String(thrown));
  });
  if (table.rows.length === 0) throw refusal('file_no_rows', 'nothing below the header');
  if (table.rows.length > MOST_ROWS) throw refusal('file_too_long', `${table.rows.length} rows`);
  return table;
}

const bytesOf = (file: Blob): Promise<ArrayBuffer> =>
  file.arrayBuffer().catch(() => {
    throw refusal('file_unreadable', 'gone or locked');
  });

type Reader = (bytes: Uint8Array, file: Blob) => Promise<RoutingTable>;

/** By what is in it; names lie. */
function readerFor(bytes: Uint8Array, name: string): Reader {
  const begins = (magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte);
  if (begins(OLD_EXCEL)) throw refusal('file_old_excel', 'BIFF');
  if (begins(ZIP)) return async (_, file) => (await import('./xlsx.ts')).readXlsx(file);
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 400)).replaceAll('\0', '');
  if (/BEGIN:VCALENDAR/i.test(head)) return async () => (await import('./ics.ts')).readIcs(bytes);
  if (/\.(pdf|docx?|jpe?g|png|numbers)$/i.test(name)) throw refusal('file_not_a_table', name);
  return async () => (await import('./csv.ts')).readCsv(bytes);
}
