-- What organisations signed in with elsewhere. The database holds sealed envelopes only: the key that opens them is in the
-- environment of the functions, so neither a backup nor a policy gone wrong gives anything away.

create table jobs.credentials (
  organization_id uuid not null references public.organizations on delete cascade,
  provider text not null references jobs.providers,
  key_id text not null check (length(key_id) between 1 and 40),
  wrapped_key text not null check (length(wrapped_key) <= 400),
  sealed text not null check (length(sealed) <= 40000),
  expires_at timestamptz,
  version bigint not null default 1,
  refresh_lease uuid,
  refresh_until timestamptz,
  updated_at timestamptz not null default now(),
  primary key (organization_id, provider)
);
comment on table jobs.credentials is
  'Envelopes: `sealed` by a key of its own, which is wrapped by the key named key_id. Both AES-GCM, bound to organisation and provider.';
create index credentials_provider_idx on jobs.credentials (provider);
create index credentials_key_id_idx on jobs.credentials (key_id);
alter table jobs.credentials enable row level security;

create function worker.credentials(organization uuid, provider text) returns setof jobs.credentials
language plpgsql stable security definer rows 1 set search_path = '' as $$
begin
  return query select * from jobs.credentials c where c.organization_id = organization and c.provider = credentials.provider;
end $$;
comment on function worker.credentials(uuid, text) is 'The envelope of an organisation at a provider, or nothing.';

-- A refresh token that rotates may be used once only. The row is locked for the moment of handing out the lease, not for
-- the call to the provider: no connection waits on a stranger.
create function worker.lease_refresh(organization uuid, provider text, seen_version bigint, lease_seconds integer default 30)
returns uuid language plpgsql security definer set search_path = '' as $$
declare
  lease constant uuid := gen_random_uuid();
begin
  update jobs.credentials c set refresh_lease = lease,
    refresh_until = clock_timestamp() + make_interval(secs => lease_seconds)
  where c.organization_id = organization and c.provider = lease_refresh.provider and c.version = seen_version
    and (c.refresh_until is null or c.refresh_until <= clock_timestamp());
  return case when found then lease end;
end $$;
comment on function worker.lease_refresh(uuid, text, bigint, integer) is
  'The right to refresh what was seen, or null when it has changed since or somebody else is at it.';

create function worker.release_refresh(organization uuid, provider text, lease uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update jobs.credentials c set refresh_lease = null, refresh_until = null
  where c.organization_id = organization and c.provider = release_refresh.provider and c.refresh_lease = lease;
end $$;
comment on function worker.release_refresh(uuid, text, uuid) is 'Gives the right to refresh back unused.';

-- Without a lease this is somebody signing in anew, which outranks any refresh under way.
create function worker.put_credentials(
  organization uuid, provider text, key_id text, wrapped_key text, sealed text,
  expires_at timestamptz default null, lease uuid default null
) returns bigint language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  kept bigint;
begin
  if lease is null then
    insert into jobs.credentials as c (organization_id, provider, key_id, wrapped_key, sealed, expires_at)
    values (organization, put_credentials.provider, put_credentials.key_id, put_credentials.wrapped_key,
      put_credentials.sealed, put_credentials.expires_at)
    on conflict (organization_id, provider) do update set key_id = excluded.key_id, wrapped_key = excluded.wrapped_key,
      sealed = excluded.sealed, expires_at = excluded.expires_at, version = c.version + 1, refresh_lease = null,
      refresh_until = null, updated_at = now()
    returning c.version into kept;
    return kept;
  end if;
  update jobs.credentials c set key_id = put_credentials.key_id, wrapped_key = put_credentials.wrapped_key,
    sealed = put_credentials.sealed, expires_at = put_credentials.expires_at, version = c.version + 1,
    refresh_lease = null, refresh_until = null, updated_at = now()
  where c.organization_id = organization and c.provider = put_credentials.provider and c.refresh_lease = lease
  returning c.version into kept;
  if kept is null then
    perform sync.refuse('BL409', 'lease_lost');
  end if;
  return kept;
end $$;
comment on function worker.put_credentials(uuid, text, text, text, text, timestamptz, uuid) is
  'Keeps an envelope and answers its version. With a lease: only while that refresh is still ours, else BL409 lease_lost.';

create function worker.drop_credentials(organization uuid, provider text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from jobs.credentials c where c.organization_id = organization and c.provider = drop_credentials.provider;
end $$;
comment on function worker.drop_credentials(uuid, text) is 'Forgets what an organisation signed in with.';

create function worker.credentials_under(key_id text, at_most integer default 100)
returns table (organization_id uuid, provider text) language plpgsql stable security definer set search_path = '' as $$
begin
  return query select c.organization_id, c.provider from jobs.credentials c
    where c.key_id = credentials_under.key_id limit at_most;
end $$;
comment on function worker.credentials_under(text, integer) is 'Whose envelopes still need this key: none left, and it may be thrown away.';

grant execute on function worker.credentials(uuid, text), worker.lease_refresh(uuid, text, bigint, integer),
  worker.release_refresh(uuid, text, uuid), worker.drop_credentials(uuid, text), worker.credentials_under(text, integer),
  worker.put_credentials(uuid, text, text, text, text, timestamptz, uuid)
to service_role;
