-- Organisations: the tenant that everything else belongs to.

create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null generated always as (id) stored,
  name text not null check (btrim(name) <> '' and length(name) <= 120),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  kind text not null default 'artist' check (kind in ('artist', 'agency', 'label', 'venue')),
  locale text not null default 'en' check (private.is_locale(locale)),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null check (private.is_time_zone(time_zone)),
  branding jsonb not null default '{}' check (jsonb_typeof(branding) = 'object' and length(branding::text) <= 20000),
  subscription_tier text not null default 'professional'
    check (subscription_tier in ('artist', 'professional', 'enterprise')),
  subscription_expires_at timestamptz,
  storage_used_bytes bigint not null default 0 check (storage_used_bytes >= 0),
  storage_limit_bytes bigint not null default 53687091200 check (storage_limit_bytes >= 0),
  expense_limit_minor bigint not null default 1000000 check (expense_limit_minor > 0),
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1
);
comment on table public.organizations is 'A tenant: an artist''s company, an agency, a label or a venue.';
create index organizations_organization_id_idx on public.organizations (organization_id);

alter table public.organizations enable row level security;
select private.stamp('organizations');

-- Accents are folded so that "Björk Ltd." becomes bjork-ltd; a name without Latin letters falls back to its kind.
create function private.slug_of(name text, fallback text) returns text language plpgsql immutable set search_path = '' as $$
declare
  ascii text := regexp_replace(normalize(lower(name), NFKD), '[^a-z0-9\s_-]', '', 'g');
  slug text := btrim(left(btrim(regexp_replace(ascii, '[\s_-]+', '-', 'g'), '-'), 60), '-');
begin
  return coalesce(nullif(slug, ''), fallback);
end $$;
comment on function private.slug_of(text, text) is 'The address form of a name: lower case, Latin letters, digits, hyphens.';

-- Two organisations may ask for the same name at once: the advisory lock makes them take turns.
create function private.tg__slug() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  base constant text := private.slug_of(new.name, new.kind);
  turn integer := 1;
begin
  if new.slug is not null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('organizations.slug:' || base, 0));
  new.slug := base;
  while exists (select from public.organizations o where o.slug = new.slug) loop
    turn := turn + 1;
    new.slug := base || '-' || turn;
  end loop;
  return new;
end $$;
comment on function private.tg__slug() is 'Gives a new organisation a free slug made from its name.';

create trigger _200_slug before insert on public.organizations
  for each row execute function private.tg__slug();
