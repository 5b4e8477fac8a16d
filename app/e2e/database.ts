import type { Page } from 'playwright/test';
import pg from 'pg';

/** Asks the server's database behind the product's back for one number. */
export async function countOf(query: string, ...values: unknown[]): Promise<number> {
  const [row] = await ask<{ count: string }>(query, values);
  return Number(row!.count);
}

async function ask<Row extends object>(query: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client(process.env['JOURNEY_DB']);
  await client.connect();
  try {
    return (await client.query<Row>(query, values)).rows;
  } finally {
    await client.end();
  }
}

/** The id of the next show that Northlight plays in a city. */
export async function showIn(city: string): Promise<string> {
  const [show] = await ask<{ id: string }>(
    `select s.id from public.shows s join public.venues v on v.id = s.venue_id
     join public.organizations o on o.id = s.organization_id and o.slug like 'northlight%'
     where v.city = $1 and s.show_date >= current_date order by s.show_date limit 1`,
    [city],
  );
  if (!show) throw new Error(`no show in ${city}`);
  return show.id;
}

/** A claim as the server holds it. */
export interface HeldClaim {
  id: string;
  merchant: string;
  /** The address its owner signs in with. */
  email: string;
}

/** A claim at Northlight, made by somebody on the road, that waits for a decision; over a limit or not. */
export async function waitingClaim({ over_limit = false } = {}): Promise<HeldClaim> {
  const [claim] = await ask<HeldClaim>(
    `select e.id, e.merchant, d.email from public.expenses e
     join public.organizations o on o.id = e.organization_id and o.slug like 'northlight%'
     join public.people p on p.id = e.person_id and p.first_name not in ('Ines', 'Jonas', 'Priya', 'Tomás')
     join public.person_details d on d.id = p.id
     where e.status = 'submitted' and e.over_limit = $1
       and (select count(*) from public.expenses twin where twin.merchant = e.merchant and twin.status = 'submitted') = 1
     order by e.expense_date desc, e.id limit 1`,
    [over_limit],
  );
  if (!claim) throw new Error('no claim waits for a decision');
  return claim;
}

/** The state of a claim on the server. */
export async function stateOf({ id }: HeldClaim): Promise<string> {
  const [row] = await ask<{ status: string }>('select status from public.expenses where id = $1', [id]);
  return row!.status;
}

/** A limit that a claim is over comes to light. */
export const liftOverLimit = ({ id }: HeldClaim) =>
  ask('update public.expenses set over_limit = true where id = $1', [id]);

/** Somebody else rejects a claim meanwhile. */
export const rejectElsewhere = ({ id }: HeldClaim) =>
  ask(
    `update public.expenses set status = 'rejected', rejection_reason = 'The receipt cannot be read.',
     decided_at = now() where id = $1`,
    [id],
  );

/** The oldest protocol the server still speaks. */
export const requireClient = (version: number) => ask('update sync.meta set min_client = $1', [version]);

/** Takes a test's claims away again. */
export const forgetClaims = (merchant: string) => ask('delete from public.expenses where merchant = $1', [merchant]);

/** What the server has written down about a person; undefined when there is nobody of that name. */
export async function personOf(name: string): Promise<Record<'title' | 'email' | 'phone', string> | undefined> {
  const [row] = await ask<Record<'title' | 'email' | 'phone', string>>(
    'select p.title, d.email, d.phone from public.people p join public.person_details d using (id) where display_name = $1',
    [name],
  );
  return row;
}

/** A claim's sum and note on the server, found by its merchant; undefined when it is not there. */
export async function sumOf(
  merchant: string,
): Promise<{ id: string; amount_minor: string; currency: string; description: string | null } | undefined> {
  const query = 'select id, amount_minor, currency, description from public.expenses where merchant = $1';
  return (
    await ask<{ id: string; amount_minor: string; currency: string; description: string | null }>(query, [merchant])
  )[0];
}

/** The ids of the claims that a browser keeps, of whoever used it. */
export const keptClaims = async (page: Page): Promise<string[]> =>
  (await readKept(page)).map(({ id }) => id).toSorted();

/** The organisations whose claims a browser keeps. */
export const keptOrganizations = async (page: Page): Promise<string[]> => [
  ...new Set((await readKept(page)).map(({ organization_id }) => organization_id)),
];

const readKept = (page: Page): Promise<{ id: string; organization_id: string }[]> => page.evaluate(readClaims);

async function readClaims(): Promise<{ id: string; organization_id: string }[]> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const found: { id: string; organization_id: string }[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('portal-')) continue;
    const database = await answer(indexedDB.open(name));
    if (database.objectStoreNames.contains('expenses'))
      found.push(...(await answer(database.transaction('expenses').objectStore('expenses').getAll())));
    database.close();
  }
  return found;
}

/** Claims to put into the database, all of one person at Northlight and handed in. */
export interface ClaimsToSeed {
  merchant: string;
  /** First name of the person who claims. */
  of: string;
  category: string;
  amounts: readonly number[];
}

/** Puts claims into the database that wait for a decision; a number follows each merchant's name when there are several. */
export const seedClaims = ({ merchant, of, category, amounts }: ClaimsToSeed) =>
  ask(
    `insert into public.expenses (organization_id, person_id, category_id, amount_minor, currency, expense_date, merchant,
       description, status, submitted_at)
     select p.organization_id, p.id, c.id, amount, 'EUR', current_date - (place % 60)::integer,
       $1 || case when cardinality($4::bigint[]) > 1 then ' ' || lpad(place::text, 4, '0') else '' end, 'Seeded', 'submitted', now()
     from public.people p
     join public.organizations o on o.id = p.organization_id and o.slug like 'northlight%'
     join public.expense_categories c on c.organization_id = o.id and c.code = $3,
     unnest($4::bigint[]) with ordinality seed (amount, place)
     where p.first_name = $2`,
    [merchant, of, category, amounts],
  );

/** Somebody corrects claims behind a decider's back. */
export const raiseAmounts = (merchants: readonly string[]) =>
  ask('update public.expenses set amount_minor = amount_minor + 1 where merchant = any ($1)', [merchants]);

/** How many claims whose merchant begins so are in each state. */
export async function statesOf(merchant: string): Promise<Record<string, number>> {
  const found = await ask<{ status: string; n: string }>(
    `select status, count(*) as n from public.expenses where merchant like $1 || '%' group by status`,
    [merchant],
  );
  return Object.fromEntries(found.map(({ status, n }) => [status, Number(n)]));
}

/** Sets the most somebody at Northlight may approve. */
export const setApprovalLimit = (firstName: string, max: number) =>
  ask(
    `insert into public.approval_limits (organization_id, person_id, max_minor)
     select p.organization_id, p.id, $2 from public.people p
     join public.organizations o on o.id = p.organization_id and o.slug like 'northlight%' where p.first_name = $1`,
    [firstName, max],
  );

/** Writes a rule for one category at Northlight. */
export const setApprovalRule = (category: string, over: number, levels: readonly string[]) =>
  ask(
    `insert into public.approval_rules (organization_id, category_id, over_minor, levels)
     select c.organization_id, c.id, $2, $3 from public.expense_categories c
     join public.organizations o on o.id = c.organization_id and o.slug like 'northlight%' where c.code = $1`,
    [category, over, levels],
  );

/** Takes a test's claims, and every rule, limit and loan, away again. */
export async function forgetApprovals(merchant: string): Promise<void> {
  await ask(`delete from public.expenses where merchant like $1 || '%'`, [merchant]);
  for (const table of ['approval_rules', 'approval_limits', 'approval_delegations'])
    await ask(`delete from public.${table}`, []);
}
