import type { BlobRemote, PullReply, PullRequest, PushResult } from '../protocol.ts';
import { Replica } from '../replica.ts';
import type { MakeReplica } from './device.ts';
import { Crash } from './network.ts';
import type { StormOptions } from './storm.ts';
import { simTables } from './world.ts';

/** S3 broken: every reply is applied, however old. */
class AppliesAnyReply extends Replica {
  override async applyPull(request: PullRequest, reply: PullReply): Promise<'stale' | 'more' | 'done'> {
    const { sent } = await this.pullRequest();
    return super.applyPull({ ...request, sent }, reply);
  }
}

/** S2 broken: the cursor is stored before its page, and now and then the tab dies in between. */
class StoresTheCursorFirst extends Replica {
  #pages = 0;

  override async applyPull(request: PullRequest, reply: PullReply): Promise<'stale' | 'more' | 'done'> {
    if ((await this.pullRequest()).sent !== request.sent) return 'stale';
    const sent = JSON.stringify(reply.c);
    await this.store.meta.put({ key: 'cursor', value: sent });
    if (++this.#pages % 4 === 0) throw new Crash();
    return super.applyPull({ ...request, sent }, reply);
  }
}

/** S5 broken: what is gone stays. */
class KeepsWhatIsGone extends Replica {
  override applyPull(request: PullRequest, reply: PullReply): Promise<'stale' | 'more' | 'done'> {
    return super.applyPull(request, { ...reply, g: {} });
  }
}

/** S6 and S7 broken: what is not listed again stays. */
class NeverSweeps extends Replica {
  override applyPull(request: PullRequest, reply: PullReply): Promise<'stale' | 'more' | 'done'> {
    const cursor = { ...request.cursor, ...(reply.c.e === undefined ? {} : { e: reply.c.e }) };
    return super.applyPull({ ...request, cursor }, { ...reply, w: [] });
  }
}

/** S1 broken: rows of push replies are believed, whenever they arrive. */
class BelievesPushReplies extends Replica {
  override async applyPush(results: readonly PushResult[]): Promise<void> {
    await super.applyPush(results);
    for (const { row, t } of results.flatMap(({ ops }) => ops ?? [])) if (row && t) await this.table(t).put(row);
  }
}

/** S9 broken: what comes home is painted over what was not sent. */
class ForgetsShadows extends Replica {
  override async applyPull(request: PullRequest, reply: PullReply): Promise<'stale' | 'more' | 'done'> {
    await this.store.shadow.clear();
    return super.applyPull(request, reply);
  }
}

/** S12 broken on the device: an intent is forgotten once it was sent, heard or not. */
class ForgetsWhatItSent extends Replica {
  override async nextBatch(max: number) {
    const batch = await super.nextBatch(max);
    for (const { id } of batch?.mutations ?? []) await this.store.outbox.where({ id }).delete();
    return batch;
  }
}

/** S12 broken in another way: an intent that was not heard of is sent again under another id. */
class RenamesWhatItSends extends Replica {
  override async nextBatch(max: number) {
    for (const { id, seq } of await this.store.outbox.where('state').equals('queued').toArray())
      await this.store.outbox.update(seq!, { id: `${id.slice(0, -4)}${crypto.randomUUID().slice(-4)}` });
    return super.nextBatch(max);
  }
}

/** S13 broken: an applied intent leaves the screen with its verdict. */
class LetsGoAtTheVerdict extends Replica {
  override async applyPush(results: readonly PushResult[]): Promise<void> {
    await super.applyPush(results);
    const acked = await this.store.outbox.where('state').equals('acked').toArray();
    await this.store.outbox.bulkDelete(acked.map(({ seq }) => seq!));
    await this.repaint([...new Set(acked.flatMap(({ rows }) => rows))]);
  }
}

/** S13 broken more finely: any complete pull takes applied intents away, also one that was asked before the verdict. */
class LetsGoAtAnyPull extends Replica {
  override async applyPull(request: PullRequest, reply: PullReply): Promise<'stale' | 'more' | 'done'> {
    const { acked } = await this.pullRequest();
    return super.applyPull({ ...request, acked }, reply);
  }
}

/** S14 broken: refusals are settled like successes. */
class SwallowsRefusals extends Replica {
  override applyPush(results: readonly PushResult[]): Promise<void> {
    return super.applyPush(results.map((result) => ({ ...result, s: 'applied' as const })));
  }
}

/** S15 broken: the photos of a refused intent are thrown away with it. */
class ThrowsPhotosAway extends Replica {
  override async applyPush(results: readonly PushResult[]): Promise<void> {
    await super.applyPush(results);
    const held = await this.store.files.where('state').equals('held').primaryKeys();
    await this.store.bytes.bulkDelete(held);
  }
}

/** S15 broken: the photos of a refused intent go to the store all the same. */
class SendsHeldPhotos extends Replica {
  override async applyPush(results: readonly PushResult[]): Promise<void> {
    await super.applyPush(results);
    await this.store.files.where('state').equals('held').modify({ state: 'waiting' });
  }
}

/** S16 broken: the newest intents go first. */
class SendsTheNewestFirst extends Replica {
  override async nextBatch(max: number) {
    const batch = await super.nextBatch(max);
    return batch && { ...batch, mutations: batch.mutations.reverse() };
  }
}

const by =
  (Faulty: typeof Replica): MakeReplica =>
  (store, now) =>
    new Faulty(store, simTables, now);

/** S18 broken: an upload that was cut off counts as done. */
const believesEveryUpload = (store: BlobRemote): BlobRemote => ({
  ...store,
  upload: (...file) => store.upload(...file).catch(() => undefined),
});

/** Bugs of the engine that a storm must find; each names the promise it breaks. */
export const plantedBugs: Readonly<Record<string, Partial<StormOptions>>> = {
  'push replies are believed (S1)': { makeReplica: by(BelievesPushReplies) },
  'the cursor is stored before its page (S2)': { makeReplica: by(StoresTheCursorFirst) },
  'a reply is applied without comparing cursors (S3)': { makeReplica: by(AppliesAnyReply), weather: { late: 60 } },
  'what is gone stays (S5)': { makeReplica: by(KeepsWhatIsGone) },
  'nothing is swept (S6, S7)': { makeReplica: by(NeverSweeps) },
  'shadows are forgotten (S9)': { makeReplica: by(ForgetsShadows) },
  'the outbox forgets what was sent (S12)': { makeReplica: by(ForgetsWhatItSent) },
  'an intent is sent again under another id (S12)': { makeReplica: by(RenamesWhatItSends) },
  'an applied intent leaves the screen with its verdict (S13)': { makeReplica: by(LetsGoAtTheVerdict) },
  'a pull asked before the verdict takes it away (S13)': { makeReplica: by(LetsGoAtAnyPull), weather: { late: 60 } },
  'refusals are swallowed (S14)': { makeReplica: by(SwallowsRefusals) },
  'photos of refused intents are thrown away (S15)': { makeReplica: by(ThrowsPhotosAway), mood: { files: 10 } },
  'photos of refused intents are sent (S15)': { makeReplica: by(SendsHeldPhotos), mood: { files: 1 } },
  'the newest intents go first (S16)': { makeReplica: by(SendsTheNewestFirst) },
  'an upload that was cut off counts as done (S18)': { betweenFiles: believesEveryUpload, mood: { files: 15 } },
};
