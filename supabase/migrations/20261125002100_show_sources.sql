-- Where a show was read from: which file, which line, and what the import did, so that a whole import can be taken back
-- and the same file can be read again without doubling anything.

create table public.show_sources (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  import_id uuid not null,
  show_id uuid not null,
  file_name text not null check (btrim(file_name) <> '' and length(file_name) <= 255),
  line integer not null check (line between 1 and 10000000),
  external_id text check (btrim(external_id) <> '' and length(external_id) <= 255),
  made text[] not null default '{}' check (made <@ '{show,venue,tour}'),
  changes jsonb check (jsonb_typeof(changes) = 'object' and length(changes::text) <= 50000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  unique (show_id, import_id),
  foreign key (show_id, organization_id) references public.shows (id, organization_id) on delete cascade
);
comment on table public.show_sources is
  'One line of an imported file: the show it speaks of, what was made for it, and what it changed (field: [before, after]).';
create index show_sources_organization_id_idx on public.show_sources (organization_id, import_id);
alter table public.show_sources enable row level security;
select private.stamp('show_sources'), private.audit('show_sources');

-- Those who read the schedule see where it came from.
create policy show_sources_select_reader on public.show_sources for select to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:read')));
-- Planners import.
create policy show_sources_insert_planner on public.show_sources for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners take an import back.
create policy show_sources_delete_planner on public.show_sources for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, import_id, show_id, file_name, line, external_id, made, changes), delete
  on public.show_sources to authenticated;
select sync.track('show_sources', 'array[sync.staff_scope(r.organization_id)]', '{}', '{import_id,show_id}');

-- Only a show that came into being with its line may go with it; otherwise naming a line would be a way to delete any show.
create function private.tg__made_here() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if 'show' = any (new.made)
    and not exists (select from public.shows s where s.id = new.show_id and s.created_at = now())
  then
    raise exception 'not_made_here' using errcode = 'BL422';
  end if;
  return new;
end $$;
comment on function private.tg__made_here() is 'Refuses BL422 a line that claims a show which was there before it.';
create trigger _300_made_here before insert on public.show_sources
  for each row execute function private.tg__made_here();

-- Planners take back shows that an import made, as long as nothing else refers to them; any other show is cancelled.
create policy shows_delete_planner_imported on public.shows for delete to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write'))
    and exists (select from public.show_sources s where s.show_id = shows.id and 'show' = any (s.made)));
grant delete on public.shows to authenticated;
