-- Expense claims: drafted on the road, decided at the desk.

create table public.expenses (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid not null,
  show_id uuid,
  category_id uuid,
  amount_minor bigint constraint expenses_amount_out_of_bounds check (amount_minor between 1 and 9999999999),
  currency char(3) not null constraint expenses_bad_currency check (currency ~ '^[A-Z]{3}$'),
  expense_date date not null constraint expenses_date_out_of_bounds check (expense_date >= '2000-01-01'),
  merchant text check (length(merchant) <= 200),
  description text constraint expenses_description_too_long check (length(description) <= 500),
  status text not null default 'draft' check (status in
    ('draft', 'submitted', 'approved', 'rejected', 'paid', 'cancelled', 'archived')),
  payment_method text check (length(payment_method) <= 40),
  notes text check (length(notes) <= 4000),
  tags text[] not null default '{}'
    check (cardinality(tags) <= 20 and array_position(tags, null) is null and length(tags::text) <= 1000),
  submitted_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  rejection_reason text check (length(rejection_reason) <= 500),
  paid_at timestamptz,
  over_limit boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id, person_id),
  foreign key (person_id, organization_id) references public.people (id, organization_id),
  foreign key (show_id, organization_id) references public.shows (id, organization_id) on delete set null (show_id),
  foreign key (category_id, organization_id) references public.expense_categories (id, organization_id),
  foreign key (decided_by, organization_id) references public.people (id, organization_id),
  constraint expenses_amount_missing check (amount_minor is not null or status in ('draft', 'cancelled'))
);
comment on table public.expenses is 'A claim: money a person laid out. The person edits it while it is a draft or rejected; only commands move it on.';
create index expenses_organization_id_idx on public.expenses (organization_id, status);
create index expenses_person_id_idx on public.expenses (person_id, status);
create index expenses_show_id_idx on public.expenses (show_id);
create index expenses_category_id_idx on public.expenses (category_id);
create index expenses_decided_by_idx on public.expenses (decided_by);

alter table public.expenses enable row level security;
select private.stamp('expenses'), private.audit('expenses');

-- People see their own claims, and those who handle claims see them all.
create policy expenses_select_self_or_reader on public.expenses for select to authenticated
  using (person_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('expenses:read')));
-- Everyone claims for themselves only.
create policy expenses_insert_self on public.expenses for insert to authenticated
  with check (person_id in (select access.my_people()));
-- The person corrects a claim until it is handed in, and again when it came back.
create policy expenses_update_self on public.expenses for update to authenticated
  using (person_id in (select access.my_people()) and status in ('draft', 'rejected'));
-- A draft that was never handed in may be thrown away.
create policy expenses_delete_self on public.expenses for delete to authenticated
  using (person_id in (select access.my_people()) and status = 'draft' and submitted_at is null);
grant select,
  insert (id, organization_id, person_id, show_id, category_id, amount_minor, currency, expense_date, merchant,
    description, payment_method, notes, tags),
  update (show_id, category_id, amount_minor, currency, expense_date, merchant, description, payment_method, notes, tags),
  delete
  on public.expenses to authenticated;

-- The earliest place on Earth decides what "today" is: nobody's honest date is refused because of their zone.
create function private.tg__no_future_date() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.expense_date > (now() at time zone 'Pacific/Kiritimati')::date then
    raise exception 'future_date' using errcode = 'BL422';
  end if;
  return new;
end $$;
comment on function private.tg__no_future_date() is 'Refuses BL422 future_date for a claim dated after today.';

create trigger _200_no_future_date before insert or update of expense_date on public.expenses
  for each row execute function private.tg__no_future_date();

create table private.expense_transitions (
  from_status text not null,
  to_status text not null,
  who text not null,
  primary key (from_status, to_status)
);
comment on table private.expense_transitions is 'The ways a claim can go. Who: "claimant", or the permission it takes.';
alter table private.expense_transitions enable row level security;
insert into private.expense_transitions (from_status, to_status, who) values
  ('draft', 'submitted', 'claimant'),
  ('draft', 'cancelled', 'claimant'),
  ('submitted', 'cancelled', 'claimant'),
  ('submitted', 'approved', 'expenses:approve'),
  ('submitted', 'rejected', 'expenses:approve'),
  ('approved', 'rejected', 'expenses:approve_high'),
  ('approved', 'paid', 'expenses:pay'),
  ('rejected', 'draft', 'claimant'),
  ('paid', 'archived', 'expenses:pay');

create function private.tg__expense_transition() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (
    select from private.expense_transitions t where t.from_status = old.status and t.to_status = new.status)
  then
    raise exception 'bad_transition' using errcode = 'BL422', detail = old.status || ' -> ' || new.status;
  end if;
  return new;
end $$;
comment on function private.tg__expense_transition() is 'Refuses BL422 bad_transition for a way that is not in the table, whoever tries.';

create trigger _300_transition before update on public.expenses
  for each row when (old.status is distinct from new.status) execute function private.tg__expense_transition();

select sync.track('expenses', 'array[sync.staff_scope(r.organization_id), r.person_id]',
  '{"money": ["amount_minor", "currency"]}', '{person_id,status,expense_date}');
