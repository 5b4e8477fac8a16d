import { RestError } from './errors.ts';
import type { Embed, ReadNode } from './plan.ts';
import type { SelectedField } from './select.ts';
import { fieldSql, filterSql, ident, orderSql, qualified, type Values } from './sql.ts';

/** What a select stands on when it is not the plain table. */
interface Ground {
  /** Instead of the table: a call, the rows just written. */
  from?: string | undefined;
  /** The junction of a many-to-many embed. */
  via?: string;
  /** How an embed's rows belong to their parent. */
  on?: string[];
}

/** The select of one level with everything below it. */
export function selectSql(node: ReadNode, values: Values, { from, via = '', on = [] }: Ground = {}): string {
  const joins = node.embeds.map((embed) => joinSql(node, embed, values));
  const order = node.order.map((item) => orderingSql(node, item));
  return [
    `select ${columnsSql(node)} from ${from ?? tableSql(node)}`,
    via,
    ...joins,
    whereSql(node, values, on),
    order.length > 0 ? `order by ${order.join(', ')}` : '',
    node.limit === undefined ? '' : `limit ${node.limit}`,
    node.offset > 0 ? `offset ${node.offset}` : '',
  ].join(' ');
}

/** The same rows without columns, order or bounds, for counting. */
export function countSql(node: ReadNode, values: Values, from?: string): string {
  const deciding = node.embeds.filter((embed) => embed.inner || embed.mustExist !== undefined);
  const joins = deciding.map((embed) => joinSql(node, embed, values));
  return [`select 1 from ${from ?? tableSql(node)}`, ...joins, whereSql(node, values)].join(' ');
}

const tableSql = ({ relation, alias }: ReadNode): string =>
  `${qualified(relation.schema, relation.name)} as ${ident(alias)}`;

/** Where conditions hold; empty when there are none. */
export function whereSql(node: ReadNode, values: Values, extra: string[] = []): string {
  const own = node.where.map((filter) => filterSql(node.alias, node.relation, filter, values));
  const about = node.embeds.flatMap((embed) => existenceSql(node, embed));
  const all = [...extra, ...own, ...about];
  return all.length > 0 ? `where ${all.join(' and ')}` : '';
}

function existenceSql(parent: ReadNode, embed: Embed): string[] {
  if (embed.mustExist === undefined) return [];
  const rows = rowsAlias(parent, embed);
  const what = embed.path.one ? ident(rows) : `${ident(rows)}.${ident(rows)}`;
  return [`${what} is ${embed.mustExist ? '' : 'not '}distinct from null`];
}

function orderingSql(node: ReadNode, item: ReadNode['order'][number]): string {
  if (item.relation === undefined) return orderSql(node.alias, node.relation, item);
  const embed = node.embeds.find((one) => one.key === item.relation || one.name === item.relation);
  if (!embed) {
    throw new RestError(400, 'PGRST108', `'${item.relation}' is not an embedded resource in this request`, {
      hint: `Verify that '${item.relation}' is included in the 'select' query parameter.`,
    });
  }
  if (!embed.path.one) {
    throw new RestError(400, 'PGRST118', `A related order on '${item.relation}' is not possible`, {
      details: `'${node.relation.name}' and '${item.relation}' do not form a many-to-one or one-to-one relationship`,
    });
  }
  return orderSql(orderAlias(node, embed), embed.node.relation, item);
}

function columnsSql(node: ReadNode): string {
  const own = node.fields.map((field) => columnSql(node, field));
  const embedded = node.embeds.flatMap((embed) => embeddedSql(node, embed));
  const all = [...own, ...embedded];
  return all.length > 0 ? all.join(', ') : '1';
}

function columnSql(node: ReadNode, { field, alias, cast }: SelectedField): string {
  const value = fieldSql(node.alias, node.relation, field);
  if (field.name === '*') return value;
  const name = alias ?? outputName(field);
  return `${cast ? `cast(${value} as ${cast})` : value} as ${ident(name)}`;
}

/** `data->address->>street` is shown as `street`; a number takes the last name before it. */
function outputName({ name, path }: SelectedField['field']): string {
  const last = path.findLast(({ key }) => !/^-?\d+$/.test(key));
  return last?.key ?? name;
}

function embeddedSql(parent: ReadNode, embed: Embed): string[] {
  const rows = rowsAlias(parent, embed);
  if (embed.spread) return spreadNames(embed.node).map((name) => `${ident(rows)}.${ident(name)} as ${ident(name)}`);
  if (embed.node.fields.length === 0 && embed.node.embeds.length === 0) return [];
  const value = embed.path.one ? `row_to_json(${ident(rows)}.*)` : `coalesce(${ident(rows)}.${ident(rows)}, '[]')`;
  return [`${value} as ${ident(embed.key)}`];
}

function spreadNames(node: ReadNode): string[] {
  const own = node.fields.flatMap(({ field, alias }) =>
    field.name === '*' ? [...node.relation.columns.keys()] : [alias ?? outputName(field)],
  );
  return [...own, ...node.embeds.flatMap((embed) => (embed.spread ? spreadNames(embed.node) : [embed.key]))];
}

const rowsAlias = (parent: ReadNode, embed: Embed): string =>
  `${parent.alias.slice(0, 25)}_${embed.node.alias.slice(-25)}_rows`;
const orderAlias = (parent: ReadNode, embed: Embed): string =>
  `${parent.alias.slice(0, 25)}_${embed.node.alias.slice(-25)}_order`;

function joinSql(parent: ReadNode, embed: Embed, values: Values): string {
  const rows = ident(rowsAlias(parent, embed));
  const kind = embed.inner ? 'inner' : 'left';
  const select = relatedSql(parent, embed, values);
  if (!embed.path.one) {
    const list = `select json_agg(${rows}) as ${rows} from (${select}) as ${rows}`;
    return `${kind} join lateral (${list}) as ${rows} on ${embed.inner ? `${rows}.${rows} is not null` : 'true'}`;
  }
  const join = `${kind} join lateral (${select}) as ${rows} on true`;
  const sorting = parent.order.some(({ relation }) => relation === embed.key || relation === embed.name);
  return sorting ? `${join} ${orderJoinSql(parent, embed)}` : join;
}

/** Sorting by a related column needs the column itself, which may not be among those shown. */
function orderJoinSql(parent: ReadNode, embed: Embed): string {
  const { path } = embed;
  const alias = orderAlias(parent, embed);
  const on = path.on.map(([here, there]) => `${ident(alias)}.${ident(there)} = ${ident(parent.alias)}.${ident(here)}`);
  return `left join ${qualified(path.target.schema, path.target.name)} as ${ident(alias)} on ${on.join(' and ')}`;
}

function relatedSql(parent: ReadNode, { path, node }: Embed, values: Values): string {
  const near = path.junction ? `${node.alias.slice(0, 50)}_via` : node.alias;
  const on = path.on.map(([here, there]) => `${ident(near)}.${ident(there)} = ${ident(parent.alias)}.${ident(here)}`);
  return selectSql(node, values, path.junction ? { on, via: junctionSql(path.junction, near, node.alias) } : { on });
}

function junctionSql({ relation, on }: NonNullable<Embed['path']['junction']>, near: string, far: string): string {
  const match = on.map(([here, there]) => `${ident(near)}.${ident(here)} = ${ident(far)}.${ident(there)}`);
  return `inner join ${qualified(relation.schema, relation.name)} as ${ident(near)} on ${match.join(' and ')}`;
}
