import type { StormOptions } from './storm.ts';

/** A bug of the server: what is done to a fresh database, and the mood that brings it out. */
export interface ServerBug extends Partial<StormOptions> {
  readonly sql: string;
}

/** Rewrites a function of the server: what is replaced must be there, so that a bug cannot quietly stop being one. */
const rewritten = (signature: string, from: string, to: string): string => `
  do $plant$
  declare
    was constant text := pg_get_functiondef('${signature}'::regprocedure);
  begin
    if position($from$${from}$from$ in was) = 0 then
      raise exception 'nothing to rewrite in ${signature}';
    end if;
    execute replace(was, $from$${from}$from$, $to$${to}$to$);
  end $plant$;`;

/** Bugs of the server that a storm must find; each names the promise it breaks. */
export const serverBugs: Readonly<Record<string, ServerBug>> = {
  'one table has no row-level security (S4)': { sql: 'alter table public.sim_notes disable row level security' },
  'a policy shows the notes of the whole organisation (S4)': {
    sql: `create policy loose on public.sim_notes for select to authenticated using (organization_id in (select access.my_orgs()))`,
  },
  'ids gone are not told (S5)': {
    sql: rewritten(
      'sync.fetch(sync.candidate[], sync.candidate[])',
      'if cardinality(hidden) > 0',
      'if cardinality(hidden) > 9999',
    ),
  },
  'deletions are not stamped (S5)': { sql: 'drop trigger _800_sync_delete on public.sim_notes' },
  'tours are not scoped anew when people leave (S5)': { sql: 'drop trigger _820_rescope_delete on public.tour_people' },
  'tours are not scoped anew when people join (S4)': { sql: 'drop trigger _820_rescope_insert on public.tour_people' },
  'a lens that changed is not looked at (S6)': {
    sql: rewritten(
      'sync.to_sweep(json, sync.place[], xid8, pg_snapshot)',
      `place.lens is distinct from followed.value ->> 'v'`,
      'place.scope is null',
    ),
    mood: { membership: 6 },
  },
  'a lost place is not swept (S6)': {
    sql: rewritten('sync.to_sweep(json, sync.place[], xid8, pg_snapshot)', 'place.lens is distinct from', `place.lens <>`),
    mood: { membership: 6 },
  },
  'tombstones are collected without naming anybody (S6)': {
    sql: rewritten(
      'sync.collect_garbage(interval, interval)',
      'update sync.meta m set collected_xid = greatest(m.collected_xid, horizon);',
      '',
    ),
    mood: { garbage: 3, desk: 8 },
  },
  'a restore keeps the epoch (S7)': {
    sql: rewritten('sync.rotate_epoch()', 'update sync.meta set epoch = fresh;', ''),
    mood: { backup: 2, restore: 1.5 },
  },
  'base values are not compared (S10)': {
    sql: rewritten(
      'sync.lost_fields(jsonb, jsonb, jsonb, jsonb, jsonb, jsonb)',
      'return array(select distinct k from unnest(lost) k order by k)',
      `return '{}'`,
    ),
    mood: { desk: 8 },
  },
  'a row is deleted whatever was seen of it (S10)': {
    sql: rewritten(
      'sync.apply_delete(jsonb, sync.tables)',
      'if cardinality(changed) > 0',
      'if cardinality(changed) > 9999',
    ),
    mood: { desk: 8 },
  },
  'an approval does not look at what was on screen (S10)': {
    sql: rewritten(
      'commands.step_expense(jsonb, text)',
      `changed := sync.differing(to_jsonb(claim), sync.as_stored('expenses', seen), sync.keys(seen));`,
      `changed := '{}';`,
    ),
  },
  'amount and currency are compared apart (S11)': {
    sql: `update sync.tables set groups = '{}'`,
    mood: { desk: 10 },
  },
  'answers are forgotten (S12)': {
    sql: `create or replace function sync.answered(ids uuid[]) returns jsonb language sql as $$ select '{}'::jsonb $$;
      ${rewritten('sync.remember(uuid, uuid, jsonb)', 'if not found then', 'if false then')}`,
  },
  'a mutation is done by halves (S12)': {
    sql: rewritten(
      'sync.apply_mutation(jsonb)',
      `if jsonb_array_length(mutation -> 'ops') > 1 then`,
      'if false then',
    ),
    mood: { desk: 10 },
  },
  'one refusal takes the whole batch down (S12)': {
    sql: rewritten(
      'sync.try_mutation(jsonb)',
      'return sync.apply_mutation(mutation);',
      `return sync.apply_mutation(mutation) || '{"s": "rejected", "code": "BL400", "msg": "all_or_nothing"}';`,
    ),
  },
  'a batch is done from its end (S16)': {
    sql: rewritten(
      'sync.run_batch(uuid, jsonb, boolean)',
      'select e from jsonb_array_elements(mutations) e loop',
      'select e from jsonb_array_elements(mutations) with ordinality x (e, place) order by place desc loop',
    ),
  },
};
