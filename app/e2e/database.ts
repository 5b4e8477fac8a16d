import pg from 'pg';

/** Asks the server's database behind the product's back for one number. */
export async function countOf(query: string, ...values: unknown[]): Promise<number> {
  const client = new pg.Client(process.env['JOURNEY_DB']);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(query, values);
    return Number(rows[0]!.count);
  } finally {
    await client.end();
  }
}
