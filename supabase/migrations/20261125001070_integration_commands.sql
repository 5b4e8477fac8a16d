-- What people may do about it. All of it is a wish that may be made on a plane; only signing in over there needs the network.

create function private.integration_for(op jsonb, permission text) returns public.integrations
language plpgsql security definer set search_path = '' as $$
declare
  found_row public.integrations;
begin
  select * into found_row from public.integrations i where i.id = sync.operation_id(op)
    and i.organization_id in (select access.my_orgs_with('integrations:read')) for update;
  if found_row.id is null then
    perform sync.refuse('BL404', 'gone');
  elsif found_row.organization_id not in (select access.my_orgs_with(permission)) then
    perform sync.refuse('BL403', 'not_permitted');
  end if;
  return found_row;
end $$;
comment on function private.integration_for(jsonb, text) is 'The integration a command is about. BL404 gone, BL403 not_permitted.';

create function private.integration_now(integration uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('s', 'applied', 't', 'integrations', 'row', to_jsonb(i)) from public.integrations i where i.id = integration);
end $$;
comment on function private.integration_now(uuid) is 'The answer of a command: the integration as it is now.';

create function private.hold_integration(integration public.integrations, reason text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform jobs.lane_of(integration.provider, integration.organization_id);
  update jobs.lanes l set held = reason where l.organization_id = integration.organization_id and l.provider = integration.provider;
  update public.integrations i set status = coalesce(reason, 'connected')
  where i.id = integration.id and i.status <> coalesce(reason, 'connected');
end $$;
comment on function private.hold_integration(public.integrations, text) is 'Holds the lane of an integration, or lets it go.';

create function commands.integrations_pause(op jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  integration constant public.integrations := private.integration_for(op, 'integrations:write');
begin
  if integration.status in ('connected', 'needs_attention') then
    perform private.hold_integration(integration, 'paused');
  end if;
  return private.integration_now(integration.id);
end $$;
comment on function commands.integrations_pause(jsonb) is 'Nothing leaves for this provider until it is resumed; what is to be sent waits.';

-- Whoever signed out over there meanwhile is found out by the first errand, and asked to sign in.
create function commands.integrations_resume(op jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  integration constant public.integrations := private.integration_for(op, 'integrations:write');
begin
  if integration.status = 'paused' then
    perform private.hold_integration(integration, null);
  elsif integration.status <> 'connected' then
    perform sync.refuse('BL422', 'not_connected');
  end if;
  return private.integration_now(integration.id);
end $$;
comment on function commands.integrations_resume(jsonb) is 'Lets go what waited. BL422 not_connected.';

create function commands.integrations_disconnect(op jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  integration constant public.integrations := private.integration_for(op, 'integrations:write');
begin
  perform private.hold_integration(integration, 'disconnected');
  perform worker.drop_credentials(integration.organization_id, integration.provider);
  update jobs.lanes l set account_id = null where l.organization_id = integration.organization_id and l.provider = integration.provider;
  update public.integrations i set account_name = null, connected_at = null, connected_by = null, error_code = null,
    error_at = null, next_try_at = null
  where i.id = integration.id and i.account_name is not null;
  return private.integration_now(integration.id);
end $$;
comment on function commands.integrations_disconnect(jsonb) is 'Forgets the sign-in. What waits stays and goes out should somebody connect again.';

-- An open breaker lets one through to see; a provider that asked us to wait is not asked before its time.
create function commands.integrations_retry(op jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  integration constant public.integrations := private.integration_for(op, 'integrations:retry');
  lane constant jobs.lanes := jobs.lane_of(integration.provider, integration.organization_id);
begin
  update jobs.lanes l set open_until = now() where l.id = lane.id and l.open_until > now();
  update jobs.jobs j set run_at = now() where j.lane_id = lane.id and j.state = 'waiting' and j.run_at > now();
  perform jobs.requeue(j.id) from jobs.jobs j where j.lane_id = lane.id and j.state = 'dead' and j.error_class <> 'fatal';
  update public.integrations i set next_try_at = null where i.id = integration.id and i.next_try_at is not null;
  return private.integration_now(integration.id);
end $$;
comment on function commands.integrations_retry(jsonb) is 'Tries everything that waits for this provider now, and what was given up because it did not answer.';

create function private.delivery_for(op jsonb) returns public.deliveries
language plpgsql security definer set search_path = '' as $$
declare
  delivery public.deliveries;
begin
  select * into delivery from public.deliveries d where d.id = sync.operation_id(op)
    and (d.organization_id in (select access.my_orgs_with('integrations:read')) or d.person_id in (select access.my_people())) for update;
  if delivery.id is null then
    perform sync.refuse('BL404', 'gone');
  elsif delivery.organization_id not in (select access.my_orgs_with('integrations:retry')) then
    perform sync.refuse('BL403', 'not_permitted');
  end if;
  return delivery;
end $$;
comment on function private.delivery_for(jsonb) is 'The delivery a command is about. BL404 gone, BL403 not_permitted.';

create function private.delivery_job(delivery public.deliveries) returns bigint
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select j.id from jobs.jobs j
    where j.subject_id = delivery.subject_id and j.subject_table = delivery.subject_table
      and j.organization_id = delivery.organization_id and j.provider = delivery.provider
    order by j.state in ('waiting', 'running') desc, j.id desc limit 1);
end $$;
comment on function private.delivery_job(public.deliveries) is 'The errand behind a delivery: the open one, else the latest.';

create function private.delivery_now(delivery uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('s', 'applied', 't', 'deliveries', 'row', to_jsonb(d)) from public.deliveries d where d.id = delivery);
end $$;
comment on function private.delivery_now(uuid) is 'The answer of a command: the delivery as it is now.';

create function commands.deliveries_retry(op jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  delivery constant public.deliveries := private.delivery_for(op);
begin
  -- One that was sent meanwhile, or is being sent, has what was wished for.
  if not jobs.requeue(private.delivery_job(delivery)) and delivery.state = 'failed' then
    perform sync.refuse('BL422', 'nothing_to_retry');
  end if;
  set constraints jobs._500_tell immediate;
  return private.delivery_now(delivery.id);
end $$;
comment on function commands.deliveries_retry(jsonb) is 'Tries one thing again from the start, now. BL422 nothing_to_retry.';

create function commands.deliveries_cancel(op jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  delivery constant public.deliveries := private.delivery_for(op);
begin
  if not coalesce(jobs.cancel(private.delivery_job(delivery)), false) and delivery.error_code is distinct from 'given_up' then
    perform sync.refuse('BL422', 'left_already');
  end if;
  set constraints jobs._500_tell immediate;
  return private.delivery_now(delivery.id);
end $$;
comment on function commands.deliveries_cancel(jsonb) is 'Gives one thing up, to be done by hand. BL422 left_already.';

grant execute on function commands.integrations_pause(jsonb), commands.integrations_resume(jsonb),
  commands.integrations_disconnect(jsonb), commands.integrations_retry(jsonb), commands.deliveries_retry(jsonb),
  commands.deliveries_cancel(jsonb)
to authenticated;
