-- What strangers tell us. It is kept as it came before it is believed or worked on, and each telling is worked on once.

create table jobs.webhook_events (
  id bigint generated always as identity primary key,
  provider text not null references jobs.providers,
  event_id text not null check (length(event_id) between 1 and 300),
  connection_id uuid,
  body text not null check (length(body) <= 1000000),
  received_at timestamptz not null default clock_timestamp(),
  state text not null default 'received' check (state in ('received', 'done', 'ignored')),
  settled_at timestamptz,
  told integer not null default 1,
  job_id bigint,
  constraint webhook_events_settled_has_time check ((state = 'received') = (settled_at is null)),
  unique (provider, event_id)
);
comment on table jobs.webhook_events is 'Verified tellings of providers, raw. `told` counts how often the same one came.';
create index webhook_events_backlog_idx on jobs.webhook_events (provider, received_at) where state = 'received';
alter table jobs.webhook_events enable row level security;

-- The organisation is in the lane of the errand when the provider calls an address of the connection's own. One address for
-- all of them (Xero's apps) leaves it to the errand to say whose news it is.
create function worker.receive(
  provider text, event_id text, body text, organization uuid default null, connection uuid default null
) returns boolean language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  event jobs.webhook_events;
begin
  insert into jobs.webhook_events as e (provider, event_id, connection_id, body)
  values (receive.provider, receive.event_id, connection, receive.body)
  on conflict (provider, event_id) do update set told = e.told + 1
  returning * into event;
  if event.told > 1 then
    return false;
  end if;
  update jobs.webhook_events e set job_id = jobs.enqueue(
    receive.provider || '.webhook', organization, jsonb_build_object('event', event.id), 'event:' || event.id)
  where e.id = event.id;
  return true;
end $$;
comment on function worker.receive(text, text, text, uuid, uuid) is
  'Keeps a verified telling and orders the errand <provider>.webhook with {"event": id}, in one transaction. False: it was told before.';

create function worker.webhook_event(event bigint) returns setof jobs.webhook_events
language plpgsql stable security definer rows 1 set search_path = '' as $$
begin
  return query select * from jobs.webhook_events e where e.id = event;
end $$;
comment on function worker.webhook_event(bigint) is 'One telling, for the errand that works on it.';

create function worker.settle_event(event bigint, outcome text default 'done') returns void
language plpgsql security definer set search_path = '' as $$
begin
  update jobs.webhook_events e set state = outcome, settled_at = now() where e.id = event;
end $$;
comment on function worker.settle_event(bigint, text) is 'Says that a telling has been worked on, or that it meant nothing to us.';

-- Bodies hold names and sums of other people: they go once nobody will ask what exactly was said.
create function worker.tidy() returns integer language plpgsql security definer set search_path = '' as $$
declare
  finished integer;
  told integer;
begin
  delete from jobs.jobs j where j.finished_at < now() - interval '14 days' and j.state in ('done', 'cancelled');
  get diagnostics finished = row_count;
  delete from jobs.webhook_events e where e.settled_at < now() - interval '30 days';
  get diagnostics told = row_count;
  return finished + told;
end $$;
comment on function worker.tidy() is
  'Forgets errands done or given up a fortnight ago and tellings settled a month ago. What is dead stays until somebody has looked.';

grant execute on function worker.receive(text, text, text, uuid, uuid), worker.webhook_event(bigint),
  worker.settle_event(bigint, text), worker.tidy()
to service_role;
