import { reissue, discardNotice } from '../decisions.ts';
import { Chance } from './chance.ts';
import type { SimDatabase } from './database.ts';
import { Deeds } from './deeds.ts';
import { Device, honestReplica, type Talk } from './device.ts';
import { Invariants } from './invariants.ts';
import { nextIntent } from './intents.ts';
import { Ledger } from './ledger.ts';
import { isExpected, sqlRemote, type Wire } from './network.ts';
import { fates, steps, upThere, type Step, type StormOptions, type Tally } from './options.ts';
import { Photos } from './photos.ts';
import { Witness } from './witness.ts';
import { populate, type World } from './world.ts';

/** A storm over a database: people, devices, bad weather; ends in a calm in which everybody must agree. */
export class Storm {
  readonly #db: SimDatabase;
  readonly #options: StormOptions;
  readonly #chance: Chance;
  readonly tally: Tally = {};
  /** The step in progress. */
  step = 0;
  readonly #ledger = new Ledger((what) => this.#count(what));
  readonly #invariants: Invariants;
  readonly #witness: Witness;
  readonly #photos: Photos;
  #world!: World;
  #deeds!: Deeds;
  #devices: Device[] = [];
  #spells = new Map<Device, { until: number; kind: 'offline' | 'away' }>();
  #post: { due: number; arrive: () => Promise<unknown> }[] = [];
  #broken: Error | undefined;
  #numbers = 0;
  #now = Date.parse('2026-06-01T00:00:00Z');

  constructor(db: SimDatabase, options: StormOptions) {
    this.#db = db;
    this.#options = options;
    this.#chance = new Chance(options.seed);
    this.#invariants = new Invariants(db, this.#ledger);
    this.#witness = new Witness(db, this.#ledger);
    this.#photos = new Photos(db, this.#chance);
  }

  /** Runs to the end; throws at the first broken promise, naming step and the command that repeats it. */
  async run(): Promise<Tally> {
    const { seed, steps: last, calmEvery = 400, where } = this.#options;
    const restoreIds = seedIds(this.#chance);
    try {
      await this.#begin();
      for (this.step = 1; this.step <= last; this.step++) await this.#turn(this.step % calmEvery === 0);
      await this.#end();
    } catch (thrown) {
      const again = `npm run sim -- --seed ${seed} --steps ${last} --calm ${calmEvery}${where ? ` --on ${where}` : ''}`;
      const words = `step ${this.step}: ${(thrown as Error).message}\nagain with: ${again}\n${JSON.stringify(this.tally)}`;
      throw new Error(words, { cause: thrown });
    } finally {
      restoreIds();
      for (const device of this.#devices) await device.close();
    }
    return this.tally;
  }

  async #begin(): Promise<void> {
    this.#world = await populate(this.#db, this.#chance);
    await this.#witness.begin();
    this.#deeds = new Deeds(this.#db, this.#chance, this.#world, this.#witness, this.#fresh);
    const owners = [...this.#world.users, this.#world.users[1]!, this.#world.users[0]!];
    this.#devices = owners.map((user_id) => this.#device(user_id));
    for (const device of this.#devices) await device.open();
  }

  readonly #fresh = (): number => ++this.#numbers;

  #device(user_id: string): Device {
    const {
      makeReplica = honestReplica,
      between = (remote) => remote,
      betweenFiles = (store) => store,
    } = this.#options;
    const wire: Wire = {
      heard: (mutations, results) => this.#noting(() => this.#ledger.heard(device, mutations, results)),
      later: (arrive) => void this.#post.push({ due: this.step + 1 + this.#chance.below(300), arrive }),
    };
    const device: Device = new Device({
      user_id,
      remote: between(sqlRemote(this.#db, user_id)),
      blobs: betweenFiles(this.#photos.remote),
      wire,
      makeReplica,
      now: this.#options.now ?? (() => (this.#now += 1_000)),
    });
    return device;
  }

  /** A promise broken inside a request would pass for a failure of the request. */
  #noting(check: () => void): void {
    try {
      check();
    } catch (thrown) {
      this.#broken ??= thrown as Error;
    }
  }

  async #turn(calm: boolean): Promise<void> {
    await this.#deliverPost(this.step);
    await this.#endSpells(this.step);
    const device = this.#chance.pick(this.#devices)!;
    const what = this.#doable(device, this.#chance.weighted({ ...steps, ...this.#options.mood }));
    this.#count(what);
    if (what !== 'cut_off') await this.#acts[what](device);
    await this.#invariants.always(device);
    if (calm) await this.#calm(this.#devices.filter((each) => !this.#spells.has(each)));
    if (this.#broken) throw this.#broken;
  }

  /** Who is cut off still writes; who is away does nothing at all. */
  #doable(device: Device, what: Step): Step | 'cut_off' {
    const spell = this.#spells.get(device)?.kind;
    if (spell === 'away' && !upThere.has(what)) return 'cut_off';
    return spell === 'offline' && ['push', 'pull', 'talk', 'files', 'arrival'].includes(what) ? 'cut_off' : what;
  }

  readonly #acts: Readonly<Record<Step, (device: Device) => Promise<void>>> = {
    intent: (device) => this.#intend(device),
    push: (device) => this.#push(device),
    pull: (device) => this.#pull(device),
    talk: (device) => this.#talk(device),
    unpack: (device) => this.#unpack(device),
    files: (device) => this.#sendFiles(device),
    arrival: (device) => this.#arrive(device),
    crash: (device) => device.crash(),
    notice: (device) => this.#answerNotice(device),
    membership: () => this.#deeds.changeMembership(),
    desk: () => this.#deeds.rewrite(),
    assignment: () => this.#deeds.reassign(),
    backup: () => this.#deeds.backUp(),
    restore: () => this.#restore(),
    garbage: () => this.#deeds.collectGarbage(),
    offline: (device) => this.#goOffline(device),
    away: (device) => this.#goAway(device),
  };

  async #intend(device: Device): Promise<void> {
    const { replica } = device.tab(this.#chance.below(2));
    const wishing = { chance: this.#chance, fresh: this.#fresh, wishes: this.#options.wishes };
    const draft = await nextIntent(replica, device.user_id, wishing);
    if (!draft) return;
    this.#ledger.intended(await replica.write(draft), device, draft.operations);
    this.#photos.taken(device, draft);
    this.#count('intents');
  }

  async #sendFiles(device: Device): Promise<void> {
    const run = device.tab(this.#chance.below(2)).uploads.run();
    await run.catch(() => this.#count('upload_cut_off'));
    await this.#photos.file();
    await this.#photos.kept(device);
  }

  async #push(device: Device): Promise<void> {
    this.#ledger.queued(await device.outbox());
    this.#count(`push_${await this.#exchange(device, 'push')}`);
  }

  #exchange(device: Device, what: Talk): Promise<string> {
    const fate = this.#chance.weighted({ ...fates, ...this.#options.weather });
    this.#count(fate);
    const spared = what === 'talk' ? this.#chance.below(4) : 0;
    return device.exchange(what, this.#chance.below(2), fate, spared);
  }

  /** Late replies arrive, and a tab that waited for one goes on where it was. */
  async #arrive(device: Device): Promise<void> {
    this.#ledger.queued(await device.outbox());
    await device.settleLate();
  }

  /** Everything out and one page home, cut off anywhere in between. */
  async #talk(device: Device): Promise<void> {
    this.#ledger.queued(await device.outbox());
    const outcome = await this.#exchange(device, 'talk');
    this.#count(`talk_${outcome}`);
    if (outcome === 'done') await this.#invariants.nothingForbidden(device);
  }

  async #pull(device: Device): Promise<void> {
    const outcome = await this.#exchange(device, 'pull');
    this.#count(`pull_${outcome}`);
    if (outcome === 'done') await this.#invariants.nothingForbidden(device);
  }

  async #unpack(device: Device): Promise<void> {
    this.#count(`unpack_${await device.unpack(this.#chance.below(2), 1 + this.#chance.below(6))}`);
  }

  async #answerNotice(device: Device): Promise<void> {
    const notice = this.#chance.pick(await device.replica.store.attention.toArray());
    if (!notice) return;
    await this.#photos.heldWithTheirNotice(device);
    if (this.#chance.yes(0.5)) {
      await this.#photos.discarded(device, notice.id);
      await discardNotice(device.replica, notice.id);
      this.#ledger.answered.add(notice.id);
    } else await this.#reissue(device, notice.id);
    await this.#photos.kept(device);
  }

  async #reissue(device: Device, notice: string): Promise<void> {
    const before = new Set((await device.outbox()).map(({ id }) => id));
    const done = await reissue(device.replica, notice).then(
      () => true,
      () => false,
    );
    this.#count(done ? 'reissued' : 'reissue_gone');
    if (done) this.#ledger.answered.add(notice);
    for (const { id, ops } of await device.outbox()) if (!before.has(id)) this.#ledger.intended(id, device, ops);
  }

  async #restore(): Promise<void> {
    const remembered = await this.#deeds.restore();
    if (!remembered) return;
    this.#ledger.restored(remembered);
    this.#witness.restored();
    this.#invariants.restored(this.#devices);
    this.#count('restored');
  }

  /** A day on the road: much is written, nothing is sent. */
  async #goOffline(device: Device): Promise<void> {
    this.#spells.set(device, { kind: 'offline', until: this.step + 100 + this.#chance.below(300) });
    for (let left = 20 + this.#chance.below(100); left > 0; left--) await this.#intend(device);
  }

  /** Ninety days in a drawer: meanwhile tombstones and answers are collected, again and again. */
  async #goAway(device: Device): Promise<void> {
    this.#spells.set(device, { kind: 'away', until: this.step + 100 + this.#chance.below(300) });
    await this.#deeds.collectGarbage();
  }

  async #endSpells(step: number): Promise<void> {
    for (const [device, { until, kind }] of this.#spells) {
      if (until > step) continue;
      if (kind === 'away') await this.#deeds.collectGarbage();
      this.#spells.delete(device);
    }
  }

  async #deliverPost(until: number): Promise<void> {
    const due = this.#post.filter((letter) => letter.due <= until);
    this.#post = this.#post.filter((letter) => letter.due > until);
    for (const { arrive } of due) {
      this.#count('delivered_late');
      await arrive().catch((thrown: unknown) => forgive(thrown));
    }
  }

  async #end(): Promise<void> {
    await this.#endSpells(Infinity);
    await this.#calm(this.#devices);
    await this.#deliverPost(Infinity); // what arrives after everybody was served changes nothing
    await this.#calm(this.#devices);
    if (this.#broken) throw this.#broken;
  }

  /** The weather clears, everybody within reach catches up, and everything is compared. */
  async #calm(devices: readonly Device[]): Promise<void> {
    this.#count('calms');
    for (const device of devices) await this.#arrive(device);
    for (let round = 0; round < 2; round++) for (const device of devices) await this.#catchUp(device);
    for (const device of devices) await this.#compare(device);
    await this.#witness.testify();
  }

  async #catchUp(device: Device): Promise<void> {
    while ((await device.replica.store.files.where('state').equals('waiting').count()) > 0)
      await this.#sendFiles(device);
    this.#ledger.queued(await device.outbox());
    await device.catchUp();
    if (this.#broken) throw this.#broken;
    this.#invariants.caughtUp(device);
  }

  async #compare(device: Device): Promise<void> {
    await this.#invariants.atRest(device);
    await this.#photos.kept(device);
    await this.#photos.heldWithTheirNotice(device);
  }

  #count(what: string): void {
    this.tally[what] = (this.tally[what] ?? 0) + 1;
  }
}

/** A request that arrives late may be refused; nobody waits for it any more. */
function forgive(thrown: unknown): void {
  if (!isExpected(thrown) && (thrown as { code?: string }).code !== 'malformed') throw thrown;
}

/** Ids made on devices come from the seed too, so that a story can be told again. */
function seedIds(chance: Chance): () => void {
  const real = crypto.randomUUID;
  crypto.randomUUID = () => chance.uuid();
  return () => {
    crypto.randomUUID = real;
  };
}
