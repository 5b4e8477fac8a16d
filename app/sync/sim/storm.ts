import { refusal, weather } from '../../kernel/failure.ts';
import { discardNotice, reissue } from '../decisions.ts';
import type { BlobRemote, PushResult } from '../protocol.ts';
import { Chance } from './chance.ts';
import type { SimDatabase } from './database.ts';
import { Device, honestReplica, type MakeReplica } from './device.ts';
import { Invariants } from './invariants.ts';
import { nextIntent } from './intents.ts';
import { sqlRemote, type Fate } from './network.ts';
import { grant, populate, type World } from './world.ts';

/** What to do, how long, and which bug to plant. */
export interface StormOptions {
  readonly seed: number;
  readonly steps: number;
  readonly makeReplica?: MakeReplica;
  /** Done to the server before every push; a planted bug lives here. */
  readonly beforePush?: (db: SimDatabase) => Promise<void>;
  /** Weights of fates other than the usual ones. */
  readonly weather?: Partial<Record<Fate, number>>;
  /** Steps between two calms in which everything is compared. */
  readonly calmEvery?: number;
}

/** What happened, for the record. */
export type Tally = Record<string, number>;

const fates: Readonly<Record<Fate, number>> = {
  delivered: 70,
  request_lost: 6,
  reply_lost: 6,
  twice: 3,
  late: 5,
  busy: 2,
  expired: 2,
  crash: 6,
};

const steps = {
  intent: 42,
  push: 22,
  pull: 22,
  files: 5,
  arrival: 3,
  crash: 2,
  notice: 3,
  membership: 2,
  desk: 2,
  restore: 0.4,
  garbage: 0.8,
} as const;

/** A storm over a database: people, devices, bad weather; ends in a calm in which everybody must agree. */
export class Storm {
  readonly #db: SimDatabase;
  readonly #options: StormOptions;
  readonly #chance: Chance;
  readonly tally: Tally = {};
  #world!: World;
  #devices: Device[] = [];
  #invariants!: Invariants;
  #now = Date.parse('2026-06-01T00:00:00Z');

  constructor(db: SimDatabase, options: StormOptions) {
    this.#db = db;
    this.#options = options;
    this.#chance = new Chance(options.seed);
  }

  /** Runs to the end; throws at the first broken promise, naming seed and step. */
  async run(): Promise<Tally> {
    const restoreIds = seedIds(this.#chance);
    try {
      await this.#begin();
      for (let step = 1; step <= this.#options.steps; step++) await this.#guarded(step);
      await this.#calm();
    } catch (thrown) {
      throw new Error(`seed ${this.#options.seed}, ${JSON.stringify(this.tally)}: ${(thrown as Error).message}`, {
        cause: thrown,
      });
    } finally {
      restoreIds();
      for (const device of this.#devices) await device.close();
    }
    return this.tally;
  }

  async #begin(): Promise<void> {
    this.#world = await populate(this.#db, this.#chance);
    this.#invariants = new Invariants(this.#db, (what) => this.#count(what));
    const owners = [...this.#world.users, this.#world.users[1]!, this.#world.users[0]!];
    this.#devices = owners.map((user_id) => this.#device(user_id));
    for (const device of this.#devices) await device.open();
  }

  #device(user_id: string): Device {
    const remote = sqlRemote(this.#db, user_id);
    const push: typeof remote.push = async (client, mutations) => {
      await this.#options.beforePush?.(this.#db);
      return remote.push(client, mutations);
    };
    return new Device({
      user_id,
      remote: { pull: remote.pull, push },
      blobs: this.#blobs(),
      heard: (results: PushResult[]) => this.#invariants.heard(results),
      makeReplica: this.#options.makeReplica ?? honestReplica,
      now: () => (this.#now += 1_000),
    });
  }

  /** A file store that forgets requests, and refuses a file now and then. */
  #blobs(): BlobRemote {
    return {
      upload: async (bucket, path) => {
        if (this.#chance.yes(0.2)) throw weather('offline', 'the upload was cut off');
        if (this.#chance.yes(0.1)) throw refusal('file_not_accepted', 'the store does not like it');
        await this.#db.query(`insert into storage.objects (bucket_id, name) values ($1, $2) on conflict do nothing`, [
          bucket,
          path,
        ]);
      },
      download: async () => undefined,
    };
  }

  async #guarded(step: number): Promise<void> {
    const { calmEvery = 400 } = this.#options;
    try {
      await this.#step();
      if (step % calmEvery === 0) await this.#calm();
    } catch (thrown) {
      throw new Error(`step ${step}: ${(thrown as Error).message}`, { cause: thrown });
    }
  }

  async #step(): Promise<void> {
    const device = this.#chance.pick(this.#devices)!;
    const what = this.#chance.weighted(steps);
    this.#count(what);
    await this.#acts[what](device);
    if (this.#chance.yes(0.25)) await this.#invariants.unsettledIsVisible(device);
  }

  readonly #acts: Readonly<Record<keyof typeof steps, (device: Device) => Promise<void>>> = {
    intent: (device) => this.#intend(device),
    push: async (device) => this.#count(`push_${await this.#exchange(device, 'push')}`),
    pull: (device) => this.#pull(device),
    files: (device) => this.#sendFiles(device),
    arrival: async (device) => {
      await device.settleLate();
      await this.#invariants.neverBackInTime(device);
    },
    crash: (device) => device.crash(),
    notice: (device) => this.#answerNotice(device),
    membership: () => this.#changeMembership(),
    desk: () => this.#interfere(),
    restore: async () => void (await this.#db.query('select sync.rotate_epoch()')),
    garbage: async () => void (await this.#db.query(`select sync.collect_garbage('0 days', '0 days')`)),
  };

  async #intend(device: Device): Promise<void> {
    const { replica } = device.tab(this.#chance.below(2));
    const draft = await nextIntent(replica, device.user_id, this.#chance);
    if (!draft) return;
    this.#invariants.intended(await replica.write(draft), device, draft);
    this.#count('intents');
  }

  async #sendFiles(device: Device): Promise<void> {
    await device
      .tab(this.#chance.below(2))
      .uploads.run()
      .catch(() => this.#count('upload_cut_off'));
  }

  #exchange(device: Device, what: 'push' | 'pull'): Promise<string> {
    const fate = this.#chance.weighted({ ...fates, ...this.#options.weather });
    this.#count(fate);
    return device.exchange(what, this.#chance.below(2), fate);
  }

  async #pull(device: Device): Promise<void> {
    const outcome = await this.#exchange(device, 'pull');
    this.#count(`pull_${outcome}`);
    await this.#invariants.neverBackInTime(device);
    if (outcome === 'done' && this.#chance.yes(0.3)) await this.#invariants.nothingForbidden(device);
  }

  async #answerNotice(device: Device): Promise<void> {
    const notice = this.#chance.pick(await device.replica.store.attention.toArray());
    if (!notice) return;
    this.#invariants.answered(notice.id);
    if (this.#chance.yes(0.5)) return discardNotice(device.replica, notice.id);
    const before = new Set((await device.queued()).map(({ id }) => id));
    await reissue(device.replica, notice.id).catch(() => this.#count('reissue_gone'));
    for (const intent of await device.queued())
      if (!before.has(intent.id)) this.#invariants.reissued(intent.id, device, intent);
    this.#count('reissued');
  }

  /** Roles come and go, people are suspended and come back. */
  async #changeMembership(): Promise<void> {
    const others = this.#world.members.filter((_, at) => at !== 0 && at !== 6); // somebody must own each organisation
    const member = this.#chance.pick(others)!;
    const role = this.#chance.pick(['staff', 'crew', 'manager', 'finance_director'])!;
    const change = this.#chance.weighted({ grant: 3, revoke: 3, suspend: 2, resume: 4 });
    const status = `update public.memberships set status = $2 where id = $1`;
    if (change === 'grant') await grant(this.#db, this.#chance.uuid(), member, role);
    if (change === 'revoke')
      await this.#db.query(`delete from public.membership_roles where membership_id = $1 and role = $2`, [
        member.membership_id,
        role,
      ]);
    if (change === 'suspend') await this.#db.query(status, [member.membership_id, 'suspended']);
    if (change === 'resume') await this.#db.query(status, [member.membership_id, 'active']);
  }

  /** Somebody with direct access changes or deletes notes under everybody's feet. */
  async #interfere(): Promise<void> {
    const notes = await this.#db.query<{ id: string }>(
      `select id from public.sim_notes where organization_id = any ($1) order by id`,
      [this.#world.organizations],
    );
    const note = this.#chance.pick(notes);
    if (!note) return;
    if (this.#chance.yes(0.3)) await this.#db.query(`delete from public.sim_notes where id = $1`, [note.id]);
    else await this.#db.query(`update public.sim_notes set body = 'desk', amount_minor = 7 where id = $1`, [note.id]);
  }

  /** The weather clears, everybody catches up, and everything is compared. */
  async #calm(): Promise<void> {
    this.#count('calms');
    for (const device of this.#devices) await device.settleLate();
    for (let round = 0; round < 2; round++)
      for (const device of this.#devices) {
        while ((await device.replica.store.files.where('state').equals('waiting').count()) > 0)
          await this.#sendFiles(device);
        await device.tab(0).exchange.cycle();
      }
    for (const device of this.#devices) await this.#invariants.atRest(device);
    await this.#invariants.onTheServer(this.#world);
  }

  #count(what: string): void {
    this.tally[what] = (this.tally[what] ?? 0) + 1;
  }
}

/** Ids made on devices come from the seed too, so that a story can be told again. */
function seedIds(chance: Chance): () => void {
  const real = crypto.randomUUID;
  crypto.randomUUID = () => chance.uuid();
  return () => {
    crypto.randomUUID = real;
  };
}
