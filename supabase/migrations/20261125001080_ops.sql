-- For operators, in Studio: what waits, what died, who does not answer. Nobody at the API enters.

create schema ops;
comment on schema ops is 'Views and functions for operators. Sign in to the database to use them; no API role may.';
revoke all on schema ops from public;

create view ops.queue_depth with (security_invoker = true) as
select j.provider, j.kind, j.state, count(*) as jobs, min(j.run_at) as next_at,
  max(j.attempts) as most_attempts, now() - min(j.enqueued_at) as oldest
from jobs.jobs j where j.state in ('waiting', 'running', 'dead') group by j.provider, j.kind, j.state order by j.provider, j.kind, j.state;
comment on view ops.queue_depth is 'How much waits, runs and died, by errand.';

create view ops.dead_letters with (security_invoker = true) as
select j.id, j.kind, o.name as organization, j.subject_table, j.subject_id, j.attempts, j.error_class, j.error_code,
  j.error_message, j.enqueued_at, j.finished_at, j.payload
from jobs.jobs j left join public.organizations o on o.id = j.organization_id
where j.state = 'dead' order by j.finished_at desc;
comment on view ops.dead_letters is 'What was given up, the latest first. ops.retry(id) or ops.cancel(id) settles one.';

create view ops.breakers with (security_invoker = true) as
select l.id, l.provider, o.name as organization, jobs.breaker(l) as breaker, l.failures, l.trips, l.open_until, l.throttled_until, l.held,
  l.succeeded_at, floor(l.tokens) as tokens, l.asked_today, p.per_day,
  (select count(*) from jobs.jobs j where j.lane_id = l.id and j.state = 'waiting') as waiting
from jobs.lanes l join jobs.providers p on p.name = l.provider left join public.organizations o on o.id = l.organization_id
order by l.open_until nulls last, l.provider;
comment on view ops.breakers is 'Every lane: breaker, limits, and what waits in it. Open ones first.';

create view ops.slow_providers with (security_invoker = true) as
select l.provider, count(*) as lanes, round(avg(l.slow_ms)) as average_ms, round(max(l.slow_ms)) as slowest_ms,
  round(extract(epoch from p.slow_after) * 1000) as expected_ms
from jobs.lanes l join jobs.providers p on p.name = l.provider where l.slow_ms is not null
group by l.provider, p.slow_after having max(l.slow_ms) > extract(epoch from p.slow_after) * 1000 order by average_ms desc;
comment on view ops.slow_providers is 'Who takes longer than expected (R352), over about the last ten errands of each lane.';

create view ops.webhook_backlog with (security_invoker = true) as
select e.provider, count(*) as tellings, min(e.received_at) as oldest, sum(e.told - 1) as repeated,
  count(*) filter (where j.state = 'dead') as dead
from jobs.webhook_events e left join jobs.jobs j on j.id = e.job_id
where e.state = 'received' group by e.provider order by oldest;
comment on view ops.webhook_backlog is 'What strangers told us and nobody has worked on yet.';

create function ops.retry(job bigint) returns boolean language plpgsql set search_path = '' as $$
begin
  return jobs.requeue(job);
end $$;
comment on function ops.retry(bigint) is 'Tries an errand again from the start, now. False when it runs, is done, or its like waits already.';

create function ops.cancel(job bigint) returns boolean language plpgsql set search_path = '' as $$
begin
  return jobs.cancel(job);
end $$;
comment on function ops.cancel(bigint) is 'Gives an errand up. False when it runs or is over.';
