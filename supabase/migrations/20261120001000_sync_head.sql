-- The head map: which rows to look at, per place a person may look. Row-level security alone decides what is seen there.

create schema sync;
comment on schema sync is 'What changed, for whom to look at, and what devices have already sent.';
revoke all on schema sync from public;
grant usage on schema sync to authenticated, service_role;

create table sync.meta (
  singleton boolean primary key default true check (singleton),
  epoch text not null default left(md5(gen_random_uuid()::text), 8),
  collected_xid xid8 not null default '0'
);
comment on table sync.meta is 'One row. A new epoch (after a restore) makes every device list everything again.';
insert into sync.meta default values;

create table sync.tables (
  number smallint primary key generated always as identity,
  name text not null unique,
  columns text[] not null,
  insertable text[] not null,
  writable text[] not null,
  groups jsonb not null,
  device_indexes text[] not null,
  scopes text not null,
  select_rows text not null
);
comment on table sync.tables is 'Tracked tables as sync.track() found them. Groups: columns that win or lose together.';

-- A scope is a place to look: an organisation (everyone in it), its desk (staff), or one person.
create table sync.head (
  id uuid not null,
  scope uuid not null,
  table_number smallint not null,
  gone boolean not null default false,
  xid xid8 not null,
  -- The table belongs to the key: a person and their details share an id.
  primary key (id, scope, table_number)
) with (fillfactor = 85);
comment on table sync.head is 'The last transaction that touched a row, once per scope in which the row is or was to be found.';
create index head_scope_idx on sync.head (scope, xid, table_number, id) include (gone);

create table sync.mutations (
  user_id uuid not null references auth.users on delete cascade,
  id uuid not null,
  client uuid not null,
  at timestamptz not null default now(),
  result jsonb not null,
  primary key (user_id, id)
);
comment on table sync.mutations is 'Every mutation ever answered, so that a repeated one is answered from here.';
create index mutations_at_idx on sync.mutations (at);

create table sync.clock (
  at timestamptz primary key default now(),
  xid xid8 not null
);
comment on table sync.clock is 'Samples that turn an age into a transaction id, for collecting garbage.';

alter table sync.meta enable row level security;
alter table sync.tables enable row level security;
alter table sync.head enable row level security;
alter table sync.mutations enable row level security;
alter table sync.clock enable row level security;

create function sync.staff_scope(organization uuid) returns uuid
language plpgsql immutable strict parallel safe set search_path = '' as $$
begin
  return md5('staff:' || organization)::uuid;
end $$;
comment on function sync.staff_scope(uuid) is 'The scope of an organisation''s desk: holders of desk:read.';
grant execute on function sync.staff_scope(uuid) to authenticated, service_role;

-- `lens` changes with the caller's permissions: what they may see in a scope they already follow is then listed anew.
create type sync.place as (scope uuid, organization_id uuid, lens text);

create function sync.my_scopes() returns setof sync.place
language plpgsql stable security definer rows 4 set search_path = '' as $$
begin
  return query
    with mine as (
      select m.organization_id, m.person_id,
        coalesce(array_agg(distinct p.permission) filter (where p.permission is not null), '{}') as permissions
      from public.memberships m
      left join public.membership_roles r on r.membership_id = m.id
      left join access.role_permissions p on p.role = r.role
      where m.user_id = access.me() and m.status = 'active'
      group by 1, 2
    )
    select place.scope, mine.organization_id, left(md5(mine.permissions::text), 8)
    from mine, lateral (values
      (1, mine.organization_id),
      (2, mine.person_id),
      (3, case when 'desk:read' = any (mine.permissions) then sync.staff_scope(mine.organization_id) end)
    ) place (rank, scope)
    where place.scope is not null
    order by place.rank, mine.organization_id;
end $$;
comment on function sync.my_scopes() is 'Where the caller looks, the small places first.';
grant execute on function sync.my_scopes() to authenticated;

-- Content-free, and at most once per transaction and topic: the setting remembers what this transaction has sent.
create function sync.poke(topics uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
  mark constant text := pg_current_xact_id()::text || '|';
  sent text := coalesce(current_setting('sync.poked', true), '');
  topic uuid;
begin
  if not starts_with(sent, mark) then
    sent := mark;
  end if;
  foreach topic in array coalesce(topics, '{}') loop
    continue when position(topic::text in sent) > 0;
    sent := sent || topic || ',';
    perform realtime.send('{}'::jsonb, 'poke', 'sync:' || topic, true);
  end loop;
  perform set_config('sync.poked', sent, true);
end $$;
comment on function sync.poke(uuid[]) is 'Tells the devices that follow these scopes (or these users) to pull.';

-- A person hears the pokes of their own places and of themselves; nobody sends on these topics by hand.
create policy messages_select_own_scopes on realtime.messages for select to authenticated
  using (
    extension = 'broadcast' and (select realtime.topic()) in (
      select 'sync:' || mine.scope from sync.my_scopes() mine union all select 'sync:' || (select access.me())
    )
  );

-- A new role or a suspension changes where somebody looks, and no row they follow need have changed.
create function sync.tg__membership_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform sync.poke(array[case tg_op when 'DELETE' then old.user_id else new.user_id end]);
  return null;
end $$;
comment on function sync.tg__membership_changed() is 'Pokes a member whose membership or roles changed.';

create trigger _810_poke_member after insert or update or delete on public.memberships
  for each row execute function sync.tg__membership_changed();
create trigger _810_poke_member after insert or update or delete on public.membership_roles
  for each row execute function sync.tg__membership_changed();
