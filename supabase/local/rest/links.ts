import type { Catalog, Link, Relation } from './catalog.ts';
import { RestError } from './errors.ts';
import type { SelectedRelation } from './select.ts';

/** How rows of one relation find the rows of another. */
export interface Path {
  target: Relation;
  /** At most one row is found. */
  one: boolean;
  /** Pairs of columns that must be equal: here, there (or the junction when there is one). */
  on: [string, string][];
  junction: { relation: Relation; on: [string, string][] } | undefined;
  /** For the message of an ambiguity. */
  name: string;
  cardinality: 'many-to-one' | 'one-to-one' | 'one-to-many' | 'many-to-many';
}

/** Finds the one path that `select=parent,name!hint(…)` means; throws PGRST200 for none, PGRST201 for several. */
export function findPath(catalog: Catalog, parent: Relation, item: SelectedRelation): Path {
  const paths = candidates(catalog, parent, item.name).filter(({ hints }) => !item.hint || hints.includes(item.hint));
  if (paths.length === 0) throw noPath(parent, item);
  const narrowed = paths.length > 1 ? preferred(paths, item) : paths;
  if (narrowed.length > 1)
    throw ambiguous(
      parent,
      item,
      narrowed.map(({ path }) => path),
    );
  return narrowed[0]!.path;
}

interface Candidate {
  path: Path;
  hints: string[];
}

/** `client_id(…)` and `clients!client_id(…)` name the key's own side, which matters when a table refers to itself. */
function preferred(found: Candidate[], item: SelectedRelation): Candidate[] {
  const direct = found.filter(({ path }) => path.cardinality !== 'many-to-many');
  const list = direct.length > 0 && !item.hint ? direct : found;
  const column = item.hint ?? item.name;
  const byColumn = list.filter(({ path }) => path.on.some(([here]) => here === column));
  return byColumn.length === 1 ? byColumn : list;
}

function candidates(catalog: Catalog, parent: Relation, name: string): Candidate[] {
  const forward = catalog.links.filter((link) => link.source === parent).flatMap((link) => toOne(link, name));
  const back = catalog.links.filter((link) => link.target === parent && link.source.name === name).map(toMany);
  return [...forward, ...back, ...throughJunctions(catalog, parent, name)].filter(
    ({ path }) => path.target.schema === parent.schema,
  );
}

const single = (columns: string[]): string[] => (columns.length === 1 ? columns : []);

function toOne(link: Link, name: string): Candidate[] {
  const { constraint, source, target, columns, references } = link;
  const names = [target.name, constraint, ...single(columns)];
  if (!names.includes(name)) return [];
  const cardinality = isUnique(source, columns) ? 'one-to-one' : 'many-to-one';
  const path: Path = {
    target,
    one: true,
    on: zip(columns, references),
    junction: undefined,
    name: constraint,
    cardinality,
  };
  return [{ path, hints: [constraint, target.name, ...single(columns), ...single(references)] }];
}

function toMany({ constraint, source, columns, references }: Link): Candidate {
  const one = isUnique(source, columns);
  const cardinality = one ? 'one-to-one' : 'one-to-many';
  const path: Path = {
    target: source,
    one,
    on: zip(references, columns),
    junction: undefined,
    name: constraint,
    cardinality,
  };
  return { path, hints: [constraint, source.name, ...single(columns)] };
}

/** A junction is a table whose primary key holds both foreign keys. */
function throughJunctions(catalog: Catalog, parent: Relation, name: string): Candidate[] {
  const into = catalog.links.filter((link) => link.target === parent && !link.source.view);
  return into.flatMap((near) =>
    catalog.links
      .filter((far) => far.source === near.source && far !== near && far.target.name === name)
      .filter((far) => [...near.columns, ...far.columns].every((column) => near.source.primaryKey.includes(column)))
      .map((far) => overJunction(near, far)),
  );
}

function overJunction(near: Link, far: Link): Candidate {
  const junction = { relation: near.source, on: zip(far.columns, far.references) };
  const name = `${near.source.name} using ${near.constraint} and ${far.constraint}`;
  const on = zip(near.references, near.columns);
  const path: Path = { target: far.target, one: false, on, junction, name, cardinality: 'many-to-many' };
  return { path, hints: [near.source.name, far.constraint, near.constraint] };
}

const zip = (a: string[], b: string[]): [string, string][] => a.map((column, at) => [column, b[at]!]);

function isUnique({ primaryKey, uniques }: Relation, columns: string[]): boolean {
  const keys = primaryKey.length > 0 ? [primaryKey, ...uniques] : uniques;
  return keys.some((key) => key.length === columns.length && key.every((column) => columns.includes(column)));
}

function noPath(parent: Relation, { name, hint }: SelectedRelation): RestError {
  const using = hint ? ` using the hint '${hint}'` : '';
  return new RestError(
    400,
    'PGRST200',
    `Could not find a relationship between '${parent.name}' and '${name}' in the schema cache`,
    {
      details: `Searched for a foreign key relationship between '${parent.name}' and '${name}'${using} in the schema '${parent.schema}', but no matches were found.`,
    },
  );
}

function ambiguous(parent: Relation, { name }: SelectedRelation, paths: Path[]): RestError {
  const choices = paths.map((path) => `'${name}!${path.junction?.relation.name ?? path.name}'`).join(', ');
  const message = `Could not embed because more than one relationship was found for '${parent.name}' and '${name}'`;
  const hint = `Try changing '${name}' to one of the following: ${choices}. Find the desired relationship in the 'details' key.`;
  const details = paths.map((path) => ({
    cardinality: path.cardinality,
    embedding: `${parent.name} with ${path.target.name}`,
    relationship: path.name,
  }));
  return new RestError(300, 'PGRST201', message, { details: JSON.stringify(details), hint });
}
