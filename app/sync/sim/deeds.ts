import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Chance } from './chance.ts';
import type { SimDatabase } from './database.ts';
import { unique, type Witness } from './witness.ts';
import { grant, type World } from './world.ts';

/** What happens on the server past every device: desks with direct access, roles, upkeep, restores. */
export class Deeds {
  readonly #db: SimDatabase;
  readonly #chance: Chance;
  readonly #world: World;
  readonly #witness: Witness;
  readonly #fresh: () => number;
  #backedUp = false;

  constructor(db: SimDatabase, chance: Chance, world: World, witness: Witness, fresh: () => number) {
    this.#db = db;
    this.#chance = chance;
    this.#world = world;
    this.#witness = witness;
    this.#fresh = fresh;
  }

  /** Roles come and go, people are suspended and come back. */
  async changeMembership(): Promise<void> {
    const others = this.#world.members.filter((_, at) => at !== 0 && at !== 6); // somebody must own each organisation
    const member = this.#chance.pick(others)!;
    const role = this.#chance.pick(['staff', 'crew', 'booking', 'manager', 'finance_director'])!;
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

  /** Changes or deletes notes under everybody's feet. */
  async rewrite(): Promise<void> {
    const note = await this.#one('sim_notes');
    const { body, amount_minor } = unique(this.#fresh());
    const what = this.#chance.weighted({ remove: 2, body: 4, amount: 3, currency: 3, claim: 4 });
    if (what === 'claim') return this.#reprice(amount_minor);
    if (!note) return;
    if (what === 'remove') await this.#remove(note);
    if (what === 'body') await this.#overwrite(note, 'body', body);
    if (what === 'amount') await this.#overwrite(note, 'amount_minor', amount_minor);
    if (what === 'currency')
      await this.#db.query(`update public.sim_notes set currency = $2 where id = $1`, [
        note,
        this.#chance.pick(['EUR', 'USD', 'SEK']),
      ]);
  }

  async #remove(note: string): Promise<void> {
    this.#witness.deskDid(`${note}:deleted`);
    await this.#db.query(`delete from public.sim_notes where id = $1`, [note]);
  }

  async #overwrite(note: string, column: string, value: string | number): Promise<void> {
    this.#witness.deskDid(`${note}:${value}`);
    await this.#db.query(`update public.sim_notes set ${column} = $2 where id = $1`, [note, value]);
  }

  /** A claim that waits for its approval is no longer what its approver has on screen. */
  async #reprice(amount_minor: number): Promise<void> {
    const claim = await this.#one('expenses', `and status = 'submitted'`);
    if (!claim) return;
    this.#witness.deskDid(`${claim}:${amount_minor}`);
    await this.#db.query('update public.expenses set amount_minor = $2 where id = $1', [claim, amount_minor]);
  }

  /** Puts people on tours and takes them off, moves shows between tours, and strikes them from the books. */
  async reassign(): Promise<void> {
    const what = this.#chance.weighted({ join: 4, leave: 3, move: 3, strike: 1, enter: 2 });
    const [tour, show, place] = [await this.#one('tours'), await this.#one('shows'), await this.#one('tour_people')];
    const { person_id } = this.#chance.pick(this.#world.members)!;
    const id = this.#chance.uuid();
    const run: Record<typeof what, () => Promise<unknown>> = {
      join: () => this.#db.query(JOIN, [id, tour, person_id]),
      leave: () => this.#db.query('delete from public.tour_people where id = $1', [place]),
      move: () => this.#db.query(MOVE, [show, tour]),
      strike: () => this.#db.query('delete from public.shows where id = $1', [show]),
      enter: () => this.#db.query(ENTER, [id, tour]),
    };
    await run[what]();
  }

  async #one(table: string, fit = ''): Promise<string | undefined> {
    const sql = `select id from public.${table} where organization_id = any ($1) ${fit} order by id`;
    return this.#chance.pick(await this.#db.query<{ id: string }>(sql, [this.#world.organizations]))?.id;
  }

  /** Collects tombstones as if a month had passed since the last of them, and answers as if it were three. */
  async collectGarbage(): Promise<void> {
    await this.#db.query(`select sync.collect_garbage('0 days', '0 days')`);
  }

  async backUp(): Promise<void> {
    const laid = await this.#db.query(`select from pg_namespace where nspname = 'backup'`);
    if (!laid.length) await this.#db.exec(readFileSync(fileURLToPath(new URL('backup.sql', import.meta.url)), 'utf8'));
    await this.#db.query('select backup.take()');
    this.#backedUp = true;
  }

  /** Brings the last backup back; answers the mutations the server still remembers, or nothing without a backup. */
  async restore(): Promise<Set<string> | undefined> {
    if (!this.#backedUp) return undefined;
    await this.#db.query('select backup.restore()');
    const remembered = await this.#db.query<{ id: string }>('select id from sync.mutations');
    return new Set(remembered.map(({ id }) => id));
  }
}

const JOIN = `insert into public.tour_people (id, organization_id, tour_id, person_id, part)
  select $1, t.organization_id, t.id, p.id, 'drums' from public.tours t
  join public.people p on p.organization_id = t.organization_id where t.id = $2 and p.id = $3 on conflict do nothing`;
const MOVE = `update public.shows s set tour_id = t.id from public.tours t
  where s.id = $1 and t.id = $2 and t.organization_id = s.organization_id`;
const ENTER = `insert into public.shows (id, organization_id, tour_id, title, show_date, time_zone)
  select $1, t.organization_id, t.id, 'Added', '2026-03-20', 'Europe/Berlin' from public.tours t where t.id = $2`;
