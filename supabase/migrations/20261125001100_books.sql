-- The books: which organisation keeps them where, and the accounts its expenses can post to.

create table jobs.books (
  organization_id uuid primary key references public.organizations on delete cascade,
  provider text not null default 'xero' references jobs.providers,
  tenant_id text not null check (length(tenant_id) between 1 and 100),
  connection_id text check (length(connection_id) <= 100),
  name text not null check (length(name) <= 200),
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  tracking jsonb not null default '[]' check (jsonb_typeof(tracking) = 'array' and length(tracking::text) <= 200000),
  connected_at timestamptz not null default now(),
  read_at timestamptz
);
comment on table jobs.books is 'The books an organisation let us into. `tracking` is what they keep apart, such as tours, with its choices.';
create index books_tenant_id_idx on jobs.books (tenant_id);
create index books_provider_idx on jobs.books (provider);
alter table jobs.books enable row level security;

create table public.books_accounts (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  code text not null check (length(code) between 1 and 20),
  name text not null check (length(name) <= 150),
  tax_name text check (length(tax_name) <= 100),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (organization_id, code)
);
comment on table public.books_accounts is 'An account that expenses can post to, as the books last said. Written by the errand that reads them.';
alter table public.books_accounts enable row level security;
select private.stamp('books_accounts'), private.audit('books_accounts');

-- Those who handle claims see which accounts there are.
create policy books_accounts_select_reader on public.books_accounts for select to authenticated
  using (organization_id in (select access.my_orgs_with('expenses:read')));
grant select on public.books_accounts to authenticated;
select sync.track('books_accounts', 'array[sync.staff_scope(r.organization_id)]');

create function worker.open_books(organization uuid, tenant text, connection text, name text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into jobs.books as b (organization_id, tenant_id, connection_id, name)
  values (organization, tenant, connection, open_books.name)
  on conflict (organization_id) do update set tenant_id = excluded.tenant_id, connection_id = excluded.connection_id,
    name = excluded.name, connected_at = now();
  perform jobs.enqueue('xero.read', organization, '{}', 'read');
end $$;
comment on function worker.open_books(uuid, text, text, text) is 'An organisation let us into its books: they are read at once.';

create function worker.close_books(organization uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  delete from jobs.books b where b.organization_id = organization;
end $$;
comment on function worker.close_books(uuid) is 'The books are shut to us. What was written there stays, and so do our rows about it.';

create function worker.books(organization uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select to_jsonb(b) from jobs.books b where b.organization_id = organization);
end $$;
comment on function worker.books(uuid) is 'The books of an organisation, or null.';

create function worker.whose_books(tenant text) returns setof uuid
language plpgsql stable security definer rows 1 set search_path = '' as $$
begin
  return query select b.organization_id from jobs.books b where b.tenant_id = tenant;
end $$;
comment on function worker.whose_books(text) is 'The organisations that keep their books there.';

-- An account that is no longer listed is out of use: categories may still name it.
create function worker.put_books(organization uuid, currency text, accounts jsonb, tracking jsonb) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  update jobs.books b set currency = nullif(put_books.currency, ''), tracking = put_books.tracking, read_at = now()
  where b.organization_id = organization;
  if not found then
    return;
  end if;
  insert into public.books_accounts as a (organization_id, code, name, tax_name, active)
  select organization, g.code, left(g.name, 150), left(g.tax_name, 100), g.active
  from jsonb_to_recordset(accounts) as g (code text, name text, tax_name text, active boolean)
  where length(g.code) between 1 and 20
  on conflict (organization_id, code) do update set name = excluded.name, tax_name = excluded.tax_name, active = excluded.active
  where (a.name, a.tax_name, a.active) is distinct from (excluded.name, excluded.tax_name, excluded.active);
  update public.books_accounts a set active = false
  where a.organization_id = organization and a.active
    and not exists (select from jsonb_array_elements(accounts) g where g ->> 'code' = a.code);
  perform private.reconsider_bills(organization);
end $$;
comment on function worker.put_books(uuid, text, jsonb, jsonb) is
  'What the books say of themselves. Bills that waited for an account are looked at again.';

grant execute on function worker.open_books(uuid, text, text, text), worker.close_books(uuid), worker.books(uuid),
  worker.whose_books(text), worker.put_books(uuid, text, jsonb, jsonb)
to service_role;
