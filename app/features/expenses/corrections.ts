import { rows } from '../../data/db.ts';
import { takenUp, wantedBy, type Wanted } from '../../data/decisions.ts';
import type { OperationDraft } from '../../data/define-mutation.ts';
import type { ExpenseReceiptRow, ExpenseRow } from '../../data/schema.gen.ts';
import { numberLocale } from './claim-session.ts';
import { changeDraft, keepPhoto, type DraftChange, type DraftPhoto } from './drafts.ts';
import { typedOf } from './forms.ts';

/**
 * Puts a claim the server did not accept back into the form, with everything typed and photographed, and settles the
 * notice. Answers the form's address; undefined when there is nothing to put back.
 */
export async function correctClaim(notices: readonly string[]): Promise<string | undefined> {
  const wanted = await wantedBy(notices);
  const id = wanted?.operations.find((op) => op.t === 'expenses' && op.op !== 'del')?.id;
  if (!wanted || !id) return undefined;
  const stored = await rows('expenses').get(id);
  const row = { ...stored, ...typedIn(wanted, id) };
  if (!row.organization_id || !row.person_id) return undefined;
  const photos = await photosOf(wanted);
  const { organization_id, person_id } = row;
  const start = { id, organization_id, person_id, typed: typedOf(row as ExpenseRow, numberLocale()), chosen: [] };
  await changeDraft(start, 'correction', [{ typed: start.typed }, ...photos, ...removedBy(wanted)]);
  await takenUp(notices);
  return stored ? `/expenses/${id}/edit` : `/expenses/new?draft=${id}`;
}

/** The latest value typed for each field of a claim. */
const typedIn = ({ operations }: Wanted, id: string): Partial<ExpenseRow> =>
  Object.assign({}, ...operations.map((op) => (op.id === id && (op.op === 'ins' || op.op === 'upd') ? op.v : {})));

/** The photos go back onto the tray under the ids they had, so that sending them again doubles nothing. */
async function photosOf({ operations, files }: Wanted): Promise<DraftChange[]> {
  const changes: DraftChange[] = [];
  for (const op of operations) {
    const receipt = receiptIn(op);
    const data = receipt && files.get(receipt.path);
    if (!data || !receipt.width || !receipt.height || !receipt.sha256) continue;
    const { width, height, sha256, byte_size } = receipt;
    const thumbnail = files.get(receipt.thumbnail_path ?? '') ?? data;
    const mime_type = receipt.mime_type === 'application/pdf' ? receipt.mime_type : 'image/jpeg';
    await keepPhoto(op.id, { data, thumbnail, width, height, sha256, mime_type, doubts: [] });
    const photo: DraftPhoto = { id: op.id, name: receipt.original_name ?? '', width, height, byte_size, sha256 };
    changes.push({ add: photo });
  }
  return changes;
}

const receiptIn = (op: OperationDraft): ExpenseReceiptRow | undefined =>
  op.t === 'expense_receipts' && op.op === 'ins' ? (op.v as unknown as ExpenseReceiptRow) : undefined;

const removedBy = ({ operations }: Wanted): DraftChange[] =>
  operations.filter((op) => op.t === 'expense_receipts' && op.op === 'del').map(({ id }) => ({ remove: id }));
