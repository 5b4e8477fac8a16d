import { deleteLocal, getLocal, setLocal } from '../../data/db.ts';
import { fingerprint, guessMapping } from './columns.ts';
import type { Choices } from './plan.ts';
import { readRouting } from './read/read-file.ts';
import type { RoutingTable } from './read/table.ts';
import { inferOrder, type InferredOrder, type Mapping } from './rules.ts';

/** A file that somebody is importing, with everything they have decided about it. */
export interface ImportSession {
  readonly name: string;
  readonly table: RoutingTable;
  readonly choices: Choices;
  readonly order: InferredOrder;
  /** Whether the columns are those of an earlier file of this kind. */
  readonly remembered: boolean;
}

/** What is kept on the device until the file is imported or put aside. */
interface Kept {
  readonly name: string;
  readonly data: ArrayBuffer;
}

const draftKey = (organization_id: string): string => `routing-import:${organization_id}`;
/** Beside the file, so that a choice never writes its bytes again. */
const choicesKey = (organization_id: string): string => `routing-choices:${organization_id}`;
const mappingKey = (organization_id: string, table: RoutingTable): string =>
  `routing-columns:${organization_id}:${fingerprint(table.header)}`;

/** Opens a file and keeps it, so that neither a call nor a flat battery loses what was decided. Throws refusals of `readRouting`. */
export async function openFile(organization_id: string, file: File): Promise<ImportSession> {
  const session = await sessionOf(organization_id, file, file.name);
  await deleteLocal(choicesKey(organization_id));
  await setLocal(draftKey(organization_id), { name: file.name, data: await file.arrayBuffer() } satisfies Kept);
  return session;
}

/** The file of last time, as it was left; undefined when there is none. */
export async function keptSession(organization_id: string): Promise<ImportSession | undefined> {
  const kept = await getLocal<Kept>(draftKey(organization_id));
  if (!kept) return undefined;
  const session = await sessionOf(organization_id, new Blob([kept.data]), kept.name);
  const choices = await getLocal<Choices>(choicesKey(organization_id));
  return choices ? { ...session, choices } : session;
}

/** Keeps what was decided; the columns also for the next file of this kind. */
export async function keepChoices(organization_id: string, { table, choices }: ImportSession): Promise<void> {
  await setLocal(choicesKey(organization_id), choices);
  if (table.kind !== 'ics') await setLocal(mappingKey(organization_id, table), choices.mapping);
}

/** Lets the file go. */
export async function dropSession(organization_id: string): Promise<void> {
  await deleteLocal(draftKey(organization_id));
  await deleteLocal(choicesKey(organization_id));
}

async function sessionOf(organization_id: string, file: Blob, name: string): Promise<ImportSession> {
  const table = await readRouting(file, name);
  const cells = table.rows.map((row) => row.cells);
  const known = await getLocal<Mapping>(mappingKey(organization_id, table));
  const mapping = known ?? guessMapping(table.header, cells);
  const order = orderOf(table, mapping);
  const tour = { name: name.replace(/\.[a-z]+$/i, '').slice(0, 160) };
  const choices: Choices = { mapping, order: order.order, tour, status: 'confirmed', places: {} };
  return { name, table, choices, order, remembered: known !== undefined };
}

/** How the dates of a file are to be read when a column is the date. */
export const orderOf = ({ rows }: RoutingTable, { date }: Mapping): InferredOrder =>
  inferOrder(date === undefined ? [] : rows.map(({ cells }) => cells[date] ?? ''));
