import type { IntentDraft, OperationDraft, Row } from '../protocol.ts';
import type { Replica } from '../replica.ts';
import type { Chance } from './chance.ts';
import { unique } from './witness.ts';

/** What people do in a storm, and how often. */
const weights = {
  add_note: 10,
  change_note: 18,
  hit_note: 14,
  delete_note: 3,
  two_at_once: 4,
  add_claim: 8,
  change_claim: 10,
  submit: 8,
  approve: 8,
  reject: 4,
  cancel: 2,
  photograph: 5,
  drop_receipt: 2,
  assign: 4,
  unassign: 3,
  move_show: 4,
  rename_category: 2,
} as const;

/** One kind of wish. */
export type Act = keyof typeof weights;

/** Where a person gets what they need to wish for something. */
export interface Wishing {
  readonly chance: Chance;
  /** A number that no other intent of this storm has. */
  readonly fresh: () => number;
  /** Weights other than the usual ones. */
  readonly wishes?: Partial<Record<Act, number>> | undefined;
}

/** What a person wants to do next with what they see; undefined when there is nothing to do it with. */
export async function nextIntent(
  replica: Replica,
  userId: string,
  { chance, fresh, wishes }: Wishing,
): Promise<IntentDraft | undefined> {
  const act = chance.weighted({ ...weights, ...wishes });
  const me = chance.pick(await replica.table('people').where('user_id').equals(userId).toArray());
  if (!me) return undefined;
  const draft = await acts[act]({ replica, chance, me, fresh });
  if (!draft) return undefined;
  const [operations, organization_id, files = []] = draft;
  return { name: `storm.${act}`, organization_id, operations, files };
}

interface Scene extends Wishing {
  readonly replica: Replica;
  readonly me: Row;
}
type Wanted = [operations: OperationDraft[], organization: string, files?: IntentDraft['files']] | undefined;

const seen = async ({ replica, chance }: Scene, table: string, fits: (row: Row) => boolean = () => true) =>
  chance.pick((await replica.table(table).toArray()).filter(fits).sort((a, b) => a.id.localeCompare(b.id)));

const change = (t: string, id: string, v: Row | Record<string, unknown>): OperationDraft => ({ op: 'upd', t, id, v });

const ask = (
  cmd: string,
  row: Row,
  expect: Record<string, unknown>,
  args = {},
  seenColumns: string[] = [],
): OperationDraft => {
  const values = Object.fromEntries(seenColumns.map((column) => [column, row[column] ?? null]));
  return { op: 'cmd', t: cmd.split('.')[0]!, id: row.id, cmd, args, seen: values, expect };
};

/** Mostly values that nobody else writes, so that each can be traced; now and then what others write too, or too long. */
function notePatch({ chance, fresh }: Scene): Record<string, unknown> {
  const { body, amount_minor } = unique(fresh());
  const words = { body: chance.yes(0.04) ? 'x'.repeat(60) : chance.yes(0.1) ? 'the same' : body };
  const what = chance.weighted({ body: 5, amount: 3, both: 3 });
  return what === 'body' ? words : what === 'amount' ? { amount_minor } : { ...words, amount_minor };
}

function newNote({ chance, me }: Scene): OperationDraft {
  const { id: person_id, organization_id } = me;
  // a text that no database can read: poison for the whole batch
  const body = chance.yes(0.02) ? 'nul \u0000' : `n${chance.below(1000)}`;
  const v = { organization_id, person_id, body, amount_minor: 100, currency: 'EUR' };
  return { op: 'ins', t: 'sim_notes', id: chance.uuid(), v, expect: { hits: 0 } };
}

function newClaim({ chance, me }: Scene): OperationDraft {
  const { id: person_id, organization_id } = me;
  const amount_minor = chance.yes(0.05) ? 0 : 1 + chance.below(2_000_000);
  const words = { description: 'fuel', merchant: 'Shell', tags: [] };
  const v = { organization_id, person_id, amount_minor, currency: 'EUR', expense_date: '2026-03-01', ...words };
  return { op: 'ins', t: 'expenses', id: chance.uuid(), v, expect: { status: 'draft', over_limit: false } };
}

const acts: Readonly<Record<Act, (scene: Scene) => Promise<Wanted>>> = {
  add_note: async (scene) => [[newNote(scene)], scene.me.organization_id],
  change_note: async (scene) => {
    const note = await seen(scene, 'sim_notes');
    return note && [[change('sim_notes', note.id, notePatch(scene))], note.organization_id];
  },
  hit_note: async (scene) => {
    const note = await seen(scene, 'sim_notes');
    return (
      note && [
        [ask('sim_notes.hit', note, { hits: Number(note['hits']) + 1 }, { token: String(scene.fresh()) })],
        note.organization_id,
      ]
    );
  },
  delete_note: async (scene) => {
    const note = await seen(scene, 'sim_notes');
    return note && [[{ op: 'del', t: 'sim_notes', id: note.id }], note.organization_id];
  },
  two_at_once: async (scene) => {
    const first = newNote(scene);
    const { organization_id } = scene.me;
    const note = await seen(scene, 'sim_notes', (row) => row.organization_id === organization_id);
    return [[first, ...(note ? [change('sim_notes', note.id, notePatch(scene))] : [])], organization_id];
  },
  add_claim: async (scene) => [[newClaim(scene)], scene.me.organization_id],
  change_claim: async (scene) => {
    const claim = await seen(scene, 'expenses', ({ status }) => status === 'draft' || status === 'rejected');
    const { amount_minor, merchant } = unique(scene.fresh());
    const patch = scene.chance.yes(0.5) ? { amount_minor } : { merchant };
    return claim && [[change('expenses', claim.id, patch)], claim.organization_id];
  },
  submit: async (scene) => {
    const claim = await seen(scene, 'expenses', ({ status }) => status === 'draft');
    return claim && [[ask('expenses.submit', claim, { status: 'submitted' })], claim.organization_id];
  },
  approve: async (scene) => {
    const claim = await seen(scene, 'expenses', ({ status }) => status === 'submitted');
    const op =
      claim && ask('expenses.approve', claim, { status: 'approved' }, {}, ['amount_minor', 'currency', 'status']);
    return op && [[op], claim.organization_id];
  },
  reject: async (scene) => {
    const claim = await seen(scene, 'expenses', ({ status }) => status === 'submitted');
    const op =
      claim &&
      ask('expenses.reject', claim, { status: 'rejected' }, { reason: 'no' }, ['amount_minor', 'currency', 'status']);
    return op && [[op], claim.organization_id];
  },
  cancel: async (scene) => {
    const claim = await seen(scene, 'expenses', ({ status }) => status === 'submitted');
    return claim && [[ask('expenses.cancel', claim, { status: 'cancelled' })], claim.organization_id];
  },
  photograph: async (scene) => {
    const claim = await seen(scene, 'expenses', ({ status }) => status === 'draft');
    return claim && photograph(scene, claim);
  },
  drop_receipt: async (scene) => {
    const receipt = await seen(scene, 'expense_receipts');
    return receipt && [[{ op: 'del', t: 'expense_receipts', id: receipt.id }], receipt.organization_id];
  },
  assign: async (scene) => {
    const tour = await seen(scene, 'tours');
    const person = await seen(scene, 'people', ({ organization_id }) => organization_id === tour?.organization_id);
    if (!tour || !person) return undefined;
    const v = { organization_id: tour.organization_id, tour_id: tour.id, person_id: person.id, part: 'drums' };
    return [[{ op: 'ins', t: 'tour_people', id: scene.chance.uuid(), v }], tour.organization_id];
  },
  unassign: async (scene) => {
    const place = await seen(scene, 'tour_people');
    return place && [[{ op: 'del', t: 'tour_people', id: place.id }], place.organization_id];
  },
  move_show: async (scene) => {
    const show = await seen(scene, 'shows');
    const patch = { show_date: `2026-03-${10 + scene.chance.below(9)}`, notes: `moved ${scene.chance.below(99)}` };
    return show && [[change('shows', show.id, patch)], show.organization_id];
  },
  rename_category: async (scene) => {
    const category = await seen(scene, 'expense_categories');
    return (
      category && [
        [change('expense_categories', category.id, { name: `c${scene.chance.below(99)}` })],
        category.organization_id,
      ]
    );
  },
};

function photograph({ chance }: Scene, claim: Row): Wanted {
  const { organization_id } = claim;
  const person_id = String(claim['person_id']);
  const id = chance.uuid();
  const path = `${organization_id}/${person_id}/${id}.jpg`;
  const v = {
    organization_id,
    expense_id: claim.id,
    person_id,
    path,
    byte_size: 3,
    mime_type: 'image/jpeg',
    position: 0,
  };
  const arrived: OperationDraft = {
    op: 'cmd',
    t: 'expense_receipts',
    id,
    cmd: 'expense_receipts.arrived',
    args: {},
    seen: {},
    expect: {},
  };
  const file = {
    path,
    bucket: 'receipts',
    data: Uint8Array.from({ length: 3 }, () => chance.below(256)).buffer,
    mime_type: 'image/jpeg',
    then: [arrived],
  };
  return [[{ op: 'ins', t: 'expense_receipts', id, v }], organization_id, [file]];
}
