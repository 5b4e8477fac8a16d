-- The books: which organisation keeps them where, and the accounts its expenses can post to.

create table jobs.books (
  organization_id uuid primary key references public.organizations on delete cascade,
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  tracking jsonb not null default '[]' check (jsonb_typeof(tracking) = 'array' and length(tracking::text) <= 200000),
  read_at timestamptz not null default now()
);
comment on table jobs.books is 'The books of an organisation as they were last read. `tracking` is what they keep apart, such as tours, with its choices.';
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

create function private.keeps_books(organization uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.integrations i
    where i.organization_id = organization and i.provider = 'xero' and i.status <> 'disconnected');
end $$;
comment on function private.keeps_books(uuid) is 'Whether an organisation has let us into its books.';

create function worker.books(organization uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  return (select jsonb_build_object('tenant_id', l.account_id, 'tracking', coalesce(b.tracking, '[]'))
    from jobs.lanes l left join jobs.books b on b.organization_id = l.organization_id
    where l.organization_id = organization and l.provider = 'xero' and l.account_id is not null);
end $$;
comment on function worker.books(uuid) is 'Which books an organisation keeps and what they keep apart, or null.';

-- An account that is no longer listed is out of use: categories may still name it.
create function worker.put_books(organization uuid, currency text, accounts jsonb, tracking jsonb) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  insert into jobs.books (organization_id, currency, tracking)
  values (organization, nullif(put_books.currency, ''), put_books.tracking)
  on conflict (organization_id) do update set currency = excluded.currency, tracking = excluded.tracking, read_at = now();
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

grant execute on function worker.books(uuid), worker.put_books(uuid, text, jsonb, jsonb) to service_role;
