-- Upkeep: old tombstones and answers go, and after a restore every device lists everything again.

create function sync.collect_garbage(keep interval default '30 days', keep_answers interval default '90 days')
returns void language plpgsql security definer set search_path = '' as $$
declare
  horizon xid8;
begin
  insert into sync.clock (xid) values (pg_snapshot_xmin(pg_current_snapshot())) on conflict do nothing;
  select max(c.xid) into horizon from sync.clock c where c.at <= now() - keep;
  if horizon is not null then
    update sync.meta m set collected_xid = greatest(m.collected_xid, horizon);
    delete from sync.head h where h.gone and h.xid < horizon;
    delete from sync.clock c where c.xid < horizon;
  end if;
  -- The id stays for good: a device that comes back after a year must not do its work twice.
  update sync.mutations m set result = jsonb_set(m.result, '{ops}', '[]')
  where m.at < now() - keep_answers and m.result -> 'ops' <> '[]';
end $$;
comment on function sync.collect_garbage(interval, interval) is
  'Drops tombstones older than `keep` (devices away for longer list anew) and the rows inside old answers. Run nightly.';

create function sync.rotate_epoch() returns text language plpgsql security definer set search_path = '' as $$
declare
  fresh constant text := left(md5(gen_random_uuid()::text), 8);
begin
  update sync.meta set epoch = fresh;
  return fresh;
end $$;
comment on function sync.rotate_epoch() is 'Call once after every restore: cursors from before it name a history that no longer is.';

revoke all on function sync.collect_garbage(interval, interval), sync.rotate_epoch() from public;
grant execute on function sync.collect_garbage(interval, interval), sync.rotate_epoch() to service_role;

-- Hosted projects have pg_cron when it is switched on; elsewhere whoever runs the database calls collect_garbage nightly.
do $$
begin
  if exists (select from pg_catalog.pg_extension where extname = 'pg_cron') then
    perform cron.schedule('sync-collect-garbage', '17 3 * * *', 'select sync.collect_garbage()');
  end if;
end $$;
