import { deleteLocal, getLocal, localEntries, setLocal } from '../../data/db.ts';
import type { ReadyPhoto } from './photos/shrink.ts';
import type { KeptReading } from './reading/kept-reading.ts';
import { typedFrom, type TypedClaim } from './rules.ts';
import { inTurn } from './turns.ts';

/** A photo of a draft; its bytes lie beside it, so that typing never writes them again. */
export interface DraftPhoto {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly byte_size: number;
  readonly sha256: string;
}

/** A claim that is being typed on this device and that nobody else has seen. */
export interface LocalDraft {
  readonly id: string;
  readonly organization_id: string;
  readonly person_id: string;
  readonly typed: TypedClaim;
  readonly photos: readonly DraftPhoto[];
  /** What was read on its photos, by their ids; drafts of earlier versions have none. */
  readonly readings?: Readonly<Record<string, KeptReading>>;
  /** Ids of stored photos that the person took out. */
  readonly removed: readonly string[];
  /** Fields the person chose, which no guess may change. */
  readonly chosen: readonly string[];
  /** ISO 8601 instant of this device. */
  readonly saved_at: string;
  /** Which tab wrote it last. */
  readonly tab: string;
}

/** What one step of typing changes. */
export interface DraftChange {
  readonly typed?: Partial<TypedClaim>;
  readonly add?: DraftPhoto;
  readonly reading?: { readonly photo_id: string; readonly kept: KeptReading };
  readonly drop?: string;
  readonly remove?: string;
  readonly restore?: string;
  readonly choose?: string;
}

/** What a draft starts from when nothing of it is kept yet. */
export type DraftStart = Pick<LocalDraft, 'id' | 'organization_id' | 'person_id' | 'typed' | 'chosen'>;

const PREFIX = 'draft:expense:';
const keyOf = (id: string): string => PREFIX + id;
const photoKey = (id: string): string => `draft-photo:${id}`;

/** The draft of a claim, or undefined. */
export async function localDraft(id: string): Promise<LocalDraft | undefined> {
  const kept = await getLocal<LocalDraft>(keyOf(id));
  return kept && { ...kept, typed: typedFrom(kept.typed) };
}

/** The unfinished claims of a person in one organisation, newest first. */
export async function localDrafts(organization_id: string): Promise<LocalDraft[]> {
  const entries = await localEntries<LocalDraft>(PREFIX);
  const own = entries.map(([, draft]) => draft).filter((draft) => draft.organization_id === organization_id);
  return own.sort((a, b) => b.saved_at.localeCompare(a.saved_at));
}

/** Lays a change over the kept draft, after the changes of other tabs. Throws the refusal `device_full`; what was kept before stays. */
export const changeDraft = (start: DraftStart, tab: string, changes: readonly DraftChange[]): Promise<void> =>
  inTurn(keyOf(start.id), async () => {
    const kept = (await localDraft(start.id)) ?? { ...start, photos: [], removed: [] };
    const next = changes.reduce(laidOver, { ...kept, saved_at: new Date().toISOString(), tab });
    await setLocal(keyOf(start.id), next);
  });

/** A draft with one change laid over it. */
export function laidOver(draft: LocalDraft, change: DraftChange): LocalDraft {
  const photos = draft.photos.filter((photo) => photo.id !== change.drop);
  const removed = draft.removed.filter((id) => id !== change.restore && id !== change.remove);
  const chosen = new Set(draft.chosen);
  if (change.choose) chosen.add(change.choose);
  const { [change.drop ?? '']: _, ...left } = draft.readings ?? {};
  const readings = change.reading ? { ...left, [change.reading.photo_id]: change.reading.kept } : left;
  return {
    ...draft,
    typed: { ...draft.typed, ...change.typed },
    photos: change.add ? withPhoto(photos, change.add) : photos,
    readings,
    removed: change.remove ? [...removed, change.remove] : removed,
    chosen: [...chosen],
  };
}

/** A photo that is there already keeps its place. */
const withPhoto = (photos: readonly DraftPhoto[], added: DraftPhoto): DraftPhoto[] =>
  photos.some(({ id }) => id === added.id)
    ? photos.map((photo) => (photo.id === added.id ? added : photo))
    : [...photos, added];

/** Keeps the bytes of a photo. Throws the refusal `device_full`. */
export const keepPhoto = (id: string, photo: ReadyPhoto): Promise<void> => setLocal(photoKey(id), photo);

/** The bytes of a photo that is kept. */
export async function keptPhoto(id: string): Promise<ReadyPhoto | undefined> {
  const kept = await getLocal<ReadyPhoto>(photoKey(id));
  return kept && { ...asBefore, ...kept };
}

/** What was true of every photo before documents were taken too. */
const asBefore = { mime_type: 'image/jpeg', doubts: [] } as const;

/** Lets a photo's bytes go. */
export const dropPhoto = (id: string): Promise<void> => deleteLocal(photoKey(id));

/** Lets a draft go with its photos. */
export const dropDraft = (id: string): Promise<void> =>
  inTurn(keyOf(id), async () => {
    const photos = (await localDraft(id))?.photos ?? [];
    await deleteLocal(keyOf(id));
    await Promise.all(photos.map((photo) => dropPhoto(photo.id)));
  });
