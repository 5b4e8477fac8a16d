-- An organisation's own choices, by category and key.

create table public.settings (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  category text not null check (category ~ '^[a-z][a-z0-9_]{0,39}$'),
  key text not null check (key ~ '^[a-z][a-z0-9_.]{0,79}$'),
  value jsonb not null check (length(value::text) <= 50000),
  description text check (length(description) <= 500),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (organization_id, category, key)
);
comment on table public.settings is 'One choice of one organisation, such as the per-claim limit or the week''s first day. Never a secret.';

alter table public.settings enable row level security;
select private.stamp('settings');

-- Members work by their organisation's settings, so they can read them.
create policy settings_select_member on public.settings for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Those who run the organisation make a choice.
create policy settings_insert_writer on public.settings for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('settings:write')));
-- They change it.
create policy settings_update_writer on public.settings for update to authenticated
  using (organization_id in (select access.my_orgs_with('settings:write')));
-- They return to the default by removing it.
create policy settings_delete_writer on public.settings for delete to authenticated
  using (organization_id in (select access.my_orgs_with('settings:write')));
grant select, insert (id, organization_id, category, key, value, description), update (value, description), delete
  on public.settings to authenticated;
