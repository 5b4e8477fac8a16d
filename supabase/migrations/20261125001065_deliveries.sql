-- How the queue tells: each step of an errand is written on the delivery of its subject and on the integration.

alter table jobs.lanes add column account_id text;
comment on column jobs.lanes.account_id is 'The organisation''s own name for itself over there, by which webhooks speak of it.';
create index lanes_account_id_idx on jobs.lanes (provider, account_id) where account_id is not null;

-- The doubt outlives what happens next: who looks it up and is told to wait must look it up again.
alter table jobs.jobs add column look_first boolean not null default false;
comment on column jobs.jobs.look_first is 'Some try may have succeeded without our hearing of it; true until one has.';

create function jobs.tg__look_first() returns trigger language plpgsql set search_path = '' as $$
begin
  new.look_first := case when new.error_class = 'unknown' then true
    when old.state = 'running' and new.error_class is null then false else old.look_first end;
  return new;
end $$;
comment on function jobs.tg__look_first() is 'Remembers an unknown outcome until the errand is done.';
create trigger _200_look_first before update on jobs.jobs
  for each row when (old.state is distinct from new.state) execute function jobs.tg__look_first();

create or replace function jobs.requeue(job bigint) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update jobs.jobs j set state = 'waiting', run_at = now(), attempts = 0, finished_at = null, error_class = null,
    error_code = null, error_message = null
  where j.id = job and j.state in ('waiting', 'dead', 'cancelled');
  return found;
exception when unique_violation then
  return false;
end $$;

create function jobs.state_for_people(job jobs.jobs) returns text language plpgsql immutable set search_path = '' as $$
begin
  return case job.state
    when 'running' then 'sending' when 'done' then 'sent' when 'waiting' then case when job.error_class is null then 'queued' else 'retrying' end
    else 'failed' end;
end $$;
comment on function jobs.state_for_people(jobs.jobs) is 'The state of an errand in the words of a delivery.';

create function jobs.next_try(job jobs.jobs) returns timestamptz language plpgsql stable set search_path = '' as $$
begin
  return (select nullif(greatest(job.run_at, l.open_until, l.throttled_until, now()), now()) from jobs.lanes l
    where l.id = job.lane_id and job.state = 'waiting');
end $$;
comment on function jobs.next_try(jobs.jobs) is 'When a waiting errand goes out, after its own rest and that of its lane; null: now.';

create function jobs.tell_delivery(job jobs.jobs) returns void language plpgsql set search_path = '' as $$
declare
  subject jobs.subjects;
  person uuid;
begin
  select * into subject from jobs.subjects s where s.table_name = job.subject_table;
  if subject.person_column is not null then
    execute format('select %I from public.%I where id = $1', subject.person_column, subject.table_name)
      into person using job.subject_id;
  end if;
  insert into public.deliveries as d (organization_id, provider, subject_table, subject_id, person_id, reader, state, tries,
    next_try_at, error_code, sent_at, external_id, external_url)
  values (job.organization_id, job.provider, job.subject_table, job.subject_id, person, subject.reader,
    jobs.state_for_people(job), job.attempts, jobs.next_try(job),
    case when job.state = 'cancelled' then 'given_up' else job.error_code end,
    case when job.state = 'done' then now() end,
    left(job.result ->> 'external_id', 200), case when job.result ->> 'external_url' ~ '^https?://' and length(job.result ->> 'external_url') <= 2000 then job.result ->> 'external_url' end)
  on conflict (subject_id, provider, subject_table) do update set state = excluded.state, tries = excluded.tries,
    next_try_at = excluded.next_try_at, error_code = excluded.error_code, sent_at = coalesce(excluded.sent_at, d.sent_at),
    external_id = coalesce(excluded.external_id, d.external_id), external_url = coalesce(excluded.external_url, d.external_url),
    person_id = excluded.person_id, reader = excluded.reader;
end $$;
comment on function jobs.tell_delivery(jobs.jobs) is 'Writes the state of an errand on the delivery of its subject.';

-- One thing they do not accept says nothing about how we stand with them. A pulse an hour is enough.
create function jobs.tell_integration(job jobs.jobs) returns void language plpgsql set search_path = '' as $$
begin
  if job.state = 'done' then
    update public.integrations i set succeeded_at = now(), error_code = null, error_at = null, next_try_at = null
    where i.organization_id = job.organization_id and i.provider = job.provider
      and (i.error_code is not null or i.succeeded_at is null or i.succeeded_at < now() - interval '1 hour');
  elsif job.error_class in ('retry', 'throttle', 'unknown') or job.error_code = 'sign_in_again' then
    update public.integrations i set error_code = job.error_code, error_at = now(), next_try_at = jobs.next_try(job)
    where i.organization_id = job.organization_id and i.provider = job.provider;
  end if;
end $$;
comment on function jobs.tell_integration(jobs.jobs) is 'Writes on the integration whether its provider answers.';

create function jobs.tg__tell() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.organization_id is null then
    return null;
  end if;
  if new.subject_id is not null then
    perform jobs.tell_delivery(new);
  end if;
  if tg_op = 'UPDATE' and old.state = 'running' and new.state <> 'running' then
    perform jobs.tell_integration(new);
  end if;
  return null;
end $$;
comment on function jobs.tg__tell() is 'Tells people of each step of an errand.';
-- Deferred to the end of the transaction, when the lane knows too how long it rests. The queue of triggers keeps their order.
create constraint trigger _500_tell after insert or update on jobs.jobs deferrable initially deferred
  for each row execute function jobs.tg__tell();

create function jobs.tg__tell_held() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.integrations i set status = coalesce(new.held, 'connected')
  where i.organization_id = new.organization_id and i.provider = new.provider and i.status <> coalesce(new.held, 'connected');
  return null;
end $$;
comment on function jobs.tg__tell_held() is 'A lane that is held, or let go, shows on the integration.';
create trigger _500_tell after update on jobs.lanes
  for each row when (old.held is distinct from new.held) execute function jobs.tg__tell_held();
