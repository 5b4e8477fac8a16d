-- What money is spent on, as the organisation's books call it.

create table public.expense_categories (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  name text not null check (btrim(name) <> '' and length(name) <= 80),
  code text not null check (code ~ '^[a-z0-9]+(_[a-z0-9]+)*$' and length(code) <= 40),
  icon text not null default 'circle' check (icon ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  xero_account_code text check (length(xero_account_code) <= 20),
  gl_code text check (length(gl_code) <= 20),
  requires_receipt boolean not null default true,
  requires_approval boolean not null default true,
  max_amount_minor bigint check (max_amount_minor > 0),
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  active boolean not null default true,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  unique (organization_id, name),
  unique (organization_id, code),
  constraint expense_categories_limit_has_currency check ((max_amount_minor is null) = (currency is null))
);
comment on table public.expense_categories is 'A kind of expense. Above its limit a claim needs the higher approval.';

alter table public.expense_categories enable row level security;
select private.stamp('expense_categories'), private.audit('expense_categories');

-- Everyone in the organisation picks from its categories.
create policy expense_categories_select_member on public.expense_categories for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Bookkeepers add categories.
create policy expense_categories_insert_bookkeeper on public.expense_categories for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('categories:write')));
-- Bookkeepers change categories; one that is out of use is made inactive, because old claims name it.
create policy expense_categories_update_bookkeeper on public.expense_categories for update to authenticated
  using (organization_id in (select access.my_orgs_with('categories:write')));
grant select,
  insert (id, organization_id, name, code, icon, xero_account_code, gl_code, requires_receipt, requires_approval,
    max_amount_minor, currency, active, position),
  update (name, code, icon, xero_account_code, gl_code, requires_receipt, requires_approval,
    max_amount_minor, currency, active, position)
  on public.expense_categories to authenticated;

select sync.track('expense_categories', 'array[r.organization_id]', '{"limit": ["max_amount_minor", "currency"]}');

create table private.default_categories (
  position integer primary key generated always as identity,
  name text not null,
  code text not null unique,
  icon text not null,
  requires_receipt boolean not null
);
comment on table private.default_categories is 'What every new organisation starts with.';
alter table private.default_categories enable row level security;
insert into private.default_categories (name, code, icon, requires_receipt) values
  ('Meals', 'meals', 'utensils', true),
  ('Taxi and local transport', 'local_transport', 'car', true),
  ('Hotel', 'hotel', 'bed-double', true),
  ('Flights and trains', 'travel', 'plane', true),
  ('Fuel and tolls', 'fuel', 'fuel', true),
  ('Van and bus hire', 'vehicle_hire', 'bus', true),
  ('Backline and instruments', 'backline', 'music', true),
  ('Repairs and consumables', 'repairs', 'wrench', true),
  ('Freight and shipping', 'freight', 'package', true),
  ('Wardrobe and laundry', 'wardrobe', 'shirt', true),
  ('Phone and data', 'phone', 'phone', true),
  ('Per diem', 'per_diem', 'wallet', false),
  ('Other', 'other', 'circle', true);

create function private.tg__default_categories() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.expense_categories (organization_id, name, code, icon, requires_receipt, position)
  select new.id, d.name, d.code, d.icon, d.requires_receipt, d.position
  from private.default_categories d order by d.position;
  return null;
end $$;
comment on function private.tg__default_categories() is 'Gives a new organisation categories to start with.';

create trigger _500_default_categories after insert on public.organizations
  for each row execute function private.tg__default_categories();
