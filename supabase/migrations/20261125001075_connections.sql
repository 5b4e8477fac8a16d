-- Signing in at a provider: a ticket proves to the function `connect` who asks, and for which organisation.

create table jobs.tickets (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  provider text not null references jobs.providers,
  user_id uuid not null references auth.users on delete cascade,
  expires_at timestamptz not null default now() + interval '10 minutes',
  state uuid unique,
  used_at timestamptz
);
comment on table jobs.tickets is 'One attempt to connect. The ticket opens the way there once, the state the way back once.';
create index tickets_organization_id_idx on jobs.tickets (organization_id);
create index tickets_provider_idx on jobs.tickets (provider);
create index tickets_user_id_idx on jobs.tickets (user_id);
alter table jobs.tickets enable row level security;

create function public.connect_ticket(organization uuid, provider text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  me constant uuid := private.require_me();
  ticket uuid;
begin
  if organization not in (select access.my_orgs_with('integrations:write')) then
    perform sync.refuse('BL403', 'not_permitted');
  elsif not exists (select from jobs.providers p where p.name = connect_ticket.provider and p.connects) then
    perform sync.refuse('BL400', 'unknown_provider');
  end if;
  delete from jobs.tickets t where t.user_id = me and t.expires_at < now();
  insert into jobs.tickets (organization_id, provider, user_id) values (organization, connect_ticket.provider, me)
  returning id into ticket;
  return ticket;
end $$;
comment on function public.connect_ticket(uuid, text) is
  'Opens the way to a provider''s sign-in for ten minutes, once. BL401 signed out, BL403 not_permitted, BL400 unknown_provider.';
grant execute on function public.connect_ticket(uuid, text) to authenticated;

create function worker.begin_connection(ticket uuid) returns table (state uuid, organization_id uuid, provider text)
language plpgsql security definer rows 1 set search_path = '' as $$
begin
  return query update jobs.tickets t set state = gen_random_uuid()
    where t.id = ticket and t.state is null and t.expires_at > now()
    returning t.state, t.organization_id, t.provider;
end $$;
comment on function worker.begin_connection(uuid) is 'Takes a ticket for a state to send along; nothing when it is used or too old.';

create function worker.return_connection(state uuid) returns table (organization_id uuid, provider text, user_id uuid)
language plpgsql security definer rows 1 set search_path = '' as $$
begin
  return query update jobs.tickets t set used_at = now()
    where t.state = return_connection.state and t.used_at is null and t.expires_at > now()
    returning t.organization_id, t.provider, t.user_id;
end $$;
comment on function worker.return_connection(uuid) is 'Whose sign-in has come back; nothing when it came before, or too late.';

create function worker.connect(
  organization uuid, provider text, account_name text, account_id text default null, login uuid default null,
  sandbox boolean default false
) returns uuid language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  lane constant jobs.lanes := jobs.lane_of(connect.provider, connect.organization);
  integration uuid;
begin
  insert into public.integrations (organization_id, provider, status, account_name, sandbox, connected_at, connected_by)
  values (organization, connect.provider, 'connected', left(connect.account_name, 200), connect.sandbox, now(),
    (select p.id from public.people p where p.organization_id = organization and p.user_id = login))
  on conflict (organization_id, provider) do update set status = 'connected', account_name = excluded.account_name,
    sandbox = excluded.sandbox, connected_at = now(), connected_by = excluded.connected_by, error_code = null, error_at = null,
    next_try_at = null
  returning id into integration;
  update jobs.lanes l set held = null, account_id = connect.account_id, failures = 0, trips = 0, open_until = null,
    throttled_until = null
  where l.id = lane.id;
  update jobs.jobs j set run_at = now() where j.lane_id = lane.id and j.state = 'waiting' and j.run_at > now();
  return integration;
end $$;
comment on function worker.connect(uuid, text, text, text, uuid, boolean) is
  'Somebody has signed in over there: what waited leaves. Put the credentials first. Answers the id of the integration.';

create function worker.organizations_of(provider text, account_id text) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return query select l.organization_id from jobs.lanes l
    where l.provider = organizations_of.provider and l.account_id = organizations_of.account_id and l.held is distinct from 'disconnected';
end $$;
comment on function worker.organizations_of(text, text) is 'Whose account it is that a webhook speaks of.';

create function worker.connection(integration uuid) returns table (organization_id uuid, provider text)
language plpgsql stable security definer rows 1 set search_path = '' as $$
begin
  return query select i.organization_id, i.provider from public.integrations i
    where i.id = integration and i.status <> 'disconnected';
end $$;
comment on function worker.connection(uuid) is 'Whose connection a webhook''s address names.';

grant execute on function worker.begin_connection(uuid), worker.return_connection(uuid), worker.organizations_of(text, text),
  worker.connect(uuid, text, text, text, uuid, boolean), worker.connection(uuid)
to service_role;
