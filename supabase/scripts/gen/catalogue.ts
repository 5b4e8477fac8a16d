import type pg from 'pg';

/** A column of a tracked table as the database describes it. */
export interface Column {
  name: string;
  /** Type name in pg_type, e.g. `int8`, `timestamptz`, `_text`. */
  type: string;
  nullable: boolean;
  comment: string | null;
}

/** A tracked table with what sync knows about it. */
export interface Table {
  name: string;
  comment: string | null;
  columns: Column[];
  insertable: string[];
  writable: string[];
  groups: Record<string, string[]>;
  indexes: string[];
  sealed: string[];
  /** Definitions of its CHECK constraints, as Postgres prints them. */
  checks: string[];
}

/** Everything the generated file says. */
export interface Catalogue {
  tables: Table[];
  permissionsByRole: Record<string, string[]>;
}

const TABLES = `
  select t.name, obj_description(c.oid, 'pg_class') as comment, t.insertable, t.writable, t.groups,
    t.device_indexes as indexes, t.sealed,
    (select json_agg(json_build_object('name', a.attname, 'type', y.typname, 'nullable', not a.attnotnull,
        'comment', col_description(c.oid, a.attnum)) order by a.attnum)
     from pg_attribute a join pg_type y on y.oid = a.atttypid
     where a.attrelid = c.oid and a.attname = any (t.columns)) as columns,
    (select coalesce(json_agg(pg_get_constraintdef(k.oid) order by k.conname), '[]')
     from pg_constraint k where k.conrelid = c.oid and k.contype = 'c') as checks
  from sync.tables t join pg_class c on c.oid = format('public.%I', t.name)::regclass
  order by t.name`;

const PERMISSIONS = `
  select role, array_agg(permission order by permission) as permissions
  from access.role_permissions group by role order by role`;

const ROLES = `
  select pg_get_constraintdef(oid) as definition from pg_constraint
  where conrelid = 'public.membership_roles'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%role%'`;

/** Reads the catalogue of a database on which the migrations have run. */
export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const { rows: tables } = await client.query<Table>(TABLES);
  const { rows: granted } = await client.query<{ role: string; permissions: string[] }>(PERMISSIONS);
  const { rows: roles } = await client.query<{ definition: string }>(ROLES);
  const permissionsByRole: Record<string, string[]> = {};
  for (const role of literals(roles[0]?.definition ?? '')) {
    permissionsByRole[role] = granted.find((grant) => grant.role === role)?.permissions ?? [];
  }
  return { tables, permissionsByRole };
}

/** The quoted texts of a constraint definition, in its order. */
export const literals = (definition: string): string[] =>
  [...definition.matchAll(/'((?:[^']|'')*)'::/g)].map((match) => match[1]!.replaceAll("''", "'"));
