import { deleteLocal, rows, setLocal } from '../../data/db.ts';
import { defineMutation, insert, remove, update } from '../../data/define-mutation.ts';
import { sha256 } from '../../kernel/digest.ts';
import { newId } from '../../kernel/id.ts';

/** What a calendar address is for: everything of a person, one tour, or one room. */
export interface Subject {
  readonly organization_id: string;
  readonly person_id: string;
  readonly tour_id: string | null;
  readonly room_id: string | null;
}

const SECRET_BYTES = 32;
/** Under this key the device that made an address keeps its secret; the server has only the hash. */
export const secretKey = (id: string): string => `calendar-secret:${id}`;

const addFeed = defineMutation('calendars.add', (feed: Subject & { id: string; secret_hash: string }) => ({
  organization_id: feed.organization_id,
  operations: [insert('calendar_feeds', { ...feed })],
}));

const changeSecret = defineMutation(
  'calendars.change_secret',
  (feed: { id: string; organization_id: string; secret_hash: string }) => ({
    organization_id: feed.organization_id,
    operations: [update('calendar_feeds', feed.id, { secret_hash: feed.secret_hash })],
  }),
);

const removeFeed = defineMutation('calendars.remove', (feed: { id: string; organization_id: string }) => ({
  organization_id: feed.organization_id,
  operations: [remove('calendar_feeds', feed.id)],
}));

/** Makes a secret address. The secret is made here and stays here; works offline. */
export async function makeAddress(subject: Subject): Promise<void> {
  const id = newId();
  const { secret, secret_hash } = await newSecret();
  await setLocal(secretKey(id), secret);
  await addFeed({ id, ...subject, secret_hash });
}

/** Gives an address a new secret; whoever has the old one reads nothing any more. */
export async function renewAddress(id: string): Promise<void> {
  const feed = await rows('calendar_feeds').get(id);
  if (!feed) return;
  const { secret, secret_hash } = await newSecret();
  await setLocal(secretKey(id), secret);
  await changeSecret({ id, organization_id: feed.organization_id, secret_hash });
}

/** Takes an address away. */
export async function removeAddress(id: string): Promise<void> {
  const feed = await rows('calendar_feeds').get(id);
  if (feed) await removeFeed({ id, organization_id: feed.organization_id });
  await deleteLocal(secretKey(id));
}

async function newSecret(): Promise<{ secret: string; secret_hash: string }> {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const secret = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return { secret, secret_hash: await sha256(secret) };
}
