-- The audit log: every write, by whom, from where; nobody rewrites it. Kept seven years, one partition a year.

create table public.audit_log (
  id bigint generated always as identity,
  organization_id uuid,
  user_id uuid,
  action text not null,
  entity_type text not null,
  entity_id uuid,
  changes jsonb not null default '{}',
  metadata jsonb not null default '{}',
  ip inet,
  user_agent text,
  session_id uuid,
  at timestamptz not null default now(),
  primary key (id, at)
) partition by range (at);
comment on table public.audit_log is 'Who changed what, when and from where. Append-only; old years leave by dropping their partition.';
create index audit_log_organization_id_idx on public.audit_log (organization_id, at desc);
create index audit_log_entity_idx on public.audit_log (organization_id, entity_type, entity_id, at desc);
create index audit_log_user_id_idx on public.audit_log (organization_id, user_id, at desc);
alter table public.audit_log enable row level security;

-- Partitions live in private, where the API cannot address them around the policy of the whole.
create table private.audit_log_rest partition of public.audit_log default;

create function private.audit_year(year integer) returns void language plpgsql set search_path = '' as $$
begin
  execute format(
    'create table if not exists private.audit_log_%s partition of public.audit_log for values from (%L) to (%L)',
    year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
end $$;
comment on function private.audit_year(integer) is 'Makes the partition of a year. Years without one share a default partition.';
select private.audit_year(y) from generate_series(2026, 2036) y;

-- Those entitled to it read their organisation's log.
create policy audit_log_select_auditor on public.audit_log for select to authenticated
  using (organization_id in (select access.my_orgs_with('audit:read')));
grant select on public.audit_log to authenticated;
revoke insert, update, delete, truncate on public.audit_log from service_role;

create function private.tg__append_only() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'append_only' using errcode = 'BL403';
end $$;
comment on function private.tg__append_only() is 'Refuses every change to what was written once.';

create trigger _100_append_only before update or delete on public.audit_log
  for each row execute function private.tg__append_only();
create trigger _100_append_only_truncate before truncate on public.audit_log
  for each statement execute function private.tg__append_only();

-- The pepper keeps a placeholder from being guessed back: a phone number alone has too few possibilities.
create table private.audit_pepper (
  one boolean primary key default true check (one),
  pepper uuid not null default gen_random_uuid()
);
insert into private.audit_pepper default values;

create function private.placeholder(value jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return case when value is null or value = 'null' then value else to_jsonb('sha256:' || encode(
    sha256(convert_to((select p.pepper::text from private.audit_pepper p) || value::text, 'UTF8')), 'hex')) end;
end $$;
comment on function private.placeholder(jsonb) is 'Stands in for a private value: equal values look equal, nothing can be read back.';

-- Changes are {column: {old, new}}: only what differs, without the stamps, private columns hashed.
create function private.changes(old_row jsonb, new_row jsonb, deny text[]) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  stamps constant text[] := '{created_at,updated_at,created_by,updated_by,row_version}';
begin
  return coalesce((
    select jsonb_object_agg(k, jsonb_strip_nulls(jsonb_build_object(
      'old', case when k = any(deny) then private.placeholder(old_row -> k) else old_row -> k end,
      'new', case when k = any(deny) then private.placeholder(new_row -> k) else new_row -> k end)))
    from jsonb_object_keys(coalesce(new_row, old_row)) k
    where not k = any(stamps) and coalesce(old_row -> k, 'null') <> coalesce(new_row -> k, 'null')), '{}');
end $$;
comment on function private.changes(jsonb, jsonb, text[]) is 'What differs between two states of a row, fit for the audit log.';

create function private.record(
  organization uuid, action text, entity_type text, entity_id uuid, changes jsonb, metadata jsonb default '{}'
) returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into public.audit_log (organization_id, user_id, action, entity_type, entity_id, changes, metadata, ip,
    user_agent, session_id)
  values (organization, auth.uid(), record.action, record.entity_type, record.entity_id, record.changes,
    record.metadata, private.request_ip(), left(private.request_header('user-agent'), 400), private.session_id());
end $$;
comment on function private.record(uuid, text, text, uuid, jsonb, jsonb) is 'Writes one audit entry in the caller''s name.';

create function private.tg__audit() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  old_row constant jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  new_row constant jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  row_now constant jsonb := coalesce(new_row, old_row);
  difference constant jsonb := private.changes(old_row, new_row, tg_argv);
begin
  if difference <> '{}' or tg_op = 'DELETE' then
    perform private.record((row_now ->> 'organization_id')::uuid, lower(tg_op), tg_table_name,
      (row_now ->> 'id')::uuid, difference);
  end if;
  return null;
end $$;
comment on function private.tg__audit() is 'Copies a write into the audit log. Arguments: columns kept only as placeholders.';

create function private.audit(table_name text, deny_columns text[] default '{}') returns void
language plpgsql set search_path = '' as $$
declare
  denied text := (select string_agg(quote_literal(c), ', ') from unnest(deny_columns) c);
begin
  execute format(
    'create or replace trigger _900_audit after insert or update or delete on public.%I
       for each row execute function private.tg__audit(%s)', table_name, coalesce(denied, ''));
end $$;
comment on function private.audit(text, text[]) is 'Attaches the audit trigger to a public table; listed columns are hashed.';

select private.audit('organizations');
select private.audit('people');
select private.audit('person_details', '{email,phone,birth_date}');
select private.audit('memberships');
select private.audit('membership_roles');
select private.audit('invitations', '{email,message}');
select private.audit('settings');
