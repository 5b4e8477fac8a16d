-- What people do with their devices: name this one, list them, end one or all the others.

create function public.register_device(device_id uuid, name text, trusted boolean) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  me constant uuid := private.require_me();
  session constant uuid := private.session_id();
  device uuid;
begin
  if not exists (select from auth.sessions s where s.id = session and s.user_id = me) then
    raise exception 'signed_out' using errcode = 'BL401';
  end if;
  perform private.end_sessions(array(
    select d.id from public.device_sessions d where d.user_id = me and d.revoked_at is null
      and d.device_id = register_device.device_id and d.session_id <> session));
  insert into public.device_sessions as d (user_id, session_id, device_id, name, user_agent, ip, trusted)
  values (me, session, register_device.device_id, left(coalesce(nullif(btrim(register_device.name), ''), 'Device'), 120),
    left(private.request_header('user-agent'), 400), private.request_ip(), register_device.trusted)
  on conflict (session_id) do update set name = excluded.name, user_agent = excluded.user_agent, ip = excluded.ip,
    trusted = excluded.trusted, last_seen_at = now()
  returning d.id into device;
  return device;
end $$;
comment on function public.register_device(uuid, text, boolean) is
  'Enters this device, or notes that it was seen; a device''s earlier session ends. BL401 signed out.';

create function public.my_devices() returns table (
  id uuid, device_id uuid, name text, user_agent text, ip inet, trusted boolean, last_seen_at timestamptz,
  created_at timestamptz, is_this_device boolean
) language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := private.require_me();
begin
  return query
    select d.id, d.device_id, d.name, d.user_agent, d.ip, d.trusted, d.last_seen_at, d.created_at,
      d.session_id is not distinct from private.session_id()
    from public.device_sessions d
    where d.user_id = me and d.revoked_at is null and exists (select from auth.sessions s where s.id = d.session_id)
    order by d.last_seen_at desc;
end $$;
comment on function public.my_devices() is 'Where the caller is signed in, latest first. BL401 signed out.';

-- Ending a session does three things: Auth will not renew it, its present token opens nothing from now on, and the device
-- is told to ask, so that it learns of it at once.
create function private.end_sessions(devices uuid[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  sessions constant uuid[] := array(select d.session_id from public.device_sessions d where d.id = any(devices));
begin
  insert into private.revoked_sessions (session_id, user_id)
  select d.session_id, d.user_id from public.device_sessions d where d.id = any(devices)
  on conflict (session_id) do nothing;
  update public.device_sessions d set revoked_at = now() where d.id = any(devices) and d.revoked_at is null;
  delete from auth.sessions s where s.id = any(sessions);
  delete from private.revoked_sessions r where r.revoked_at < now() - interval '7 days';
  perform sync.poke(array(select distinct d.user_id from public.device_sessions d where d.id = any(devices)));
  return cardinality(sessions);
end $$;
comment on function private.end_sessions(uuid[]) is 'Signs these devices out at once and answers how many there were.';

create function public.end_device(id uuid) returns void language plpgsql security definer set search_path = '' as $$
declare
  me constant uuid := private.require_me();
begin
  if private.end_sessions(array(
    select d.id from public.device_sessions d where d.id = end_device.id and d.user_id = me)) = 0
  then
    raise exception 'device_not_found' using errcode = 'BL404';
  end if;
end $$;
comment on function public.end_device(uuid) is 'Signs one of the caller''s devices out. BL401 signed out; BL404 no such device of theirs.';

create function public.end_other_devices() returns integer language plpgsql security definer set search_path = '' as $$
declare
  me constant uuid := private.require_me();
  unnamed integer;
begin
  -- Whoever signed in with a stolen password has no reason to register a device.
  with others as (
    delete from auth.sessions s where s.user_id = me and s.id is distinct from private.session_id()
      and not exists (select from public.device_sessions d where d.session_id = s.id and d.revoked_at is null)
    returning s.id
  )
  insert into private.revoked_sessions (session_id, user_id) select o.id, me from others o
  on conflict (session_id) do nothing;
  get diagnostics unnamed = row_count;
  return unnamed + private.end_sessions(array(
    select d.id from public.device_sessions d where d.user_id = me and d.revoked_at is null
      and d.session_id is distinct from private.session_id()));
end $$;
comment on function public.end_other_devices() is 'Signs the caller out everywhere else, also where no device was registered; answers how many sessions that was. BL401.';

grant execute on function public.register_device(uuid, text, boolean), public.my_devices(), public.end_device(uuid),
  public.end_other_devices() to authenticated;
