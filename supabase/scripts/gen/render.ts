import { type Catalogue, type Column, literals, type Table } from './catalogue.ts';

const HEADER = `// Written by \`npm run gen\` from the migrations. Do not edit: change the migration and run it again.\n`;

/** What each Postgres type is once it has travelled as JSON. */
const TYPES: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  date: 'string',
  time: 'string',
  timestamptz: 'string',
  interval: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  numeric: 'number',
  bool: 'boolean',
  json: 'unknown',
  jsonb: 'unknown',
};

const IRREGULAR: Record<string, string> = { people: 'person', details: 'details', activity: 'activity' };

/** "expense_categories" -> "ExpenseCategory": the name of one row. */
export function singular(table: string): string {
  const words = table.split('_');
  const last = words.pop()!;
  const one =
    IRREGULAR[last] ??
    last
      .replace(/ies$/, 'y')
      .replace(/(ss|sh|ch|x)es$/, '$1')
      .replace(/(?<!s)s$/, '');
  return pascal([...words, one]);
}

const pascal = (words: readonly string[]): string =>
  words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
const quoted = (items: readonly string[]): string => items.map((item) => `'${item.replaceAll("'", "\\'")}'`).join(', ');

/** Unions of a table by column, from checks of the form `column in ('a', 'b')`. */
function unions(table: Table): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const check of table.checks) {
    const column = /^CHECK \(\((\w+) = ANY \(ARRAY\[[^\]]*\]\)\)\)$/.exec(check)?.[1];
    if (column) found.set(column, literals(check));
  }
  return found;
}

function typeOf(column: Column, table: Table, named: Map<string, string[]>): string {
  const array = column.type.startsWith('_');
  const base = TYPES[column.type.replace(/^_/, '')];
  if (!base) throw new Error(`${table.name}.${column.name}: no TypeScript type for ${column.type}`);
  const value = named.has(column.name) ? unionName(table.name, column.name) : base;
  return `${value}${array ? '[]' : ''}${column.nullable ? ' | null' : ''}`;
}

const unionName = (table: string, column: string): string =>
  table === 'membership_roles' && column === 'role' ? 'Role' : `${singular(table)}${pascal(column.split('_'))}`;

function renderTable(table: Table): string {
  const named = unions(table);
  const types = [...named]
    .filter(([column]) => unionName(table.name, column) !== 'Role')
    .map(([column, values]) => `export type ${unionName(table.name, column)} = ${unionOf(values)};\n\n`);
  const fields = table.columns.map((column) => `  ${column.name}: ${typeOf(column, table, named)};`);
  const comment = table.comment ? `/** ${table.comment.replaceAll('*/', '* /')} */\n` : '';
  return `${types.join('')}${comment}export interface ${singular(table.name)}Row {\n${fields.join('\n')}\n}\n`;
}

const unionOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(' | ');

function renderInfo(table: Table): string {
  const groups = Object.entries(table.groups).map(([name, columns]) => `${name}: [${quoted(columns)}]`);
  return `  ${table.name}: {
    columns: [${quoted(table.columns.map((column) => column.name))}],
    insertable: [${quoted(table.insertable)}],
    writable: [${quoted(table.writable)}],
    groups: { ${groups.join(', ')} },
    indexes: [${quoted(table.indexes)}],
    sealed: [${quoted(table.sealed)}],
  },`;
}

const INFO = `/** What sync must know of a table; columns in the order in which the server sends them. */
export interface TableInfo {
  readonly columns: readonly string[];
  /** Columns a person may give when inserting; the server fills in the others. */
  readonly insertable: readonly string[];
  /** Columns a person may change. */
  readonly writable: readonly string[];
  /** Columns that win or lose a conflict together. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Columns that are indexed on the device. */
  readonly indexes: readonly string[];
  /** Columns whose values rest encrypted on the device. */
  readonly sealed: readonly string[];
}
`;

/** Writes the text of schema.gen.ts (before formatting). */
export function render({ tables, permissionsByRole }: Catalogue): string {
  const roles = Object.keys(permissionsByRole);
  const permissions = [...new Set(Object.values(permissionsByRole).flat())].sort();
  return [
    HEADER,
    `export type Role = ${unionOf(roles)};\n`,
    `export type Permission = ${unionOf(permissions)};\n`,
    ...tables.map(renderTable),
    `/** The row type of every table that devices hold. */\nexport interface RowsByTable {\n${tables
      .map((table) => `  ${table.name}: ${singular(table.name)}Row;`)
      .join('\n')}\n}\n`,
    `export type TableName = keyof RowsByTable;\n`,
    INFO,
    `export const tables: Readonly<Record<TableName, TableInfo>> = {\n${tables.map(renderInfo).join('\n')}\n};\n`,
    `/** What each role may do, for showing and hiding; the database decides again. */\nexport const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {\n${roles
      .map((role) => `  ${role}: [${quoted(permissionsByRole[role]!)}],`)
      .join('\n')}\n};\n`,
  ].join('\n');
}
