-- Approval chains: which levels a claim has to pass, how far somebody's approval reaches, and who stands in for whom.

-- A level names who decides: any (whoever may approve), high (whoever may approve beyond limits), role:<role> or person:<id>.
create function private.is_chain(levels text[]) returns boolean language plpgsql immutable set search_path = '' as $$
begin
  return cardinality(levels) between 1 and 3
    and not exists (
      select from unnest(levels) l
      where l is null or l !~ '^(any|high|role:(owner|admin|manager|finance_director|accountant|booking)|person:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$')
    and (select count(*) = count(distinct l) from unnest(levels) l where l like 'person:%');
end $$;
comment on function private.is_chain(text[]) is 'True for one to three levels, none of which names a person twice.';
grant execute on function private.is_chain(text[]) to authenticated, service_role;

create table public.approval_rules (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  category_id uuid,
  over_minor bigint not null default 0
    constraint approval_rules_amount_out_of_bounds check (over_minor between 0 and 9999999999),
  levels text[] not null constraint approval_rules_bad_levels check (private.is_chain(levels)),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique nulls not distinct (organization_id, category_id, over_minor),
  foreign key (category_id, organization_id) references public.expense_categories (id, organization_id)
);
comment on table public.approval_rules is
  'Claims over an amount (in the organisation''s currency; 0 is every claim) of a category, or of any, need these levels. A category''s own rule comes before one for any category, then the highest amount.';
create index approval_rules_category_id_idx on public.approval_rules (category_id);

create table public.approval_limits (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  role text check (role in ('manager', 'finance_director', 'accountant', 'booking')),
  person_id uuid,
  max_minor bigint not null constraint approval_limits_amount_out_of_bounds check (max_minor between 0 and 9999999999),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (organization_id, role),
  unique (organization_id, person_id),
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade,
  constraint approval_limits_role_or_person check ((role is null) <> (person_id is null))
);
comment on table public.approval_limits is
  'The most a role or a person may approve, in the organisation''s currency. A person''s own limit comes before those of their roles; owners and admins have none by role.';
create index approval_limits_person_id_idx on public.approval_limits (person_id);

create table public.approval_delegations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  lender_id uuid not null,
  borrower_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  reason text not null constraint approval_delegations_reason_missing check (btrim(reason) <> '' and length(reason) <= 200),
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  foreign key (lender_id, organization_id) references public.people (id, organization_id) on delete cascade,
  foreign key (borrower_id, organization_id) references public.people (id, organization_id) on delete cascade,
  constraint approval_delegations_to_oneself check (lender_id <> borrower_id),
  constraint approval_delegations_bad_period check (ends_on between starts_on and starts_on + 366)
);
comment on table public.approval_delegations is
  'Somebody lends their approvals to a colleague, from one day to another in the organisation''s zone. What is borrowed cannot be lent on.';
create index approval_delegations_organization_id_idx on public.approval_delegations (organization_id, ends_on);
create index approval_delegations_lender_id_idx on public.approval_delegations (lender_id);
create index approval_delegations_borrower_id_idx on public.approval_delegations (borrower_id);

alter table public.approval_rules enable row level security;
alter table public.approval_limits enable row level security;
alter table public.approval_delegations enable row level security;
select private.stamp(t), private.audit(t) from unnest('{approval_rules,approval_limits,approval_delegations}'::text[]) t;

create function private.tg__people_of_chain() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if private.is_chain(new.levels) and exists (
    select from unnest(new.levels) l
    where l like 'person:%' and not exists (
      select from public.people p where p.id::text = substr(l, 8) and p.organization_id = new.organization_id))
  then
    raise exception 'link_missing' using errcode = 'BL422';
  end if;
  return new;
end $$;
comment on function private.tg__people_of_chain() is 'Refuses BL422 link_missing for a level that names nobody of this organisation.';

create trigger _300_people_of_chain before insert or update of levels on public.approval_rules
  for each row execute function private.tg__people_of_chain();

-- Everyone may know what their claims will have to pass.
create policy approval_rules_select_member on public.approval_rules for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Those who run the organisation add rules.
create policy approval_rules_insert_writer on public.approval_rules for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('settings:write')));
-- They change them.
create policy approval_rules_update_writer on public.approval_rules for update to authenticated
  using (organization_id in (select access.my_orgs_with('settings:write')));
-- They remove them; claims that are on their way keep the chain they have.
create policy approval_rules_delete_writer on public.approval_rules for delete to authenticated
  using (organization_id in (select access.my_orgs_with('settings:write')));
grant select, insert (id, organization_id, category_id, over_minor, levels), update (category_id, over_minor, levels), delete
  on public.approval_rules to authenticated;

-- Everyone may know who can approve what.
create policy approval_limits_select_member on public.approval_limits for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Those who run the organisation set limits.
create policy approval_limits_insert_writer on public.approval_limits for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('settings:write')));
-- They change them.
create policy approval_limits_update_writer on public.approval_limits for update to authenticated
  using (organization_id in (select access.my_orgs_with('settings:write')));
-- They lift them.
create policy approval_limits_delete_writer on public.approval_limits for delete to authenticated
  using (organization_id in (select access.my_orgs_with('settings:write')));
grant select, insert (id, organization_id, role, person_id, max_minor), update (max_minor), delete
  on public.approval_limits to authenticated;

-- Everyone sees who stands in for whom.
create policy approval_delegations_select_member on public.approval_delegations for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- People lend what is theirs; those who run the organisation do it for somebody who is away already.
create policy approval_delegations_insert_lender_or_writer on public.approval_delegations for insert to authenticated
  with check (lender_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('settings:write')));
-- The same people shorten it, or end it at once.
create policy approval_delegations_update_lender_or_writer on public.approval_delegations for update to authenticated
  using (lender_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('settings:write')));
grant select, insert (id, organization_id, lender_id, borrower_id, starts_on, ends_on, reason), update (ends_on, ended_at)
  on public.approval_delegations to authenticated;

select sync.track('approval_rules', 'array[r.organization_id]'),
  sync.track('approval_limits', 'array[r.organization_id]'),
  sync.track('approval_delegations', 'array[r.organization_id]');
