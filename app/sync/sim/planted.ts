import type { PullReply, PullRequest, PushResult } from '../protocol.ts';
import { Replica } from '../replica.ts';
import type { MakeReplica } from './device.ts';
import type { StormOptions } from './storm.ts';
import { simTables } from './world.ts';

/** S3 broken: every reply is applied, however old. */
class AppliesAnyReply extends Replica {
  override async applyPull(request: PullRequest, reply: PullReply): Promise<'stale' | 'more' | 'done'> {
    const { sent } = await this.pullRequest();
    return super.applyPull({ ...request, sent }, reply);
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

/** S14 broken: refusals are settled like successes. */
class SwallowsRefusals extends Replica {
  override applyPush(results: readonly PushResult[]): Promise<void> {
    return super.applyPush(results.map((result) => ({ ...result, s: 'applied' as const })));
  }
}

const by =
  (Faulty: typeof Replica): MakeReplica =>
  (store, now) =>
    new Faulty(store, simTables, now);

/** Bugs a storm must find, and the promise it should find broken. */
export const plantedBugs: Readonly<Record<string, Partial<StormOptions>>> = {
  'a reply is applied without comparing cursors (S3)': { makeReplica: by(AppliesAnyReply), weather: { late: 60 } },
  'nothing is swept (S6, S7)': { makeReplica: by(NeverSweeps) },
  'push replies are believed (S1)': { makeReplica: by(BelievesPushReplies) },
  'shadows are forgotten (S9)': { makeReplica: by(ForgetsShadows) },
  'the outbox forgets what was sent (S12)': { makeReplica: by(ForgetsWhatItSent) },
  'refusals are swallowed (S14)': { makeReplica: by(SwallowsRefusals) },
  'the server forgets what it answered (S12)': {
    beforePush: async (db) => void (await db.query('delete from sync.mutations')),
  },
};
