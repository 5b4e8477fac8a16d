import { singular } from '../gen/render.ts';

/** The migration of a new synced table, ready to be given its own columns. */
export const migrationOf = (
  table: string,
): string => `-- ${sentence(table)}: say here what one of them is in the life of a tour.

create table public.${table} (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  name text not null check (length(btrim(name)) between 1 and 160),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id)
);
comment on table public.${table} is '${singular(table)}: one sentence on what a row stands for.';
create index ${table}_organization_id_idx on public.${table} (organization_id);

alter table public.${table} enable row level security;
select private.stamp('${table}'), private.audit('${table}');

-- Everyone in the organisation sees them.
create policy ${table}_select_member on public.${table} for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Planners add them.
create policy ${table}_insert_planner on public.${table} for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('schedule:write')));
-- Planners change them.
create policy ${table}_update_planner on public.${table} for update to authenticated
  using (organization_id in (select access.my_orgs_with('schedule:write')));
grant select, insert (id, organization_id, name), update (name) on public.${table} to authenticated;

select sync.track('${table}', 'array[r.organization_id]');
`;

/** Its test: every actor, every verb, allowed and refused. */
export const testOf = (table: string): string => `select no_plan();
select tests.stage();
insert into public.${table} (id, organization_id, name) values ('a0000000-0000-4000-a000-000000000001', tests.org(), 'One');

select tests.outcomes('${table}, read', 'select from ${table}',
  '{"1": "owner admin manager artist crew", "0": "stranger suspended revoked nobody", "42501": "anon"}');
select tests.outcomes('${table}, add', $$insert into ${table} (organization_id, name) values (tests.org(), 'Two')$$,
  '{"1": "owner admin manager booking", "42501": "artist crew accountant stranger suspended nobody anon"}');
select tests.outcomes('${table}, change', $$update ${table} set name = 'Uno'$$,
  '{"1": "owner admin manager booking", "0": "artist crew accountant stranger suspended nobody", "42501": "anon"}');
select tests.outcomes('${table}, delete', 'delete from ${table}', '{"42501": "owner artist stranger anon"}');
select tests.outcomes('${table}, forge the author', 'update ${table} set created_by = null', '{"42501": "owner artist anon"}');

select * from finish();
`;

const sentence = (table: string): string => {
  const words = table.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
