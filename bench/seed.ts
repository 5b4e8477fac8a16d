import { randomUUID } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import type pg from 'pg';

/** The password of every login that a bench makes. */
export const PASSWORD = 'Bench-Desk-2027';

/** An organisation of a chosen size, and a member of its desk who sees all of it. */
export interface Organization {
  readonly organization_id: string;
  readonly user_id: string;
  readonly person_id: string;
  readonly category_id: string;
  readonly email: string;
}

/** How many rows share a transaction at least: as in life, newer claims belong to later ones. */
const CHUNK = 100;

/** Makes an organisation with a desk member and forty people who laid out money; needs a superuser and switches triggers off where they would only cost time. */
export async function seedOrganization(db: pg.Client, name: string, expenses: number): Promise<Organization> {
  const ids = { user_id: randomUUID(), person_id: randomUUID(), organization_id: randomUUID() };
  const email = `${name}@bench.example`;
  const hash = hashSync(PASSWORD, 4);
  await db.query(LOGIN, [ids.user_id, email, hash]);
  await db.query(`insert into auth.identities (user_id, provider_id, provider, identity_data, created_at, updated_at)
    select id, id::text, 'email', jsonb_build_object('sub', id, 'email', email), now(), now() from auth.users where id = '${ids.user_id}'`);
  await db.query(
    `insert into public.organizations (id, name, currency, time_zone) values ($1, $2, 'EUR', 'Europe/Berlin')`,
    [ids.organization_id, name],
  );
  await db.query(DESK, [ids.organization_id, ids.person_id, ids.user_id]);
  await db.query(
    `insert into public.people (organization_id, display_name) select $1, 'Person ' || n from generate_series(1, 40) n`,
    [ids.organization_id],
  );
  await fillExpenses(db, ids.organization_id, ids.user_id, expenses);
  const { rows } = await db.query<{ id: string }>(
    'select id from public.expense_categories where organization_id = $1 order by position limit 1',
    [ids.organization_id],
  );
  return { ...ids, email, category_id: rows[0]!.id };
}

const LOGIN = `
  insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token,
    recovery_token, email_change_token_new, email_change, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
  values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2, $3, now(), '', '', '', '',
    '{"provider": "email", "providers": ["email"]}', '{}', now(), now())`;

const DESK = `
  with person as (
    insert into public.people (id, organization_id, user_id, display_name) values ($2, $1, $3, 'Desk') returning id
  ), membership as (
    insert into public.memberships (organization_id, person_id, user_id) select $1, id, $3 from person returning id
  )
  insert into public.membership_roles (organization_id, membership_id, user_id, role)
  select $1, id, $3, 'finance_director' from membership`;

/** Some 18 of the 25 columns are filled, as in a claim on its way. */
const EXPENSES = `
  insert into public.expenses (id, organization_id, person_id, category_id, amount_minor, currency, expense_date, merchant,
    description, status, payment_method, notes, tags, submitted_at, over_limit, created_at, updated_at, created_by, updated_by)
  select gen_random_uuid(), $1, people.ids[1 + n % cardinality(people.ids)], categories.ids[1 + n % cardinality(categories.ids)],
    100 + n * 37 % 90000, (array['EUR', 'USD', 'GBP', 'JPY'])[1 + n % 4], current_date - 700 + n * 700 / $5,
    'Merchant ' || n % 400, 'Trial claim number ' || n || ' of a long tour',
    (array['submitted', 'approved', 'paid', 'paid'])[1 + n % 4], 'card', 'Paid on the road, receipt in the folder',
    case when n % 9 = 0 then '{trial}' else '{}' end::text[], now(), false, now(), now(), $2, $2
  from generate_series($3::int, $4::int) n,
    (select array_agg(id) as ids from public.people where organization_id = $1 and user_id is null) people,
    (select array_agg(id) as ids from public.expense_categories where organization_id = $1) categories`;

/** What sync.stamp_expenses would have written, in one pass over the rows of this transaction. */
const HEADS = `
  insert into sync.head (id, scope, table_number, gone, xid)
  select r.id, place.scope, t.number, false, pg_current_xact_id()
  from public.expenses r, unnest(array[sync.staff_scope(r.organization_id), r.person_id]) place (scope), sync.tables t
  where t.name = 'expenses' and r.xmin = pg_current_xact_id()::xid and r.organization_id = $1`;

/** Adds expenses in transactions of a hundred (of more, when there are very many), oldest first. */
export async function fillExpenses(db: pg.Client, organization: string, user: string, count: number): Promise<void> {
  const chunk = Math.max(CHUNK, Math.ceil(count / 500));
  await db.query(`set session_replication_role = replica`);
  for (let from = 1; from <= count; from += chunk) {
    await db.query('begin');
    await db.query(EXPENSES, [organization, user, from, Math.min(count, from + chunk - 1), count]);
    await db.query(HEADS, [organization]);
    await db.query('commit');
  }
  await db.query('reset session_replication_role');
}
