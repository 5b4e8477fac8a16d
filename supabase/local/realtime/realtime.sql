-- The schema `realtime` as far as broadcast from the database needs it: the same table, functions and row security
-- as on hosted Supabase. Delivery there follows the write-ahead log; here a notification carries the row's id
-- (a notification holds 8,000 bytes, a payload may be larger) and leaves at commit, never before.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin', wanted);
    end if;
  end loop;
end
$$;

create schema if not exists realtime;

create table if not exists realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp not null default now(),
  inserted_at timestamp not null default now(),
  id uuid not null default gen_random_uuid() primary key
);
create index if not exists messages_inserted_at_topic_index
  on realtime.messages (inserted_at desc, topic) where extension = 'broadcast' and private;
create index if not exists messages_inserted_at_idx on realtime.messages (inserted_at);
alter table realtime.messages enable row level security;

-- The topic that a policy on realtime.messages is asked about.
create or replace function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')::text
$$;

-- As on hosted, a message that cannot be stored is a warning: the writer's own transaction must not fail for it.
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void language plpgsql as $$
declare
  message_id uuid := gen_random_uuid();
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (
    message_id,
    case when payload ? 'id' then payload else jsonb_set(payload, '{id}', to_jsonb(message_id)) end,
    event, topic, private, 'broadcast'
  );
exception when others then
  raise warning 'ErrorSendingBroadcastMessage: %', sqlerrm;
end
$$;

create or replace function realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text,
  new record, old record, level text default 'ROW'
) returns void language plpgsql as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  if operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'Unexpected operation type: %', operation;
  end if;
  perform realtime.send(
    jsonb_build_object(
      'old_record', old, 'record', new, 'operation', operation, 'table', table_name, 'schema', table_schema
    ),
    event_name, topic_name
  );
exception when others then
  raise exception 'Failed to process the row: %', sqlerrm;
end
$$;

create or replace function realtime.tg__announce_message() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_notify('realtime_message', new.id::text);
  return null;
end
$$;

do $$
begin
  if not exists (
    select from pg_trigger where tgname = '_500_announce_message' and tgrelid = 'realtime.messages'::regclass
  ) then
    create trigger _500_announce_message after insert on realtime.messages
      for each row when (new.extension = 'broadcast') execute function realtime.tg__announce_message();
  end if;
end
$$;

-- Hosted keeps three days; the gateway calls this at start and every hour.
create or replace function realtime.prune_messages() returns void
language sql security definer set search_path = '' as $$
  delete from realtime.messages where inserted_at < now() - interval '3 days'
$$;
revoke execute on function realtime.prune_messages() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'supabase_realtime_admin') then
    grant usage on schema realtime to supabase_realtime_admin;
    alter table realtime.messages owner to supabase_realtime_admin;
  end if;
  if exists (select from pg_roles where rolname = 'postgres') then
    grant usage on schema realtime to postgres;
    grant all on realtime.messages to postgres;
  end if;
end
$$;

grant usage on schema realtime to anon, authenticated, service_role;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;
grant execute on function
  realtime.topic(), realtime.send(jsonb, text, text, boolean),
  realtime.broadcast_changes(text, text, text, text, text, record, record, text)
to public;
