import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** A receipt of a claim as the server holds it: what its row promises, and the bytes that are really there. */
export interface HeldFile {
  readonly promised_sha256: string;
  readonly sha256: string;
  readonly size: number;
  readonly has_arrived: boolean;
}

/** The receipts of a claim whose bytes the server has, read from its disk. */
export async function heldFiles(merchant: string): Promise<HeldFile[]> {
  const client = new pg.Client(process.env['JOURNEY_DB']);
  await client.connect();
  try {
    const { rows } = await client.query<{ sha256: string; version: string; uploaded_at: Date | null }>(
      `select r.sha256, o.version, r.uploaded_at from public.expenses e
       join public.expense_receipts r on r.expense_id = e.id
       join storage.objects o on o.bucket_id = 'receipts' and o.name = r.path
       where e.merchant = $1`,
      [merchant],
    );
    return rows.map(({ sha256, version, uploaded_at }) => ({
      ...onDisk(version),
      promised_sha256: sha256,
      has_arrived: uploaded_at !== null,
    }));
  } finally {
    await client.end();
  }
}

function onDisk(version: string): Pick<HeldFile, 'sha256' | 'size'> {
  const { port } = new URL(process.env['JOURNEY_URL']!);
  const bytes = readFileSync(join('.local', `journeys-${port}`, 'storage', version.slice(0, 2), version));
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}
