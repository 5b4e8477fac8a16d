import pg from 'pg';

/** The engine room as a test works in it: Xero at Harbour Hall, and errands that no worker of the stack knows. */
const HALL = `(select id from public.organizations where slug = 'harbour-hall')`;

async function sql(query: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client(process.env['JOURNEY_DB']);
  await client.connect();
  try {
    await client.query(query, values);
  } finally {
    await client.end();
  }
}

/** Somebody has signed in at the sandbox of Xero. */
export const connectXero = () =>
  sql(
    `select worker.connect(${HALL}, 'xero', 'Harbour Hall Books', 'journey', (select id from auth.users where email = 'grace@harbourhall.example'), true)`,
  );

/** So many claims are to go to Xero. */
export const sendClaims = (claims: number) =>
  sql(
    `select jobs.enqueue('xero.journey', ${HALL}, '{}', e.id::text, 'expenses', e.id)
     from (select id from public.expenses where organization_id = ${HALL} order by id limit $1) e`,
    [claims],
  );

/** A worker takes the next one, and it goes wrong. */
export const failNext = (outcome: string, code: string, retryAfterSeconds: number | null = null) =>
  sql(
    `select worker.fail(j.id, j.lease_token, $1, $2, 'As the journey wants it.', $3)
     from worker.claim('{xero.journey}', 1) j`,
    [outcome, code, retryAfterSeconds],
  );

/** A worker takes what is due, and it arrives. */
export const deliverAll = () =>
  sql(
    `select worker.complete(j.id, j.lease_token, '{"external_id": "bill"}', 400) from worker.claim('{xero.journey}', 20) j`,
  );

/** As it was before. */
export const forgetXero = () =>
  sql(`with gone as (delete from jobs.lanes where organization_id = ${HALL} and provider = 'xero'),
     sent as (delete from public.deliveries where organization_id = ${HALL})
     delete from public.integrations where organization_id = ${HALL}`);
