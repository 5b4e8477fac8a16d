-- What people see of the engine room: how their organisation stands with each provider, and where each thing sent is.

insert into access.role_permissions (role, permission)
select r, p
from (values
  ('{owner,admin}', '{integrations:read,integrations:retry,integrations:write}'),
  ('{finance_director,accountant}', '{integrations:read,integrations:retry}'),
  ('{manager,booking}', '{integrations:read}')
) as given (roles, permissions), unnest(roles::text[]) r, unnest(permissions::text[]) p;

create function access.my_permissions() returns table (organization_id uuid, permission text)
language plpgsql stable security definer rows 20 set search_path = '' as $$
begin
  return query
    select distinct r.organization_id, p.permission
    from public.membership_roles r
    join public.memberships m on m.id = r.membership_id and m.status = 'active'
    join access.role_permissions p on p.role = r.role
    where r.user_id = access.me();
end $$;
comment on function access.my_permissions() is 'Everything the caller may do, by organisation: for rows that name the permission they are read with.';
grant execute on function access.my_permissions() to authenticated;

create table public.integrations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  provider text not null references jobs.providers,
  status text not null default 'disconnected' check (status in ('disconnected', 'connected', 'paused', 'needs_attention')),
  account_name text check (length(account_name) <= 200),
  sandbox boolean not null default false,
  connected_at timestamptz,
  connected_by uuid,
  succeeded_at timestamptz,
  error_code text,
  error_at timestamptz,
  next_try_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (organization_id, provider),
  unique (id, organization_id),
  foreign key (connected_by, organization_id) references public.people (id, organization_id) on delete set null (connected_by)
);
comment on table public.integrations is 'An organisation at a provider, as people see it. Written by the engine room and by commands.';
comment on column public.integrations.error_code is 'What ails the provider or the way there, not one thing sent; null once something has gone through.';
create index integrations_provider_idx on public.integrations (provider);
create index integrations_connected_by_idx on public.integrations (connected_by);
alter table public.integrations enable row level security;
select private.stamp('integrations');
-- Its pulse (successes, errors, next tries) would drown the log.
create trigger _900_audit after insert or delete on public.integrations
  for each row execute function private.tg__audit();
create trigger _910_audit_update after update on public.integrations
  for each row when (old.status is distinct from new.status or old.account_name is distinct from new.account_name)
  execute function private.tg__audit();

create table public.deliveries (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  provider text not null references jobs.providers,
  subject_table text not null,
  subject_id uuid not null,
  person_id uuid,
  reader text,
  state text not null check (state in ('queued', 'sending', 'retrying', 'sent', 'failed')),
  tries integer not null default 0,
  next_try_at timestamptz,
  error_code text,
  sent_at timestamptz,
  external_id text check (length(external_id) <= 200),
  external_url text check (length(external_url) <= 2000 and external_url ~ '^https?://'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (subject_id, provider, subject_table),
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete set null (person_id)
);
comment on table public.deliveries is 'Where a thing of ours is on its way to a provider. Written by the queue alone.';
comment on column public.deliveries.reader is 'The permission with which the thing itself is read; null: only who looks after integrations, and the person.';
create index deliveries_organization_id_idx on public.deliveries (organization_id, state);
create index deliveries_provider_idx on public.deliveries (provider);
create index deliveries_person_id_idx on public.deliveries (person_id);
alter table public.deliveries enable row level security;
select private.stamp('deliveries');

-- The desk sees how the organisation stands with its providers.
create policy integrations_select_reader on public.integrations for select to authenticated
  using (organization_id in (select access.my_orgs_with('integrations:read')));
grant select on public.integrations to authenticated;
-- Whoever may read the thing sees where it is; who looks after integrations sees everything on its way.
create policy deliveries_select_person_or_reader on public.deliveries for select to authenticated
  using (person_id in (select access.my_people())
    or organization_id in (select access.my_orgs_with('integrations:read'))
    or (organization_id, reader) in (select mine.organization_id, mine.permission from access.my_permissions() mine));
grant select on public.deliveries to authenticated;

select sync.track('integrations', 'array[sync.staff_scope(r.organization_id)]');
select sync.track('deliveries', 'array[sync.staff_scope(r.organization_id), r.person_id]', '{}', '{subject_id,state}');

create table jobs.subjects (
  table_name text primary key,
  reader text,
  person_column text
);
comment on table jobs.subjects is 'Who may see where a row of this table is on its way. See jobs.shows().';
alter table jobs.subjects enable row level security;

create function jobs.shows(table_name regclass, reader text, person_column text default null) returns void
language plpgsql set search_path = '' as $$
begin
  insert into jobs.subjects values (replace(table_name::text, 'public.', ''), shows.reader, shows.person_column)
  on conflict on constraint subjects_pkey do update set reader = excluded.reader, person_column = excluded.person_column;
end $$;
comment on function jobs.shows(regclass, text, text) is
  'Says with which permission the rows of a table are read, and which column names the person they belong to.';
select jobs.shows('public.expenses', 'expenses:read', 'person_id');
select jobs.shows('public.invitations', 'people:write');
