-- A table that only storms have: everything sync must carry, without the rules of money in the way, and with a command
-- that counts how often it ran (`hits`), so that nothing can be applied twice unseen.
create table if not exists public.sim_notes (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid not null references public.people,
  body text check (length(body) <= 40),
  amount_minor bigint,
  currency char(3),
  hits bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1
);
alter table public.sim_notes enable row level security;
select private.stamp('sim_notes');
create policy sim_notes_select on public.sim_notes for select to authenticated
  using (person_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('desk:read')));
create policy sim_notes_insert on public.sim_notes for insert to authenticated
  with check (person_id in (select access.my_people()));
create policy sim_notes_update on public.sim_notes for update to authenticated
  using (person_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('desk:read')));
create policy sim_notes_delete on public.sim_notes for delete to authenticated
  using (person_id in (select access.my_people()));
grant select, delete, insert (id, organization_id, person_id, body, amount_minor, currency),
  update (body, amount_minor, currency, hits) on public.sim_notes to authenticated;
select sync.track('sim_notes', 'array[sync.staff_scope(r.organization_id), r.person_id]',
  '{"money": ["amount_minor", "currency"]}', '{}');

-- What was really done, in order: a witness that no device and no verdict can talk round.
create schema if not exists sim;
grant usage on schema sim to authenticated;
create table if not exists sim.witness (
  seq bigint generated always as identity primary key,
  deed text not null,
  about text not null,
  id uuid not null,
  token text,
  was jsonb,
  became jsonb
);

create or replace function sim.tg__witness() returns trigger language plpgsql security definer as $$
begin
  insert into sim.witness (deed, about, id, was, became)
  values (lower(tg_op), tg_table_name, coalesce(new.id, old.id), to_jsonb(old), to_jsonb(new));
  return null;
end $$;
create or replace trigger _900_witness after insert or update or delete on public.sim_notes
  for each row execute function sim.tg__witness();
create or replace trigger _900_witness after insert or update or delete on public.expenses
  for each row execute function sim.tg__witness();

create or replace function sim.saw_hit(note uuid, token text) returns void language plpgsql security definer as $$
begin
  insert into sim.witness (deed, about, id, token) values ('hit', 'sim_notes', note, token);
end $$;
grant execute on function sim.saw_hit(uuid, text) to authenticated;

create or replace function commands.sim_notes_hit(op jsonb) returns jsonb language plpgsql as $$
declare
  stored jsonb;
begin
  update public.sim_notes t set hits = hits + 1 where t.id = sync.operation_id(op) returning to_jsonb(t) into stored;
  if stored is null then
    perform sync.refuse_row('sim_notes', sync.operation_id(op));
  end if;
  perform sim.saw_hit(sync.operation_id(op), op -> 'args' ->> 'token');
  return jsonb_build_object('s', 'applied', 't', 'sim_notes', 'row', stored);
end $$;
grant execute on function commands.sim_notes_hit(jsonb) to authenticated;
