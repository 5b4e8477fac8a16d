-- How work is taken and given back. A lease belongs to one worker; whoever lost it can change nothing any more.

-- Fifteen seconds, doubled each time, six hours at most; half of it by chance, so that those who failed together do not return together.
create function jobs.rest_after(attempts integer) returns interval language plpgsql volatile set search_path = '' as $$
begin
  return least(interval '6 hours', interval '15 seconds' * (2 ^ least(greatest(attempts - 1, 0), 20))) * (0.5 + random() / 2);
end $$;
comment on function jobs.rest_after(integer) is 'How long an errand rests after so many attempts.';

-- A worker that died without a word has left the outcome unknown: whoever takes the errand over looks it up first.
create function jobs.recover_leases(at_most integer default 100) returns void language plpgsql set search_path = '' as $$
declare
  lost jobs.jobs;
begin
  for lost in
    select * from jobs.jobs j where j.state = 'running' and j.leased_until <= clock_timestamp()
    order by j.leased_until limit at_most for update skip locked
  loop
    update jobs.jobs j set state = case when j.attempts >= j.max_attempts then 'dead' else 'waiting' end,
      finished_at = case when j.attempts >= j.max_attempts then now() end,
      lease_token = null, leased_until = null, run_at = now(), error_class = 'unknown', error_code = 'lease_expired',
      error_message = 'The worker did not come back.'
    where j.id = lost.id;
  end loop;
end $$;
comment on function jobs.recover_leases(integer) is 'Gives back what expired leases hold; what has no attempts left is dead.';

-- Lanes take turns, so one organisation's three hundred errands do not make another wait. A lane that somebody else is
-- serving is skipped, not waited for.
create function worker.claim(kinds text[], at_most integer default 10, lease_seconds integer default 120)
returns setof jobs.jobs language plpgsql security definer set search_path = '' as $$
declare
  lane jobs.lanes;
  provider jobs.providers;
  room integer;
  taken integer;
  remaining integer := at_most;
begin
  perform jobs.recover_leases();
  for lane in
    select l.* from jobs.lanes l
    where l.held is null
      and (l.open_until is null or l.open_until <= clock_timestamp())
      and (l.throttled_until is null or l.throttled_until <= clock_timestamp())
      and exists (select from jobs.jobs j where j.lane_id = l.id and j.state = 'waiting' and j.run_at <= clock_timestamp()
        and j.kind = any (kinds))
    order by l.served_at nulls first, l.id
    for update skip locked
  loop
    exit when remaining <= 0;
    select * into provider from jobs.providers p where p.name = lane.provider;
    lane := jobs.fill(lane, provider);
    room := least(jobs.room_in(lane, provider), remaining);
    return query
      update jobs.jobs j set state = 'running', attempts = j.attempts + 1, lease_token = gen_random_uuid(),
        leased_until = clock_timestamp() + make_interval(secs => lease_seconds)
      where j.id in (
        select w.id from jobs.jobs w
        where w.lane_id = lane.id and w.state = 'waiting' and w.run_at <= clock_timestamp() and w.kind = any (kinds)
        order by w.run_at, w.id limit room for update skip locked)
      returning j.*;
    get diagnostics taken = row_count;
    perform jobs.spend(lane, taken);
    update jobs.lanes l set served_at = clock_timestamp() where l.id = lane.id and taken > 0;
    remaining := remaining - taken;
  end loop;
end $$;
comment on function worker.claim(text[], integer, integer) is
  'Takes due errands of these kinds under a lease each, as many as their lanes have room for.';

create function jobs.leased(job bigint, lease uuid) returns jobs.jobs language plpgsql set search_path = '' as $$
declare
  mine jobs.jobs;
begin
  select * into mine from jobs.jobs j where j.id = job and j.lease_token = lease and j.state = 'running' for update;
  if mine.id is null then
    perform sync.refuse('BL409', 'lease_lost');
  end if;
  return mine;
end $$;
comment on function jobs.leased(bigint, uuid) is 'The errand, if it is still this worker''s. BL409 lease_lost.';

create function worker.extend(job bigint, lease uuid, lease_seconds integer) returns void
language plpgsql security definer set search_path = '' as $$
declare
  mine constant jobs.jobs := jobs.leased(job, lease);
begin
  update jobs.jobs j set leased_until = clock_timestamp() + make_interval(secs => lease_seconds) where j.id = mine.id;
end $$;
comment on function worker.extend(bigint, uuid, integer) is 'Keeps a lease for longer (pgmq''s set_vt). BL409 lease_lost.';

create function worker.complete(job bigint, lease uuid, result jsonb default '{}', took_ms double precision default null)
returns text language plpgsql security definer set search_path = '' as $$
declare
  mine constant jobs.jobs := jobs.leased(job, lease);
  next_state constant text := case when mine.again then 'waiting' else 'done' end;
begin
  update jobs.jobs j set state = next_state, again = false, lease_token = null, leased_until = null,
    attempts = case when mine.again then 0 else j.attempts end, run_at = case when mine.again then now() else j.run_at end,
    finished_at = case when mine.again then null else now() end, result = coalesce(complete.result, '{}'),
    error_class = null, error_code = null, error_message = null
  where j.id = mine.id;
  perform jobs.note_success(mine.lane_id, took_ms);
  return next_state;
end $$;
comment on function worker.complete(bigint, uuid, jsonb, double precision) is
  'The errand is done. `result` may name external_id and external_url. BL409 lease_lost.';

create function worker.fail(
  job bigint, lease uuid, class text, code text, message text default null, retry_after double precision default null
) returns timestamptz language plpgsql security definer set search_path = '' as $$
declare
  mine constant jobs.jobs := jobs.leased(job, lease);
  -- Whose sign-in ran out, and who is only asked to wait, have not had their turn.
  spent constant boolean := class in ('retry', 'unknown') or (class = 'fatal' and code <> 'sign_in_again');
  over constant boolean := not mine.again and spent and (class = 'fatal' or mine.attempts >= mine.max_attempts);
  asked constant interval := make_interval(secs => least(retry_after, 86400));
  rest constant interval := case when class = 'throttle' then coalesce(asked, interval '1 minute') * (1 + random() / 10)
    else greatest(asked, jobs.rest_after(mine.attempts)) end;
  next_at constant timestamptz := clock_timestamp() + rest;
begin
  update jobs.jobs j set state = case when over then 'dead' else 'waiting' end, again = false,
    lease_token = null, leased_until = null, run_at = case when over then j.run_at else next_at end,
    attempts = case when mine.again then 0 when spent then j.attempts else j.attempts - 1 end,
    finished_at = case when over then now() end,
    error_class = fail.class, error_code = fail.code, error_message = left(fail.message, 1000)
  where j.id = mine.id;
  perform jobs.note_failure(mine.lane_id, class, next_at);
  if class = 'fatal' and code = 'sign_in_again' then
    update jobs.lanes l set held = 'needs_attention' where l.id = mine.lane_id and l.held is null;
  end if;
  return case when over then null else next_at end;
end $$;
comment on function worker.fail(bigint, uuid, text, text, text, double precision) is
  'The errand did not succeed; answers when it is tried again, or null when it is dead. The code sign_in_again holds the lane '
  'until somebody has signed in there anew. BL409 lease_lost.';

create function jobs.requeue(job bigint) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update jobs.jobs j set state = 'waiting', run_at = now(), attempts = 0, finished_at = null
  where j.id = job and j.state in ('waiting', 'dead', 'cancelled');
  return found;
exception when unique_violation then
  return false;
end $$;
comment on function jobs.requeue(bigint) is 'Tries an errand again from the start, now. False when it runs, is done, or its like is waiting already.';

create function jobs.cancel(job bigint) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update jobs.jobs j set state = 'cancelled', finished_at = now() where j.id = job and j.state in ('waiting', 'dead');
  return found;
end $$;
comment on function jobs.cancel(bigint) is 'Gives an errand up. False when it runs or is over: what has left cannot be called back.';

create function worker.enqueue(
  kind text, organization uuid default null, payload jsonb default '{}', dedupe_key text default null,
  subject_table text default null, subject_id uuid default null, run_at timestamptz default now()
) returns bigint language plpgsql security definer set search_path = '' as $$
begin
  return jobs.enqueue(kind, organization, payload, dedupe_key, subject_table, subject_id, run_at);
end $$;
comment on function worker.enqueue(text, uuid, jsonb, text, text, uuid, timestamptz) is 'jobs.enqueue, for edge functions.';

grant execute on function worker.permit(bigint, uuid), worker.claim(text[], integer, integer), worker.extend(bigint, uuid, integer),
  worker.complete(bigint, uuid, jsonb, double precision), worker.fail(bigint, uuid, text, text, text, double precision),
  worker.enqueue(text, uuid, jsonb, text, text, uuid, timestamptz)
to service_role;
