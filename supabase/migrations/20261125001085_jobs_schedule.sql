-- Hosted: pg_cron looks every five seconds whether something is due and pokes the function by pg_net. Neither is on a plain
-- Postgres, where a timer pokes; there these functions are defined and refuse.

create function jobs.due() returns boolean language plpgsql stable set search_path = '' as $$
begin
  return exists (select from jobs.jobs j join jobs.lanes l on l.id = j.lane_id
    where l.held is null and coalesce(greatest(l.open_until, l.throttled_until) <= now(), true)
      and (j.state = 'waiting' and j.run_at <= now() or j.state = 'running' and j.leased_until <= now()));
end $$;
comment on function jobs.due() is 'Whether a worker would find something to do.';

create function jobs.poke(body jsonb default '{}') returns void language plpgsql set search_path = '' as $$
declare
  url text;
  secret text;
begin
  if body = '{}' and not jobs.due() then
    return;
  end if;
  execute $sql$ select max(decrypted_secret) filter (where name = 'project_url'), max(decrypted_secret) filter (where name = 'jobs_secret')
    from vault.decrypted_secrets where name in ('project_url', 'jobs_secret') $sql$ into url, secret;
  if url is null or secret is null then
    raise exception 'The Vault lacks project_url or jobs_secret: see supabase/CONVENTIONS.md, "Jobs"';
  end if;
  execute 'select net.http_post(url := $1, headers := $2, body := $3)'
    using url || '/functions/v1/jobs', jsonb_build_object('authorization', 'Bearer ' || secret, 'content-type', 'application/json'), body;
end $$;
comment on function jobs.poke(jsonb) is 'Wakes the function `jobs` with its own secret, which opens nothing else; idle when nothing is due.';

create function jobs.schedule() returns void language plpgsql set search_path = '' as $$
begin
  execute 'select cron.schedule($1, $2, $3)' using 'jobs', '5 seconds', 'select jobs.poke()';
  execute 'select cron.schedule($1, $2, $3)' using 'jobs-nightly', '37 3 * * *', $sql$select jobs.poke('{"task": "nightly"}')$sql$;
end $$;
comment on function jobs.schedule() is 'Sets the two schedules up, or anew. Needs pg_cron, pg_net and the Vault.';

do $$
begin
  if (select count(*) from pg_catalog.pg_extension e where e.extname in ('pg_cron', 'pg_net', 'supabase_vault')) = 3 then
    perform jobs.schedule();
  else
    raise notice 'pg_cron, pg_net or the Vault is missing: call jobs.schedule() once they are enabled';
  end if;
end $$;
