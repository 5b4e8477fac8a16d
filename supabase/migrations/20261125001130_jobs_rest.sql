-- LEAST skips nulls: an errand that was told no time rested a whole day instead of its own fifteen seconds.

create or replace function worker.fail(
  job bigint, lease uuid, class text, code text, message text default null, retry_after double precision default null
) returns timestamptz language plpgsql security definer set search_path = '' as $$
declare
  mine constant jobs.jobs := jobs.leased(job, lease);
  -- Whose sign-in ran out, and who is only asked to wait, have not had their turn.
  spent constant boolean := class in ('retry', 'unknown') or (class = 'fatal' and code <> 'sign_in_again');
  over constant boolean := not mine.again and spent and (class = 'fatal' or mine.attempts >= mine.max_attempts);
  asked constant interval := case when retry_after is not null then make_interval(secs => least(retry_after, 86400)) end;
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
