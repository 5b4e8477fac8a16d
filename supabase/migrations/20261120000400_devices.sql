-- Signed-in devices, and how one of them is shown the door before its token runs out.

create table private.revoked_sessions (
  session_id uuid primary key,
  user_id uuid not null,
  revoked_at timestamptz not null default now()
);
comment on table private.revoked_sessions is 'Sessions refused at once, although their access token is still good for minutes.';

create table public.device_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users on delete cascade,
  session_id uuid not null unique,
  device_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  user_agent text,
  ip inet,
  trusted boolean not null default false,
  last_seen_at timestamptz not null default now(),
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1
);
comment on table public.device_sessions is 'A browser or phone on which somebody is signed in; belongs to the login, not to an organisation.';
create index device_sessions_user_id_idx on public.device_sessions (user_id, device_id);

alter table public.device_sessions enable row level security;
select private.stamp('device_sessions');

create function private.session_id() returns uuid language plpgsql stable set search_path = '' as $$
begin
  return nullif(auth.jwt() ->> 'session_id', '')::uuid;
end $$;
comment on function private.session_id() is 'The session named by the caller''s token, if any.';

-- A session that Auth has forgotten was signed out elsewhere: its last token is refused too, whether or not anybody
-- registered a device for it.
create function private.session_ended(session uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return session is not null and (
    exists (select from private.revoked_sessions r where r.session_id = session)
    or not exists (select from auth.sessions s where s.id = session));
end $$;
comment on function private.session_ended(uuid) is 'True when this session was ended by its owner.';

create function access.me() returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
  return case when not private.session_ended(private.session_id()) then auth.uid() end;
end $$;
comment on function access.me() is 'The caller''s login, or null when signed out or the session was ended.';
grant execute on function access.me() to authenticated;

create function private.require_me() returns uuid language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := access.me();
begin
  if me is null then
    raise exception 'signed_out' using errcode = 'BL401';
  end if;
  return me;
end $$;
comment on function private.require_me() is 'The caller''s login; refuses BL401 when there is none.';

create function private.request_header(header text) returns text language plpgsql stable set search_path = '' as $$
begin
  return nullif(current_setting('request.headers', true), '')::json ->> header;
exception when invalid_text_representation then
  return null;
end $$;
comment on function private.request_header(text) is 'A header of the HTTP request being served (lower-case name), or null.';

create function private.request_ip() returns inet language plpgsql stable set search_path = '' as $$
begin
  return btrim(split_part(private.request_header('x-forwarded-for'), ',', 1))::inet;
exception when invalid_text_representation then
  return null;
end $$;
comment on function private.request_ip() is 'The caller''s address as the first proxy saw it, or null.';

-- People see their own devices.
create policy device_sessions_select_self on public.device_sessions for select to authenticated
  using (user_id = (select access.me()));
grant select on public.device_sessions to authenticated;
