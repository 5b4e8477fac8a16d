-- Bills: an approved claim on its way into the books, and what became of it there.

create table public.expense_bills (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid not null,
  expense_id uuid not null,
  round integer not null check (round between 1 and 99),
  state text not null default 'queued' check (state in ('queued', 'synced', 'error', 'voiding', 'void')),
  remote_id text check (length(remote_id) <= 100),
  objection text check (objection ~ '^[a-z][a-z_]{0,40}$'),
  said text check (length(said) <= 500),
  refusals integer not null default 0,
  synced_at timestamptz,
  paid_on date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (expense_id, round),
  foreign key (expense_id, organization_id, person_id)
    references public.expenses (id, organization_id, person_id) on delete cascade,
  constraint expense_bills_error_says_why check (state <> 'error' or objection is not null)
);
comment on table public.expense_bills is
  'One bill in the books for one approval of a claim. `objection` is why it is not as it should be; `said` are the books'' own words.';
comment on column public.expense_bills.round is 'A claim that was approved again after its bill was void gets another.';
create index expense_bills_organization_id_idx on public.expense_bills (organization_id, state);
create index expense_bills_person_id_idx on public.expense_bills (person_id);
create index expense_bills_remote_id_idx on public.expense_bills (remote_id) where remote_id is not null;
create unique index expense_bills_one_stands_idx on public.expense_bills (expense_id) where state in ('queued', 'synced', 'error');
alter table public.expense_bills enable row level security;
select private.stamp('expense_bills'), private.audit('expense_bills');

-- People see what became of their own claims, and those who handle claims see it of every claim.
create policy expense_bills_select_self_or_reader on public.expense_bills for select to authenticated
  using (person_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('expenses:read')));
grant select on public.expense_bills to authenticated;
select sync.track('expense_bills', 'array[sync.staff_scope(r.organization_id), r.person_id]', '{}', '{expense_id,state}');

create function private.bill_objection(claim public.expenses) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  posts_to constant text := (
    select nullif(btrim(c.xero_account_code), '') from public.expense_categories c where c.id = claim.category_id);
  account public.books_accounts;
begin
  if claim.category_id is null then
    return 'no_category';
  elsif posts_to is null then
    return 'no_account';
  end if;
  select * into account from public.books_accounts a where a.organization_id = claim.organization_id and a.code = posts_to;
  return case
    when account.active then null
    when account.id is not null then 'account_archived'
    -- Nothing is known before the books have been read once.
    when exists (select from public.books_accounts a where a.organization_id = claim.organization_id) then 'account_unknown'
  end;
end $$;
comment on function private.bill_objection(public.expenses) is 'What a person must mend before the books can be asked, or null.';

-- A moment later, so that claims approved together go in one request.
create function private.send_bills(organization uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform jobs.enqueue('xero.bills', organization, '{}', 'bills', run_at => now() + interval '3 seconds');
end $$;
comment on function private.send_bills(uuid) is 'Orders the errand that writes waiting bills and takes back void ones.';

create function private.bill_expense(claim public.expenses) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  problem constant text := private.bill_objection(claim);
begin
  if not private.keeps_books(claim.organization_id) then
    return false;
  end if;
  insert into public.expense_bills (organization_id, person_id, expense_id, round, state, objection)
  select claim.organization_id, claim.person_id, claim.id, coalesce(max(b.round), 0) + 1,
    case when problem is null then 'queued' else 'error' end, problem
  from public.expense_bills b where b.expense_id = claim.id
  on conflict (expense_id) where state in ('queued', 'synced', 'error') do nothing;
  perform private.send_bills(claim.organization_id);
  return true;
end $$;
comment on function private.bill_expense(public.expenses) is
  'Puts an approved claim on its way into the books, once. False when its organisation keeps none with us.';

create function private.reconsider_bills(organization uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.expense_bills b set state = 'queued', objection = null, said = null
  from public.expenses e
  where e.id = b.expense_id and b.organization_id = organization and b.state = 'error'
    and b.objection in ('no_category', 'no_account', 'account_unknown', 'account_archived')
    and private.bill_objection(e) is null;
  if found then
    perform private.send_bills(organization);
  end if;
end $$;
comment on function private.reconsider_bills(uuid) is 'Lets bills go that waited for an account, once there is one.';

-- A bill that was on its way when its claim was sent back may be in the books already: it is looked for there, then void.
create function private.tg__expense_bill() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.status = 'approved' then
    perform private.bill_expense(new);
  elsif old.status = 'approved' and new.status = 'rejected' then
    update public.expense_bills b set state = 'voiding', objection = null, said = null
    where b.expense_id = new.id and b.state in ('queued', 'synced', 'error');
    if found then
      perform private.send_bills(new.organization_id);
    end if;
  end if;
  return null;
end $$;
comment on function private.tg__expense_bill() is 'An approved claim becomes a bill; one that is sent back afterwards has its bill taken back.';
create trigger _520_bill after update on public.expenses
  for each row when (old.status is distinct from new.status) execute function private.tg__expense_bill();

create function private.tg__category_account() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.reconsider_bills(new.organization_id);
  return null;
end $$;
comment on function private.tg__category_account() is 'A category that got an account lets the bills go that waited for it.';
create trigger _520_account after update on public.expense_categories
  for each row when (old.xero_account_code is distinct from new.xero_account_code) execute function private.tg__category_account();
