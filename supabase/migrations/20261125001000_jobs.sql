-- The engine room: what is to be asked of strangers. Rows and names follow pgmq where they mean the same (a job is a message,
-- attempts its read_ct, leased_until its vt), so that Supabase Queues may take the place of the table behind these functions.

create schema jobs;
comment on schema jobs is 'Work that needs a stranger: jobs, lanes, credentials, webhooks. No API role may enter.';
revoke all on schema jobs from public;
create schema worker;
comment on schema worker is 'What edge functions may ask of the database. Exposed, and shut to everyone but the service role.';
revoke all on schema worker from public;
grant usage on schema worker to service_role;

create table jobs.providers (
  name text primary key check (name ~ '^[a-z][a-z_]{1,30}$'),
  per_minute integer check (per_minute > 0),
  per_day integer check (per_day > 0),
  at_once integer not null default 4 check (at_once > 0),
  connects boolean not null default true,
  slow_after interval not null default '3 seconds'
);
comment on table jobs.providers is
  'Who is talked to, and how much one organisation may ask of them. `connects`: an organisation signs in there first. Changed by migration only.';
alter table jobs.providers enable row level security;
insert into jobs.providers (name, per_minute, per_day, at_once, connects, slow_after) values
  ('xero', 60, 5000, 5, true, '2 seconds'),
  ('docusign', 50, null, 5, true, '3 seconds'),
  ('adobe_sign', 30, null, 4, true, '3 seconds'),
  ('sharepoint', 600, null, 4, true, '1 second'),
  ('hubdoc', 20, 500, 2, true, '1 second'),
  ('stripe', 600, null, 8, true, '3 seconds'),
  ('razorpay', 300, null, 8, true, '3 seconds'),
  ('twilio', 60, null, 4, true, '1 second'),
  ('sendgrid', 600, null, 8, false, '500 milliseconds'),
  ('web_push', 600, null, 8, false, '1 second'),
  ('mail', 30, null, 1, false, '1 second'),
  ('storage', null, null, 1, false, '5 seconds');

create table jobs.lanes (
  id bigint generated always as identity primary key,
  provider text not null references jobs.providers,
  organization_id uuid references public.organizations on delete cascade,
  held text check (held in ('disconnected', 'paused', 'needs_attention')),
  tokens numeric,
  filled_at timestamptz not null default now(),
  day date not null default (now() at time zone 'UTC')::date,
  asked_today integer not null default 0,
  failures integer not null default 0,
  trips integer not null default 0,
  open_until timestamptz,
  throttled_until timestamptz,
  served_at timestamptz,
  succeeded_at timestamptz,
  slow_ms double precision,
  unique nulls not distinct (provider, organization_id)
);
comment on table jobs.lanes is
  'One organisation at one provider: its tokens, its breaker and whether it is held. No organisation: our own errands.';
comment on column jobs.lanes.open_until is 'The breaker: null closed, ahead open, past half-open (one probe at a time).';
comment on column jobs.lanes.slow_ms is 'How long answers take, as a moving average over about ten.';
create index lanes_organization_id_idx on jobs.lanes (organization_id);
alter table jobs.lanes enable row level security;

create table jobs.jobs (
  id bigint generated always as identity primary key,
  lane_id bigint not null references jobs.lanes on delete cascade,
  kind text not null,
  provider text not null generated always as (split_part(kind, '.', 1)) stored,
  organization_id uuid references public.organizations on delete cascade,
  payload jsonb not null default '{}' check (jsonb_typeof(payload) = 'object' and length(payload::text) <= 100000),
  dedupe_key text check (length(dedupe_key) <= 200),
  subject_table text,
  subject_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'dead', 'cancelled')),
  run_at timestamptz not null default now(),
  attempts integer not null default 0,
  max_attempts integer not null default 12 check (max_attempts between 1 and 50),
  again boolean not null default false,
  lease_token uuid,
  leased_until timestamptz,
  error_class text check (error_class in ('retry', 'throttle', 'unknown', 'fatal')),
  error_code text check (error_code ~ '^[a-z][a-z0-9_]{0,60}$'),
  error_message text check (length(error_message) <= 1000),
  result jsonb not null default '{}',
  enqueued_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint jobs_kind_is_known check (kind ~ '^[a-z][a-z_]*\.[a-z][a-z0-9_]*$'),
  constraint jobs_has_whole_subject check ((subject_table is null) = (subject_id is null)),
  constraint jobs_running_has_lease check ((state = 'running') = (lease_token is not null and leased_until is not null))
);
comment on table jobs.jobs is 'One errand. Its kind is <provider>.<errand>; its payload names rows, it does not copy them.';
comment on column jobs.jobs.again is 'Asked for anew while it ran: what it read may be out of date, so it runs once more.';
create unique index jobs_dedupe_idx on jobs.jobs (kind, organization_id, dedupe_key) nulls not distinct
  where dedupe_key is not null and state in ('waiting', 'running');
create index jobs_waiting_idx on jobs.jobs (lane_id, run_at, id) where state = 'waiting';
create index jobs_running_idx on jobs.jobs (lane_id, leased_until) where state = 'running';
create index jobs_lane_id_idx on jobs.jobs (lane_id);
create index jobs_organization_id_idx on jobs.jobs (organization_id);
create index jobs_subject_idx on jobs.jobs (subject_id, kind) where subject_id is not null;
create index jobs_finished_idx on jobs.jobs (finished_at) where finished_at is not null;
alter table jobs.jobs enable row level security;

-- Where somebody signs in first, nothing leaves before they have.
create function jobs.lane_of(provider text, organization uuid) returns jobs.lanes
language plpgsql set search_path = '' as $$
declare
  found_lane jobs.lanes;
begin
  select * into found_lane from jobs.lanes l
  where l.provider = lane_of.provider and l.organization_id is not distinct from organization;
  if found_lane.id is null then
    insert into jobs.lanes (provider, organization_id, held)
    select p.name, organization, case when p.connects and organization is not null then 'disconnected' end
    from jobs.providers p where p.name = lane_of.provider
    on conflict do nothing;
    select * into found_lane from jobs.lanes l
    where l.provider = lane_of.provider and l.organization_id is not distinct from organization;
  end if;
  if found_lane.id is null then
    perform sync.refuse('BL400', 'unknown_provider', provider);
  end if;
  return found_lane;
end $$;
comment on function jobs.lane_of(text, uuid) is 'The lane of an organisation at a provider, opened when it is asked for first.';

create function jobs.enqueue(
  kind text, organization uuid default null, payload jsonb default '{}', dedupe_key text default null,
  subject_table text default null, subject_id uuid default null, run_at timestamptz default now()
) returns bigint language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  lane constant jobs.lanes := jobs.lane_of(split_part(enqueue.kind, '.', 1), enqueue.organization);
  job bigint;
begin
  insert into jobs.jobs as j (lane_id, kind, organization_id, payload, dedupe_key, subject_table, subject_id, run_at)
  values (lane.id, enqueue.kind, enqueue.organization, enqueue.payload, enqueue.dedupe_key, enqueue.subject_table,
    enqueue.subject_id, enqueue.run_at)
  on conflict (kind, organization_id, dedupe_key) where dedupe_key is not null and state in ('waiting', 'running')
  do update set payload = excluded.payload, again = j.state = 'running',
    -- One that rests after a failure keeps its rest.
    run_at = case when j.attempts = 0 then least(j.run_at, excluded.run_at) else j.run_at end
  returning j.id into job;
  return job;
end $$;
comment on function jobs.enqueue(text, uuid, jsonb, text, text, uuid, timestamptz) is
  'Puts an errand in its lane. With a dedupe key there is at most one open; asked for while it runs, it runs once more with the newer payload.';
