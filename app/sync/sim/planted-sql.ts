import { wrongRows, type Bug } from './planted.ts';

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

/** Nothing that makes devices list everything anew, and so heals what the bug has done. */
const calmServer = { restore: 0, garbage: 0, away: 0 };
const toSweep = 'sync.to_sweep(json, sync.place[], xid8, pg_snapshot)';

/** Bugs of the server that a storm must find; each names the promise it breaks. */
export const serverBugs: Readonly<Record<string, Bug>> = {
  'one table has no row-level security (S4)': {
    seed: 1600,
    sql: 'alter table public.sim_notes disable row level security',
    finds: wrongRows,
  },
  'a policy shows the notes of the whole organisation (S4)': {
    seed: 1700,
    sql: `create policy loose on public.sim_notes for select to authenticated using (organization_id in (select access.my_orgs()))`,
    finds: wrongRows,
  },
  'ids gone are not told (S5)': {
    seed: 1800,
    sql: rewritten('sync.fetch(sync.candidate[], sync.candidate[])', 'if cardinality(hidden) > 0', 'if false'),
    mood: calmServer,
    finds: wrongRows,
  },
  'deletions are not stamped (S5)': {
    seed: 1900,
    sql: 'drop trigger _800_sync_delete on public.sim_notes',
    mood: { ...calmServer, desk: 10 },
    wishes: { delete_note: 12 },
    finds: wrongRows,
  },
  'tours are not scoped anew when people leave (S5)': {
    seed: 2000,
    sql: 'drop trigger _820_rescope_delete on public.tour_people',
    mood: { ...calmServer, membership: 0, assignment: 25 },
    finds: wrongRows,
  },
  'tours are not scoped anew when people join (S4)': {
    seed: 2100,
    sql: 'drop trigger _820_rescope_insert on public.tour_people',
    mood: { ...calmServer, membership: 0, assignment: 25 },
    finds: wrongRows,
  },
  'a lens that changed is not looked at (S6)': {
    seed: 2200,
    sql: rewritten(toSweep, `place.lens is distinct from followed.value ->> 'v'`, 'place.scope is null'),
    mood: { ...calmServer, membership: 15 },
    wishes: { add_claim: 30 },
    finds: wrongRows,
  },
  'a lost place is not swept (S6)': {
    seed: 2300,
    sql: rewritten(toSweep, 'place.lens is distinct from', 'place.lens <>'),
    mood: { ...calmServer, membership: 10 },
    finds: wrongRows,
  },
  'tombstones are collected without naming anybody (S6)': {
    seed: 2400,
    sql: rewritten(
      'sync.collect_garbage(interval, interval)',
      'update sync.meta m set collected_xid = greatest(m.collected_xid, horizon);',
      '',
    ),
    mood: { restore: 0, garbage: 5, desk: 12 },
    finds: wrongRows,
  },
  'a restore keeps the epoch (S7)': {
    seed: 2500,
    sql: rewritten('sync.rotate_epoch()', 'update sync.meta set epoch = fresh;', ''),
    mood: { backup: 2, restore: 1.5 },
    finds: wrongRows,
  },
  'base values are not compared (S10)': {
    seed: 2600,
    sql: rewritten(
      'sync.lost_fields(jsonb, jsonb, jsonb, jsonb, jsonb, jsonb)',
      'return array(select distinct k from unnest(lost) k order by k)',
      `return '{}'`,
    ),
    mood: { desk: 12 },
    finds: /S10: .* was overwritten/,
  },
  'a row is deleted whatever was seen of it (S10)': {
    seed: 2700,
    sql: rewritten('sync.apply_delete(jsonb, sync.tables)', 'if cardinality(changed) > 0', 'if false'),
    mood: { desk: 20, restore: 0 },
    wishes: { delete_note: 40, add_note: 40 },
    finds: /S10: .* was deleted/,
  },
  'an approval does not look at what was on screen (S10)': {
    seed: 2801,
    sql: rewritten(
      'commands.step_expense(jsonb, text)',
      `changed := sync.differing(to_jsonb(claim), sync.as_stored('expenses', seen), sync.keys(seen));`,
      `changed := '{}';`,
    ),
    mood: { desk: 30, push: 35, restore: 0, membership: 0, offline: 0, away: 0 },
    wishes: { add_claim: 60, submit: 120, approve: 200, photograph: 0, cancel: 0, reject: 0 },
    finds: /S10: .* was approved/,
  },
  'amount and currency are compared apart (S11)': {
    seed: 2901,
    sql: `update sync.tables set groups = '{}'`,
    mood: { desk: 30, restore: 0 },
    wishes: { change_note: 60 },
    finds: /S10: amount_minor of .* was overwritten/,
  },
  'answers are forgotten (S12)': {
    seed: 3000,
    sql: `create or replace function sync.answered(ids uuid[]) returns jsonb language sql as $$ select '{}'::jsonb $$;
      ${rewritten('sync.remember(uuid, uuid, jsonb)', 'if not found then', 'if false then')}`,
    finds: /S12: .* twice/,
  },
  'a mutation is done by halves (S12)': {
    seed: 3100,
    sql: rewritten('sync.apply_mutation(jsonb)', `if jsonb_array_length(mutation -> 'ops') > 1 then`, 'if false then'),
    mood: { desk: 20, restore: 0 },
    wishes: { two_at_once: 60 },
    finds: /S12: .* times for/,
  },
  'an answer says refused for what was done (S14)': {
    seed: 3200,
    sql: rewritten(
      'sync.try_mutation(jsonb)',
      'return sync.apply_mutation(mutation);',
      `return sync.apply_mutation(mutation) || '{"s": "rejected", "code": "BL400", "msg": "all_or_nothing"}';`,
    ),
    finds: /S12: .* times for/,
  },
  'a batch is done from its end (S16)': {
    seed: 3300,
    sql: rewritten(
      'sync.run_batch(uuid, jsonb, boolean)',
      'select e from jsonb_array_elements(alike.mutations) e loop',
      'select e from jsonb_array_elements(alike.mutations) with ordinality x (e, place) order by place desc loop',
    ),
    finds: /S16: /,
  },
  'what was answered to insertions done together is forgotten (S12)': {
    seed: 3400,
    sql: rewritten('sync.apply_insertions(uuid, jsonb)', 'perform sync.remember_all(client, results);', ''),
    weather: { echo: 20 },
    mood: { push: 40, pull: 40, restore: 0, away: 0 },
    wishes: { add_note: 60, delete_note: 30, add_claim: 0, photograph: 0 },
    finds: /S12: the server judged intent .* twice/,
  },
};
