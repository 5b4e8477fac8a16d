-- Who may call what of sync; upkeep: old tombstones and answers go, and after a restore every device lists everything again.

revoke all on all functions in schema sync from public;
grant execute on function
  sync.refuse(text, text, text), sync.operation_id(jsonb), sync.object_in(jsonb, text), sync.as_stored(text, jsonb),
  sync.differing(jsonb, jsonb, text[]), sync.keys(jsonb), sync.require_columns(jsonb, text[], text, text),
  sync.refuse_row(text, uuid), sync.lost_fields(jsonb, jsonb, jsonb, jsonb, jsonb, jsonb),
  sync.apply_insert(jsonb, sync.tables), sync.apply_update(jsonb, sync.tables), sync.apply_delete(jsonb, sync.tables),
  sync.apply_command(jsonb), sync.apply_operation(jsonb), sync.apply_mutation(jsonb), sync.try_mutation(jsonb),
  sync.refusal(text, text, text, text), sync.answered(uuid[]), sync.remember(uuid, uuid, jsonb),
  sync.run_batch(uuid, jsonb, boolean), public.sync_push(uuid, jsonb)
to authenticated;

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
