-- Called by Auth itself: too many wrong passwords, and sessions that have lived long enough.

create table private.password_attempts (
  user_id uuid primary key references auth.users on delete cascade,
  failures timestamptz[] not null default '{}',
  consecutive integer not null default 0,
  locked_until timestamptz
);
comment on table private.password_attempts is 'A login''s latest wrong passwords (at most ten) and its lock.';

-- 5 in a minute or 10 in 15 minutes make one wait until the oldest of them leaves its window.
create function private.seconds_to_wait(attempts private.password_attempts) returns integer
language plpgsql stable set search_path = '' as $$
declare
  newest_first constant timestamptz[] := array(select f from unnest(attempts.failures) f order by f desc);
begin
  return ceil(extract(epoch from greatest(
    attempts.locked_until - now(),
    newest_first[5] + interval '1 minute' - now(),
    newest_first[10] + interval '15 minutes' - now(),
    interval '0')))::integer;
end $$;
comment on function private.seconds_to_wait(private.password_attempts) is 'Seconds before the next password may be tried; 0 when it may be now.';

create function private.too_many_attempts(word text, seconds integer) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return jsonb_build_object('error', jsonb_build_object('http_code', 429, 'message',
    format('%s; retry_after=%s', word, seconds)));
end $$;
comment on function private.too_many_attempts(text, integer) is 'Auth''s refusal, answered as HTTP 429 with the seconds to wait in the message.';

create function private.note_failure(login uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  locked timestamptz;
begin
  update private.password_attempts a set
    failures = array(select f from unnest(a.failures || now()) f order by f desc limit 10),
    consecutive = case when a.consecutive >= 9 then 0 else a.consecutive + 1 end,
    locked_until = case when a.consecutive >= 9 then now() + interval '30 minutes' end
  where a.user_id = login returning a.locked_until into locked;
  if locked is not null then
    perform private.record(m.organization_id, 'locked_out', 'auth.users', login, '{}', jsonb_build_object('until', locked))
    from public.memberships m where m.user_id = login and m.status = 'active';
  end if;
end $$;
comment on function private.note_failure(uuid) is 'Counts a wrong password; the tenth in a row locks the login for 30 minutes and is audited.';

-- A try made while waiting is refused unread and not counted, so nobody can keep another person locked out for ever
-- by hammering, and a right password learns nothing. Nothing is written in a call that refuses: Auth may roll that back.
create function private.hook__password_verification_attempt(event jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  login constant uuid := (event ->> 'user_id')::uuid;
  attempts private.password_attempts;
  wait integer;
begin
  insert into private.password_attempts (user_id) values (login) on conflict (user_id) do nothing;
  select * into attempts from private.password_attempts a where a.user_id = login for update;
  wait := private.seconds_to_wait(attempts);
  if wait > 0 then
    return private.too_many_attempts(
      case when attempts.locked_until > now() then 'account_locked' else 'too_many_attempts' end, wait);
  end if;
  if (event ->> 'valid')::boolean then
    update private.password_attempts a set consecutive = 0, locked_until = null where a.user_id = login;
  else
    perform private.note_failure(login);
  end if;
  return jsonb_build_object('decision', 'continue');
end $$;
comment on function private.hook__password_verification_attempt(jsonb) is
  'Auth hook: 5 wrong passwords a minute, 10 in 15 minutes, 10 in a row lock for 30 minutes.';

-- Whoever proved the e-mail address and chose a new password need not wait for the old one's lock.
create function private.tg__password_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from private.password_attempts a where a.user_id = new.id;
  return null;
end $$;
comment on function private.tg__password_changed() is 'A new password starts with a clean sheet.';

create trigger _500_password_changed after update of encrypted_password on auth.users
  for each row when (new.encrypted_password is distinct from old.encrypted_password)
  execute function private.tg__password_changed();

-- A session slides for 7 days, 30 on a trusted device, and never outlives 30 days.
create function private.session_expired(session uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from auth.sessions s left join public.device_sessions d on d.session_id = s.id
    where s.id = session and (
      s.created_at < now() - interval '30 days'
      or greatest(s.created_at, s.refreshed_at at time zone 'UTC')
        < now() - case when d.trusted then interval '30 days' else interval '7 days' end));
end $$;
comment on function private.session_expired(uuid) is 'True when a session may not be renewed any more.';

create function private.hook__custom_access_token(event jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  session constant uuid := (event -> 'claims' ->> 'session_id')::uuid;
begin
  -- Not session_ended(): a session may be so new that Auth has not committed it yet.
  if exists (select from private.revoked_sessions r where r.session_id = session) or private.session_expired(session) then
    return jsonb_build_object('error', jsonb_build_object('http_code', 403, 'message', 'session_expired'));
  end if;
  return jsonb_build_object('claims', event -> 'claims');
end $$;
comment on function private.hook__custom_access_token(jsonb) is 'Auth hook: no new token for a session that was ended or is too old.';

grant usage on schema private to supabase_auth_admin;
grant execute on function private.hook__password_verification_attempt(jsonb), private.hook__custom_access_token(jsonb)
  to supabase_auth_admin;
