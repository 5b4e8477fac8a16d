import { beforeEach, describe, expect, it } from 'vitest';
import { localDatabase } from '../../data/db.ts';
import { changeDraft, dropDraft, keepPhoto, keptPhoto, localDraft, localDrafts, type DraftPhoto } from './drafts.ts';
import { typedFrom } from './rules.ts';
import { artist, freshDatabase, organization_id } from './testing.ts';

beforeEach(freshDatabase);

const start = { id: 'claim', organization_id, person_id: artist, typed: typedFrom({ currency: 'EUR' }), chosen: [] };
const photo = (id: string): DraftPhoto => ({ id, name: `${id}.jpg`, width: 1, height: 1, byte_size: 1, sha256: id });
const bytes = {
  data: new ArrayBuffer(1),
  thumbnail: new ArrayBuffer(1),
  width: 1,
  height: 1,
  sha256: 'x',
  mime_type: 'image/jpeg',
  doubts: [],
} as const;

describe('a draft on this device', () => {
  it('keeps every change over the one before, also from another tab', async () => {
    await changeDraft(start, 'first tab', [{ typed: { merchant: 'Shell' }, choose: 'merchant' }]);
    await changeDraft(start, 'second tab', [{ typed: { amount: '64,20' } }, { add: photo('a') }]);
    await changeDraft(start, 'first tab', [{ typed: { merchant: 'Shell AG' } }]);
    expect(await localDraft('claim')).toMatchObject({
      typed: { merchant: 'Shell AG', amount: '64,20', currency: 'EUR' },
      photos: [{ id: 'a' }],
      chosen: ['merchant'],
      tab: 'first tab',
    });
  });

  it('remembers photos that were taken out, and that they were put back', async () => {
    await changeDraft(start, 'tab', [{ add: photo('a') }, { remove: 'stored' }]);
    await changeDraft(start, 'tab', [{ drop: 'a' }]);
    expect(await localDraft('claim')).toMatchObject({ photos: [], removed: ['stored'] });
    await changeDraft(start, 'tab', [{ restore: 'stored' }]);
    expect(await localDraft('claim')).toMatchObject({ removed: [] });
  });

  it('keeps what was read on a photo as long as the photo', async () => {
    const kept = { at: '2026-05-03T12:00:00Z', reading: { currency: { value: 'EUR', confidence: 0.9 } } };
    await changeDraft(start, 'tab', [{ add: photo('a') }, { add: photo('b') }]);
    await changeDraft(start, 'tab', [{ reading: { photo_id: 'a', kept } }, { reading: { photo_id: 'b', kept } }]);
    await changeDraft(start, 'tab', [{ typed: { merchant: 'Adler' } }, { drop: 'b' }]);
    expect((await localDraft('claim'))!.readings).toEqual({ a: kept });
  });

  it('leaves nothing behind when it goes', async () => {
    await keepPhoto('a', bytes);
    await changeDraft(start, 'tab', [{ add: photo('a') }]);
    await dropDraft('claim');
    expect(await localDraft('claim')).toBeUndefined();
    expect(await keptPhoto('a')).toBeUndefined();
    const keys = await localDatabase().replica.store.deviceValues.toCollection().primaryKeys();
    expect(keys).toEqual(['seal']); // the key of the database itself
  });

  it('is offered only in its own organisation, the latest first', async () => {
    await changeDraft(start, 'tab', [{ typed: { amount: '1' } }]);
    await new Promise((later) => setTimeout(later, 5));
    await changeDraft({ ...start, id: 'later' }, 'tab', [{ typed: { amount: '2' } }]);
    await changeDraft({ ...start, id: 'elsewhere', organization_id: 'other' }, 'tab', [{ typed: { amount: '3' } }]);
    expect((await localDrafts(organization_id)).map(({ id }) => id)).toEqual(['later', 'claim']);
  });
});
