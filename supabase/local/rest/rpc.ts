import { type Argument, type Catalog, keyOf, type Procedure, type Relation } from './catalog.ts';
import { RestError } from './errors.ts';
import { closest } from './plan.ts';
import { ident, qualified, type Values } from './sql.ts';

/** A call that has been matched to a function. */
export interface Call {
  procedure: Procedure;
  /** Names of the arguments that the caller gave. */
  given: Set<string>;
  /** The body goes whole into the one unnamed argument. */
  whole: boolean;
}

const WHOLE_BODY = new Set(['json', 'jsonb', 'text', 'xml', 'bytea']);

/** Chooses among overloads by the names given; throws PGRST202 for none, PGRST203 for several. */
export function findProcedure(catalog: Catalog, schema: string, name: string, keys: string[], hasBody: boolean): Call {
  const overloads = catalog.procedures.get(keyOf(schema, name)) ?? [];
  const matching = overloads.filter((one) => fits(one, keys));
  if (matching.length > 1) throw severalFit(schema, name, matching);
  if (matching[0]) return { procedure: matching[0], given: new Set(keys), whole: false };
  const whole = hasBody ? overloads.find(takesWholeBody) : undefined;
  if (whole) return { procedure: whole, given: new Set(), whole: true };
  throw noneFits(catalog, schema, name, keys);
}

const takesWholeBody = ({ args }: Procedure): boolean =>
  args.length === 1 && args[0]!.name === '' && WHOLE_BODY.has(args[0]!.base);

function fits({ args }: Procedure, keys: string[]): boolean {
  const known = keys.every((key) => args.some((arg) => arg.name === key));
  return known && args.every((arg) => !arg.required || (arg.name !== '' && keys.includes(arg.name)));
}

function noneFits(catalog: Catalog, schema: string, name: string, keys: string[]): RestError {
  const args = keys.length > 0 ? `(${keys.join(', ')})` : ' without parameters';
  const names = [
    ...new Set(
      [...catalog.procedures.values()]
        .flat()
        .filter((one) => one.schema === schema)
        .map((one) => one.name),
    ),
  ];
  const guess = closest(name, names);
  const searched = keys.length > 0 ? `with parameters ${keys.join(', ')}` : 'without parameters';
  return new RestError(404, 'PGRST202', `Could not find the function ${schema}.${name}${args} in the schema cache`, {
    details: `Searched for the function ${schema}.${name} ${searched} or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.`,
    hint: guess ? `Perhaps you meant to call the function ${schema}.${guess}` : null,
  });
}

function severalFit(schema: string, name: string, found: Procedure[]): RestError {
  const signature = ({ args }: Procedure) =>
    `${schema}.${name}(${args.map((arg) => `${arg.name} => ${arg.type}`).join(', ')})`;
  const choices = found.map(signature).join(', ');
  return new RestError(300, 'PGRST203', `Could not choose the best candidate function between: ${choices}`, {
    hint: 'Try renaming the parameters or the function itself in the database so function overloading can be resolved',
  });
}

/** The call as a `from` item under an alias; named arguments come out of the JSON body typed, never encoded twice. */
export function callSql({ procedure, given, whole }: Call, body: string, alias: string, values: Values): string {
  const name = qualified(procedure.schema, procedure.name);
  if (whole) return `${name}(${values.add(body)}::${procedure.args[0]!.type}) as ${ident(alias)}`;
  const used = procedure.args.filter((arg) => given.has(arg.name));
  if (used.length === 0) return `${name}() as ${ident(alias)}`;
  const definitions = used.map((arg) => `${ident(arg.name)} ${arg.type}`).join(', ');
  const source = `json_to_record(${values.add(body)}::json) as pgrst_body(${definitions})`;
  return `${source}, lateral ${name}(${passed(procedure, used, (arg) => `pgrst_body.${ident(arg.name)}`)}) as ${ident(alias)}`;
}

/** The call with arguments from the address, each cast to its type. */
export function callByQuery(
  { procedure, given }: Call,
  params: URLSearchParams,
  alias: string,
  values: Values,
): string {
  const used = procedure.args.filter((arg) => given.has(arg.name));
  const value = (arg: Argument) => `${values.add(queryValue(procedure, arg, params))}::${arg.type}`;
  return `${qualified(procedure.schema, procedure.name)}(${passed(procedure, used, value)}) as ${ident(alias)}`;
}

function queryValue({ variadic, args }: Procedure, arg: Argument, params: URLSearchParams): string {
  const isLast = arg === args.at(-1);
  if (!variadic || !isLast) return params.getAll(arg.name).at(-1) ?? '';
  return `{${params
    .getAll(arg.name)
    .map((item) => JSON.stringify(item))
    .join(',')}}`;
}

function passed({ variadic, args }: Procedure, used: Argument[], value: (arg: Argument) => string): string {
  return used
    .map((arg) => `${variadic && arg === args.at(-1) ? 'variadic ' : ''}${ident(arg.name)} := ${value(arg)}`)
    .join(', ');
}

/** What a function returns, as something that can be selected from. */
export function resultRelation(procedure: Procedure): Relation {
  const { schema, name } = procedure;
  return procedure.relation ?? { oid: 0, schema, name, view: false, columns: new Map(), primaryKey: [], uniques: [] };
}

// A function's own time limit must hold for the whole transaction, or it would come too late.
const HOISTED = new Set(['statement_timeout', 'plan_filter.statement_cost_limit', 'default_transaction_isolation']);

/** The settings of a function that apply to its whole transaction. */
export const hoisted = ({ settings }: Procedure): [string, string][] => settings.filter(([name]) => HOISTED.has(name));
