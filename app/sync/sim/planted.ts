import type { BlobRemote, PullReply, PullRequest, PushResult } from '../protocol.ts';
import { SyncedReplica, type Batch, type Outcome } from '../synced-replica.ts';
import type { MakeReplica } from './device.ts';
import { Crash } from './network.ts';
import type { StormOptions } from './options.ts';
import { simTables } from './world.ts';

/** S3 broken: every reply is applied, however old. */
class AppliesAnyReply extends SyncedReplica {
  override async applyPull(request: PullRequest, reply: PullReply, following?: boolean): Promise<Outcome> {
    const { sent } = await this.pullRequest();
    return super.applyPull({ ...request, sent }, reply, following);
  }
}

/** S2 broken: the cursor is stored before its page, and now and then the tab dies in between. */
class StoresTheCursorFirst extends SyncedReplica {
  #pages = 0;

  override async applyPull(request: PullRequest, reply: PullReply, following?: boolean): Promise<Outcome> {
    if ((await this.pullRequest()).sent !== request.sent) return 'stale';
    const sent = JSON.stringify(reply.c);
    await this.store.meta.put({ key: 'cursor', value: sent });
    if (++this.#pages % 4 === 0) throw new Crash();
    return super.applyPull({ ...request, sent }, reply, following);
  }
}

/** S5 broken: what is gone stays. */
class KeepsWhatIsGone extends SyncedReplica {
  override applyPull(request: PullRequest, reply: PullReply, following?: boolean): Promise<Outcome> {
    return super.applyPull(request, { ...reply, g: {} }, following);
  }
}

/** S6 and S7 broken: what is not listed again stays. */
class NeverSweeps extends SyncedReplica {
  override applyPull(request: PullRequest, reply: PullReply, following?: boolean): Promise<Outcome> {
    const cursor = { ...request.cursor, ...(reply.c.e === undefined ? {} : { e: reply.c.e }) };
    return super.applyPull({ ...request, cursor }, { ...reply, w: [] }, following);
  }
}

/** S1 broken: rows of push replies are believed, whenever they arrive. */
class BelievesPushReplies extends SyncedReplica {
  override async applyPush(results: readonly PushResult[]): Promise<void> {
    await super.applyPush(results);
    for (const { row, t } of results.flatMap(({ ops }) => ops ?? [])) if (row && t) await this.table(t).put(row);
  }
}

/** S9 broken: what comes home is painted over what was not sent. */
class ForgetsShadows extends SyncedReplica {
  override async applyPull(request: PullRequest, reply: PullReply, following?: boolean): Promise<Outcome> {
    await this.store.shadow.clear();
    return super.applyPull(request, reply, following);
  }
}

/** S12 broken on the device: an intent is forgotten once it was sent, heard or not. */
class ForgetsWhatItSent extends SyncedReplica {
  override async nextBatch(max: number, after?: number) {
    const batch = await super.nextBatch(max, after);
    for (const { id } of batch?.mutations ?? []) await this.store.outbox.where({ id }).delete();
    return batch;
  }
}

/** S12 broken in another way: an intent that was not heard of is sent again under another id. */
class RenamesWhatItSends extends SyncedReplica {
  override async nextBatch(max: number, after?: number) {
    const sent = after ? [] : await this.store.outbox.where('state').equals('queued').toArray();
    for (const { id, seq } of sent)
      await this.store.outbox.update(seq!, { id: `${id.slice(0, -4)}${crypto.randomUUID().slice(-4)}` });
    return super.nextBatch(max, after);
  }
}

/** S13 broken: an applied intent leaves the screen with its verdict. */
class LetsGoAtTheVerdict extends SyncedReplica {
  override async applyPush(results: readonly PushResult[]): Promise<void> {
    await super.applyPush(results);
    const acked = await this.store.outbox.where('state').equals('acked').toArray();
    await this.store.outbox.bulkDelete(acked.map(({ seq }) => seq!));
    await this.repaint([...new Set(acked.flatMap(({ rows }) => rows))]);
  }
}

/** S13 broken more finely: any complete pull takes applied intents away, also one that was asked before the verdict. */
class LetsGoAtAnyPull extends SyncedReplica {
  override async applyPull(request: PullRequest, reply: PullReply, following?: boolean): Promise<Outcome> {
    const { acked } = await this.pullRequest();
    return super.applyPull({ ...request, acked }, reply, following);
  }
}

/** S14 broken: refusals are settled like successes. */
class SwallowsRefusals extends SyncedReplica {
  override applyPush(results: readonly PushResult[]): Promise<void> {
    return super.applyPush(results.map((result) => ({ ...result, s: 'applied' as const })));
  }
}

/** S26 broken: a page that comes while others are kept overtakes them. */
class OvertakesKeptPages extends SyncedReplica {
  override async applyPull(request: PullRequest, reply: PullReply, following?: boolean): Promise<Outcome> {
    const kept = await this.store.pages.toCollection().primaryKeys();
    const pages = await this.store.pages.bulkGet(kept);
    if (!following) await this.store.pages.clear();
    const outcome = await super.applyPull(request, reply, following);
    if (!following)
      await this.store.pages.bulkPut(
        pages.map((page) => page!),
        kept,
      );
    return outcome;
  }
}

/** S26 broken: what is kept does not survive the night. */
class LosesKeptPages extends SyncedReplica {
  override async prepare(): Promise<void> {
    await super.prepare();
    await this.store.pages.clear();
  }
}

/** S15 broken: the photos of a refused intent are thrown away with it. */
class ThrowsPhotosAway extends SyncedReplica {
  override async applyPush(results: readonly PushResult[]): Promise<void> {
    await super.applyPush(results);
    const held = await this.store.files.where('state').equals('held').primaryKeys();
    await this.store.bytes.bulkDelete(held);
  }
}

/** S15 broken: the photos of a refused intent go to the store all the same. */
class SendsHeldPhotos extends SyncedReplica {
  override async applyPush(results: readonly PushResult[]): Promise<void> {
    await super.applyPush(results);
    await this.store.files.where('state').equals('held').modify({ state: 'waiting' });
  }
}

/** S16 broken: the newest intents go first. */
class SendsTheNewestFirst extends SyncedReplica {
  override async nextBatch(max: number, after?: number) {
    const batch = await super.nextBatch(max, after);
    return batch && { ...batch, mutations: batch.mutations.reverse() };
  }
}

/** S36 broken: what was held is let go of when its rows did not come. */
class LetsGoOfWhatItHeld extends SyncedReplica {
  #places: number[] = [];

  override hold(batch: Batch): boolean {
    this.#places.push(...batch.places);
    return super.hold(batch);
  }

  override async release(): Promise<void> {
    await super.release();
    const held = await this.store.outbox.bulkGet(this.#places.splice(0));
    await this.store.outbox.bulkDelete(held.flatMap((intent) => (intent?.state === 'acked' ? [intent.seq!] : [])));
    await this.repaint([...new Set(held.flatMap((intent) => intent?.rows ?? []))]);
  }
}

const by =
  (Faulty: typeof SyncedReplica): MakeReplica =>
  (store, now) =>
    new Faulty(store, simTables, now);

/** S18 broken: an upload that was cut off counts as done. */
const believesEveryUpload = (store: BlobRemote): BlobRemote => ({
  ...store,
  upload: (...file) => store.upload(...file).catch(() => undefined),
});

/** A bug, the mood that brings it out, and how the storm must word what it finds. */
export interface Bug extends Partial<StormOptions> {
  /** What is done to the database, when the bug is the server's. */
  readonly sql?: string;
  readonly finds: RegExp;
}

/** Somebody holds what they should not, or lacks what they should have. */
export const wrongRows = /S[3-7]: .* (holds|went back)| sees \d+ of /;

/** Nobody is cut off, and nothing makes devices list everything anew. */
const noSpells = { restore: 0, away: 0, offline: 0 };

/** Bugs of the engine that a storm must find; each names the promise it breaks. */
export const plantedBugs: Readonly<Record<string, Bug>> = {
  'push replies are believed (S1)': {
    seed: 100,
    makeReplica: by(BelievesPushReplies),
    finds: /S13: .* not shown|S9:|S3: .* went back| sees /,
  },
  'the cursor is stored before its page (S2)': { seed: 200, makeReplica: by(StoresTheCursorFirst), finds: wrongRows },
  'a reply is applied without comparing cursors (S3)': {
    seed: 303,
    steps: 300,
    makeReplica: by(AppliesAnyReply),
    weather: { late: 40 },
    mood: { pull: 50, push: 40, desk: 10, arrival: 14, assignment: 0, membership: 0, ...noSpells },
    wishes: { add_note: 4, hit_note: 150, add_claim: 0, photograph: 0, delete_note: 0 },
    finds: wrongRows,
  },
  'what is gone stays (S5)': { seed: 401, makeReplica: by(KeepsWhatIsGone), finds: wrongRows },
  'nothing is swept (S6, S7)': { seed: 500, makeReplica: by(NeverSweeps), mood: { membership: 6 }, finds: wrongRows },
  'shadows are forgotten (S9)': { seed: 600, makeReplica: by(ForgetsShadows), finds: /S9:|S13:|S6: / },
  'the outbox forgets what was sent (S12)': {
    seed: 700,
    makeReplica: by(ForgetsWhatItSent),
    finds: /let intent|never heard/,
  },
  'an intent is sent again under another id (S12)': {
    seed: 800,
    makeReplica: by(RenamesWhatItSends),
    finds: /let intent|never heard|\d+ times for|S16: a batch left/,
  },
  'an applied intent leaves the screen with its verdict (S13)': {
    seed: 900,
    makeReplica: by(LetsGoAtTheVerdict),
    finds: /S13: .* let intent/,
  },
  'a pull asked before the verdict takes it away (S13)': {
    seed: 1000,
    makeReplica: by(LetsGoAtAnyPull),
    weather: { late: 60 },
    mood: { arrival: 12, away: 0, offline: 0 },
    finds: /S13: /,
  },
  'refusals are swallowed (S14)': { seed: 1100, makeReplica: by(SwallowsRefusals), finds: /S14: / },
  'photos of refused intents are thrown away (S15)': {
    seed: 1200,
    makeReplica: by(ThrowsPhotosAway),
    mood: { files: 10, membership: 5 },
    wishes: { add_claim: 20, photograph: 30 },
    finds: /S15: the bytes/,
  },
  'photos of refused intents are sent (S15)': {
    seed: 1300,
    makeReplica: by(SendsHeldPhotos),
    mood: { files: 1, membership: 5, notice: 8 },
    wishes: { add_claim: 20, photograph: 30 },
    finds: /S15: /,
  },
  'the newest intents go first (S16)': { seed: 1400, makeReplica: by(SendsTheNewestFirst), finds: /S16: / },
  'a page overtakes the ones that are kept (S26)': {
    seed: 1600,
    makeReplica: by(OvertakesKeptPages),
    mood: { desk: 12, unpack: 4, pull: 40 },
    finds: /S3: .* went back|S13: .* let intent| sees \d+ of /,
  },
  'kept pages are lost when the browser closes (S26)': {
    seed: 1700,
    makeReplica: by(LosesKeptPages),
    mood: { crash: 6, unpack: 4 },
    finds: wrongRows,
  },
  'what is held is let go of when its rows did not come (S36)': {
    seed: 1800,
    makeReplica: by(LetsGoOfWhatItHeld),
    mood: { talk: 30, offline: 3 },
    finds: /S13: .* (not shown|let intent)/,
  },
  'an upload that was cut off counts as done (S18)': {
    seed: 1500,
    betweenFiles: believesEveryUpload,
    mood: { files: 15 },
    wishes: { add_claim: 20, photograph: 30 },
    finds: /S18: /,
  },
};
