-- How much a lane may ask: a bucket for the minute, a counter for the day, leases for what runs at once, and a breaker.

-- A third of the minute may go at once and two thirds flow back within it, so no sixty seconds ever hold more than the limit.
create function jobs.burst(per_minute integer) returns numeric language plpgsql immutable set search_path = '' as $$
begin
  return greatest(1, floor(per_minute / 3.0));
end $$;
comment on function jobs.burst(integer) is 'How many calls a rested lane may make at once.';

create function jobs.fill(lane jobs.lanes, provider jobs.providers) returns jobs.lanes
language plpgsql stable set search_path = '' as $$
declare
  burst constant numeric := jobs.burst(provider.per_minute);
  today constant date := (now() at time zone 'UTC')::date;
  rested constant numeric := greatest(0, extract(epoch from clock_timestamp() - lane.filled_at));
begin
  lane.tokens := least(burst, coalesce(lane.tokens, burst) + rested * (provider.per_minute - burst) / 60);
  lane.filled_at := clock_timestamp();
  if lane.day <> today then
    lane.day := today;
    lane.asked_today := 0;
  end if;
  return lane;
end $$;
comment on function jobs.fill(jobs.lanes, jobs.providers) is 'The lane with the tokens that have flowed back, and a new day''s counter.';

create function jobs.breaker(lane jobs.lanes) returns text language plpgsql stable set search_path = '' as $$
begin
  return case when lane.open_until is null then 'closed' when lane.open_until > clock_timestamp() then 'open' else 'half_open' end;
end $$;
comment on function jobs.breaker(jobs.lanes) is 'closed, open (nobody asks) or half_open (one probe asks).';

create function jobs.room_in(lane jobs.lanes, provider jobs.providers) returns integer
language plpgsql stable set search_path = '' as $$
declare
  running constant integer := (select count(*) from jobs.jobs j
    where j.lane_id = lane.id and j.state = 'running' and j.leased_until > clock_timestamp());
begin
  if lane.held is not null or lane.throttled_until > clock_timestamp() or jobs.breaker(lane) = 'open' then
    return 0;
  end if;
  return greatest(0, least(
    case when jobs.breaker(lane) = 'half_open' then 1 else provider.at_once end - running,
    floor(lane.tokens)::integer,
    provider.per_day - lane.asked_today));
end $$;
comment on function jobs.room_in(jobs.lanes, jobs.providers) is
  'How many errands may leave now: held, throttled and broken lanes none, a half-open one its probe. An absent limit limits nothing.';

create function jobs.spend(lane jobs.lanes, calls integer) returns void language plpgsql set search_path = '' as $$
begin
  update jobs.lanes l set tokens = lane.tokens - calls, filled_at = lane.filled_at, day = lane.day,
    asked_today = lane.asked_today + calls
  where l.id = lane.id;
end $$;
comment on function jobs.spend(jobs.lanes, integer) is 'Writes a filled lane back with so many calls taken from it.';

-- An errand pays for its first call when it is claimed; each further one asks here.
create function worker.permit(job bigint, lease uuid) returns double precision
language plpgsql security definer set search_path = '' as $$
declare
  lane jobs.lanes;
  provider jobs.providers;
begin
  select l.* into lane from jobs.lanes l join jobs.jobs j on j.lane_id = l.id
  where j.id = job and j.lease_token = lease and j.state = 'running' for update of l;
  if lane.id is null then
    perform sync.refuse('BL409', 'lease_lost');
  end if;
  select * into provider from jobs.providers p where p.name = lane.provider;
  lane := jobs.fill(lane, provider);
  if lane.throttled_until > clock_timestamp() then
    return extract(epoch from lane.throttled_until - clock_timestamp());
  elsif lane.asked_today >= provider.per_day then
    return extract(epoch from (lane.day + 1) at time zone 'UTC' - clock_timestamp());
  elsif lane.tokens < 1 then
    return (1 - lane.tokens) * 60 / (provider.per_minute - jobs.burst(provider.per_minute) + 0.001);
  end if;
  perform jobs.spend(lane, 1);
  return 0;
end $$;
comment on function worker.permit(bigint, uuid) is
  'Takes one call from the lane of a running errand: 0, or the seconds to wait for one. BL409 lease_lost.';

-- Breaker times: a minute at first, doubled at each failed probe, an hour at most.
create function jobs.note_failure(lane_id bigint, class text, until timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  trips_after constant integer := 5;
  rest constant interval := '1 minute';
  longest constant interval := '1 hour';
  lane jobs.lanes;
begin
  select * into lane from jobs.lanes l where l.id = lane_id for update;
  if class = 'throttle' then
    update jobs.lanes l set throttled_until = greatest(l.throttled_until, until) where l.id = lane.id;
  elsif class = 'fatal' then
    -- They answered, and said no: whatever is wrong, it is not that nobody is there.
    update jobs.lanes l set failures = 0, trips = 0, open_until = null where l.id = lane.id;
  elsif jobs.breaker(lane) = 'half_open' or (jobs.breaker(lane) = 'closed' and lane.failures + 1 >= trips_after) then
    update jobs.lanes l set failures = lane.failures + 1, trips = lane.trips + 1,
      open_until = clock_timestamp() + least(longest, rest * (2 ^ least(lane.trips, 10)))
    where l.id = lane.id;
  else
    update jobs.lanes l set failures = lane.failures + 1 where l.id = lane.id;
  end if;
end $$;
comment on function jobs.note_failure(bigint, text, timestamptz) is
  'Five failures in a row open the breaker, a failed probe opens it for longer; being throttled never does.';

create function jobs.note_success(lane_id bigint, took_ms double precision) returns void
language plpgsql set search_path = '' as $$
begin
  update jobs.lanes l set failures = 0, trips = 0, open_until = null, succeeded_at = clock_timestamp(),
    slow_ms = case when took_ms is null then l.slow_ms else coalesce(l.slow_ms * 0.9 + took_ms * 0.1, took_ms) end
  where l.id = note_success.lane_id;
end $$;
comment on function jobs.note_success(bigint, double precision) is 'Closes the breaker and remembers how long the answer took.';
