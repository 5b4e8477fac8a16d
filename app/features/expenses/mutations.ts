import {
  command,
  defineMutation,
  insert,
  remove,
  update,
  type FileDraft,
  type OperationDraft,
} from '../../data/define-mutation.ts';
import type { ExpenseCategoryRow, ExpenseRow } from '../../data/schema.gen.ts';
import { refusal } from '../../kernel/failure.ts';
import { columnsOf, type KeptReading } from './reading/kept-reading.ts';
import {
  categoryForm,
  claimForm,
  receiptForm,
  submittableClaim,
  type CategoryFields,
  type ClaimFields,
} from './forms.ts';

/** A photo to add to a claim: what is known of it, and its bytes. */
export interface NewPhoto {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly sha256: string;
  readonly mime_type: 'image/jpeg' | 'application/pdf';
  readonly data: ArrayBuffer;
  readonly thumbnail: ArrayBuffer;
  /** What this device read on it. */
  readonly reading?: KeptReading | undefined;
}

/** A claim as its owner leaves the form. */
export interface ClaimToSave {
  readonly id: string;
  readonly organization_id: string;
  readonly person_id: string;
  readonly fields: ClaimFields;
  /** The claim as it was opened, undefined for a new one. */
  readonly before: ExpenseRow | undefined;
  readonly photos: readonly NewPhoto[];
  readonly removed: readonly string[];
  /** Position of the first new photo. */
  readonly position: number;
  /** Whether the amount is over a limit, as far as this device knows; the server decides. */
  readonly over_limit: boolean;
}

/** Keeps a claim as a draft that follows its owner to every device. */
export const saveClaim = defineMutation('expenses.save', (claim: ClaimToSave) => {
  const fields = accepted(claimForm, claim.fields);
  return { organization_id: claim.organization_id, ...written({ ...claim, fields }), result: claim.id };
});

/** Writes a claim with its photos and submits it in one intent; a rejected one goes back to draft on the way. */
export const submitClaim = defineMutation('expenses.submit', (claim: ClaimToSave) => {
  const fields = accepted(submittableClaim, claim.fields);
  const { operations, files } = written({ ...claim, fields });
  const reopened = claim.before?.status === 'rejected' ? [reopen(claim.id)] : [];
  const over_limit = claim.over_limit;
  const submit = command('expenses.submit', {
    table: 'expenses',
    id: claim.id,
    expect: { status: 'submitted', submitted_at: now(), over_limit, waits_for_level: 1, decided_by: null },
  });
  return {
    organization_id: claim.organization_id,
    operations: [...operations, ...reopened, submit],
    files,
    result: claim.id,
  };
});

const now = (): string => new Date().toISOString();

/** The form has said everything in words before; what still fails here must not travel. */
function accepted<T>(form: { safeParse: (value: unknown) => { success: boolean; data?: T } }, value: unknown): T {
  const parsed = form.safeParse(value);
  if (!parsed.success) throw refusal('malformed', 'the form let something through');
  return parsed.data as T;
}

function written(claim: ClaimToSave): { operations: OperationDraft[]; files: FileDraft[] } {
  const row = claim.before ? changed(claim.id, claim.before, claim.fields) : [created(claim)];
  const removed = claim.removed.map((id) => remove('expense_receipts', id));
  const added = claim.photos.map((photo, at) => addedReceipt(claim, photo, claim.position + at));
  return { operations: [...row, ...removed, ...added], files: claim.photos.flatMap((photo) => filesOf(claim, photo)) };
}

function created({ id, organization_id, person_id, fields }: ClaimToSave): OperationDraft {
  const stamps = { created_at: now(), updated_at: now() };
  return insert(
    'expenses',
    { id, organization_id, person_id, ...fields },
    { ...stamps, status: 'draft', over_limit: false, rejection_reason: null, submitted_at: null },
  );
}

/** Only what was changed travels, so that the rest merges with other devices. */
function changed(id: string, before: ExpenseRow, fields: ClaimFields): OperationDraft[] {
  const entries = Object.entries(fields).filter(([field, value]) => before[field as keyof ClaimFields] !== value);
  return entries.length === 0 ? [] : [update('expenses', id, Object.fromEntries(entries))];
}

const pathOf = (
  { organization_id, person_id }: Pick<ClaimToSave, 'organization_id' | 'person_id'>,
  id: string,
): string => `${organization_id}/${person_id}/${id}`;

function addedReceipt(claim: ClaimToSave, photo: NewPhoto, position: number): OperationDraft {
  const { id, width, height, sha256, name, data, mime_type } = photo;
  const known = { id, width, height, sha256, position, byte_size: data.byteLength, original_name: name.slice(0, 255) };
  const path = pathOf(claim, id);
  return insert(
    'expense_receipts',
    {
      ...accepted(receiptForm, known),
      organization_id: claim.organization_id,
      person_id: claim.person_id,
      expense_id: claim.id,
      path: path + endings[mime_type],
      thumbnail_path: `${path}.thumb.jpg`,
      mime_type,
      ...columnsOf(photo.reading),
    },
    { uploaded_at: null, created_at: now() },
  );
}

const endings = { 'image/jpeg': '.jpg', 'application/pdf': '.pdf' } as const;

/** The thumbnail goes first, so that an approver sees something early; the row says "arrived" after the photo itself. */
function filesOf(claim: ClaimToSave, { id, data, thumbnail, mime_type }: NewPhoto): FileDraft[] {
  const bucket = 'receipts' as const;
  const path = pathOf(claim, id);
  const arrived = command('expense_receipts.arrived', {
    table: 'expense_receipts',
    id,
    expect: { uploaded_at: now() },
  });
  return [
    { bucket, mime_type: 'image/jpeg', path: `${path}.thumb.jpg`, data: thumbnail },
    // oxlint-disable-next-line unicorn/no-thenable -- what is sent after the file, not a promise
    { bucket, mime_type, path: path + endings[mime_type], data, then: [arrived] },
  ];
}

const reopen = (id: string): OperationDraft =>
  command('expenses.reopen', { table: 'expenses', id, expect: { status: 'draft' } });

/** Submits a draft as it stands. */
export const submitDraft = defineMutation('expenses.submit', (row: ExpenseRow) => ({
  organization_id: row.organization_id,
  operations: [
    command('expenses.submit', {
      table: 'expenses',
      id: row.id,
      expect: { status: 'submitted', submitted_at: now(), waits_for_level: 1, decided_by: null },
    }),
  ],
}));

/** Adds a category of expenses. */
export const addCategory = defineMutation(
  'expense_categories.add',
  ({ organization_id, fields }: { organization_id: string; fields: CategoryFields }) => ({
    organization_id,
    operations: [insert('expense_categories', { organization_id, ...accepted(categoryForm, fields) })],
  }),
);

/** Changes a category of expenses; only what is different travels. */
export const changeCategory = defineMutation(
  'expense_categories.change',
  ({ row, fields }: { row: ExpenseCategoryRow; fields: CategoryFields }) => {
    const all = Object.entries(accepted(categoryForm, fields));
    const patch = Object.fromEntries(all.filter(([field, value]) => row[field as keyof CategoryFields] !== value));
    const operations = Object.keys(patch).length === 0 ? [] : [update('expense_categories', row.id, patch)];
    return { organization_id: row.organization_id, operations };
  },
);

/** Puts categories into the order they are given in; only those that move travel. */
export const orderCategories = defineMutation(
  'expense_categories.order',
  (rows: readonly [ExpenseCategoryRow, ...ExpenseCategoryRow[]]) => {
    const places = placesFor(rows.map((row) => row.position));
    const moved = rows.map((row, at) => ({ row, position: places[at]! })).filter(isElsewhere);
    const operations = moved.map(({ row, position }) => update('expense_categories', row.id, { position }));
    return { organization_id: rows[0].organization_id, operations };
  },
);

const isElsewhere = ({ row, position }: { row: ExpenseCategoryRow; position: number }): boolean =>
  row.position !== position;

/** The places that are taken already, in order; counted anew when two share one. */
function placesFor(taken: readonly number[]): number[] {
  const places = [...taken].sort((a, b) => a - b);
  return new Set(places).size === places.length ? places : places.map((_, at) => at);
}
