-- Rooms of the database, who may enter them, and the stamp every row carries.

create schema if not exists access;
create schema if not exists private;

comment on schema access is 'Who may do what: set-returning helpers for policies.';
comment on schema private is 'Triggers, hooks and tables that no API role may read.';

revoke all on schema access, private from public;
grant usage on schema access to authenticated, service_role;

-- Hosted projects hand every new table and function to the API roles; here each grant is written beside its table.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
alter default privileges in schema public grant all on tables to service_role;
alter default privileges in schema public grant all on sequences to service_role;
alter default privileges in schema public grant execute on functions to service_role;
alter default privileges in schema access grant execute on functions to service_role;
grant usage on schema public to anon, authenticated, service_role;

-- Rows written by a person carry the server's word on who and when; a seed or an import may bring its own history.
create function private.tg__stamp() returns trigger language plpgsql set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
begin
  if tg_op = 'INSERT' then
    new.row_version := 1;
    new.created_by := coalesce(caller, new.created_by);
    new.updated_by := coalesce(caller, new.updated_by);
    new.created_at := case when caller is null then coalesce(new.created_at, now()) else now() end;
    new.updated_at := case when caller is null then coalesce(new.updated_at, now()) else now() end;
    return new;
  end if;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  new.updated_at := now();
  new.updated_by := caller;
  new.row_version := old.row_version + 1;
  return new;
end $$;
comment on function private.tg__stamp() is 'Keeps created_*, updated_* and row_version true; clients cannot forge them.';

create function private.stamp(table_name text) returns void language plpgsql set search_path = '' as $$
begin
  execute format(
    'create or replace trigger _100_stamp before insert or update on public.%I
       for each row execute function private.tg__stamp()', table_name);
end $$;
comment on function private.stamp(text) is 'Attaches the stamp trigger to a public table.';

-- A slash or UTC is demanded because Postgres also takes abbreviations and POSIX rules, which browsers do not know.
create function private.is_time_zone(zone text) returns boolean language plpgsql stable set search_path = '' as $$
begin
  if zone <> 'UTC' and zone !~ '^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)+$' then
    return false;
  end if;
  perform now() at time zone zone;
  return true;
exception when invalid_parameter_value then
  return false;
end $$;
comment on function private.is_time_zone(text) is 'True for an IANA zone name this server knows.';
grant execute on function private.is_time_zone(text) to authenticated, service_role;

create function private.is_locale(tag text) returns boolean language plpgsql immutable set search_path = '' as $$
begin
  return tag ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$';
end $$;
comment on function private.is_locale(text) is 'True for a BCP 47 tag such as en, en-GB or zh-Hant-TW.';
grant execute on function private.is_locale(text) to authenticated, service_role;
