import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tables as productTables } from '../../data/schema.gen.ts';
import type { TableInfo, Tables } from '../protocol.ts';
import type { Chance } from './chance.ts';
import type { SimDatabase } from './database.ts';

const notes: TableInfo = {
  columns: [
    'id',
    'organization_id',
    'person_id',
    'body',
    'amount_minor',
    'currency',
    'hits',
    'created_at',
    'updated_at',
    'created_by',
    'updated_by',
    'row_version',
  ],
  insertable: ['id', 'organization_id', 'person_id', 'body', 'amount_minor', 'currency'],
  writable: ['body', 'amount_minor', 'currency', 'hits'],
  groups: { money: ['amount_minor', 'currency'] },
  indexes: [],
};

/** The product's tables and the storm's own. */
export const simTables: Tables = { ...productTables, sim_notes: notes };

/** One login in one organisation. */
export interface Member {
  readonly user_id: string;
  readonly organization_id: string;
  readonly person_id: string;
  readonly membership_id: string;
}

/** Everybody and everything a storm starts with. */
export interface World {
  readonly users: readonly string[];
  readonly organizations: readonly string[];
  readonly members: readonly Member[];
}

/** Who works where: per organisation, user number and roles. User 1 is an artist in both. */
const CAST: readonly (readonly [user: number, organization: number, roles: readonly string[]])[] = [
  [0, 0, ['owner']],
  [1, 0, ['artist']],
  [2, 0, ['crew']],
  [3, 0, ['booking']],
  [4, 0, ['finance_director']],
  [1, 1, ['artist']],
  [5, 1, ['owner']],
  [3, 1, ['staff']],
];

/** Lays the storm's own table, once. */
export async function layNotes(db: SimDatabase): Promise<void> {
  const laid = await db.query(`select from pg_tables where tablename = 'sim_notes'`);
  if (!laid.length) await db.exec(readFileSync(fileURLToPath(new URL('notes.sql', import.meta.url)), 'utf8'));
}

/** Lays the storm's own table and a cast of six people in two organisations with a tour each. */
export async function populate(db: SimDatabase, chance: Chance): Promise<World> {
  await layNotes(db);
  const users = Array.from({ length: 6 }, () => chance.uuid());
  const organizations = Array.from({ length: 2 }, () => chance.uuid());
  for (const id of users)
    await db.query(`insert into auth.users (id, email) values ($1, $2)`, [id, `${id}@storm.example`]);
  for (const id of organizations) await addOrganization(db, id);
  const members: Member[] = [];
  for (const [user, organization, roles] of CAST)
    members.push(await addMember(db, chance, users[user]!, organizations[organization]!, roles));
  for (const organization of [...organizations, ...organizations]) await addTour(db, chance, organization);
  return { users, organizations, members };
}

async function addOrganization(db: SimDatabase, id: string): Promise<void> {
  const sql = `insert into public.organizations (id, name, slug, currency, time_zone) values ($1, $2, $3, 'EUR', 'Europe/Berlin')`;
  await db.query(sql, [id, `Storm ${id.slice(0, 4)}`, `storm-${id.slice(0, 13)}`]);
}

async function addMember(
  db: SimDatabase,
  chance: Chance,
  user_id: string,
  organization_id: string,
  roles: readonly string[],
): Promise<Member> {
  const [person_id, membership_id] = [chance.uuid(), chance.uuid()];
  const person = `insert into public.people (id, organization_id, user_id, display_name) values ($1, $2, $3, $4)`;
  await db.query(person, [person_id, organization_id, user_id, `P ${person_id.slice(0, 4)}`]);
  const membership = `insert into public.memberships (id, organization_id, person_id, user_id) values ($1, $2, $3, $4)`;
  await db.query(membership, [membership_id, organization_id, person_id, user_id]);
  for (const role of roles)
    await grant(db, chance.uuid(), { organization_id, membership_id, user_id, person_id }, role);
  return { user_id, organization_id, person_id, membership_id };
}

/** Gives a member a role they may already have. */
export async function grant(db: SimDatabase, id: string, to: Member, role: string): Promise<void> {
  const sql = `insert into public.membership_roles (id, organization_id, membership_id, user_id, role) values ($1, $2, $3, $4, $5)
    on conflict do nothing`;
  await db.query(sql, [id, to.organization_id, to.membership_id, to.user_id, role]);
}

async function addTour(db: SimDatabase, chance: Chance, organization: string): Promise<void> {
  const [tour, venue] = [chance.uuid(), chance.uuid()];
  await db.query(
    `insert into public.tours (id, organization_id, name, starts_on, ends_on, currency) values ($1, $2, 'Storm tour', '2026-03-01', '2026-04-01', 'EUR')`,
    [tour, organization],
  );
  await db.query(
    `insert into public.venues (id, organization_id, name, city, country, time_zone) values ($1, $2, 'Hall', 'Bremen', 'DE', 'Europe/Berlin')`,
    [venue, organization],
  );
  for (let day = 1; day <= 3; day++)
    await db.query(
      `insert into public.shows (id, organization_id, tour_id, venue_id, title, show_date, time_zone, status) values ($1, $2, $3, $4, $5, $6, 'Europe/Berlin', 'hold')`,
      [chance.uuid(), organization, tour, venue, `Show ${day}`, `2026-03-0${day}`],
    );
}
