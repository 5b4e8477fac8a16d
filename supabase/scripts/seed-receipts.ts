import { createHash } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type pg from 'pg';
import { withClient } from '../local/postgres/prepare.ts';
import { drawReceipt, type ReceiptText } from './receipts/draw.ts';

/** Where the seeded database and its file store are. */
export interface SeededStack {
  url: string;
  serviceRoleKey: string;
  dbUrl: string;
}

interface Claim extends ReceiptText {
  id: string;
  organization_id: string;
  person_id: string;
}

// What waits at the desk comes first, so that a decision can be made on a photo.
const CLAIMS = `
  select e.id, e.organization_id, e.person_id, coalesce(e.merchant, 'Receipt') as merchant,
    coalesce(e.description, '') as description, e.expense_date::text as date, e.amount_minor::float8 as amount_minor,
    e.currency, (row_number() over (order by e.id))::int + 4100 as number
  from public.expenses e
  where e.status in ('submitted', 'approved', 'rejected')
    and not exists (select from public.expense_receipts r where r.expense_id = e.id)
  order by e.status <> 'submitted', e.expense_date desc, e.id limit $1`;

const RECEIPT = `
  insert into public.expense_receipts (id, organization_id, expense_id, person_id, path, byte_size, mime_type,
    original_name, width, height, sha256, uploaded_at)
  values ($1, $2, $3, $4, $5, $6, 'image/png', 'receipt.png', $7, $8, $9, now())`;

/** Draws and uploads receipts for up to `limit` seeded claims that have none; repeating it adds no duplicates. Answers how many. */
export async function seedReceipts(stack: SeededStack, limit = 48): Promise<number> {
  // Node 20 has no WebSocket, and nothing here listens.
  const options = { auth: { persistSession: false }, realtime: { transport: NoSocket as never } };
  const client = createClient(stack.url, stack.serviceRoleKey, options);
  return withClient(stack.dbUrl, async (database) => {
    const { rows } = await database.query<Claim>(CLAIMS, [limit]);
    for (const claim of rows) await addReceipt(client, database, claim);
    return rows.length;
  });
}

class NoSocket {
  close(): void {}
}

async function addReceipt(client: SupabaseClient, database: pg.Client, claim: Claim): Promise<void> {
  const { png, width, height } = drawReceipt(claim);
  const id = receiptId(claim.id);
  const path = `${claim.organization_id}/${claim.person_id}/${id}.png`;
  const upload = await client.storage.from('receipts').upload(path, png, { contentType: 'image/png', upsert: true });
  if (upload.error) throw new Error(`receipt of claim ${claim.id}: ${upload.error.message}`, { cause: upload.error });
  const hash = createHash('sha256').update(png).digest('hex');
  const about = [id, claim.organization_id, claim.id, claim.person_id, path];
  await database.query(RECEIPT, [...about, png.length, width, height, hash]);
}

/** The same claim always gets the same receipt id. */
function receiptId(claim: string): string {
  const hex = createHash('md5').update(`receipt:${claim}`).digest('hex');
  const four = `${hex.slice(0, 12)}4${hex.slice(13, 16)}a${hex.slice(17)}`;
  return four.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
