-- The levels of a claim, computed when it is handed in and kept with it: rules that change later do not change them.

create table public.expense_approvals (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid not null,
  expense_id uuid not null,
  level smallint not null check (level between 1 and 3),
  wanted text not null check (private.is_chain(array[wanted])),
  status text not null default 'waiting' check (status in ('waiting', 'approved', 'rejected', 'skipped')),
  decided_by uuid,
  for_person_id uuid,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (expense_id, level),
  foreign key (expense_id, organization_id, person_id)
    references public.expenses (id, organization_id, person_id) on delete cascade,
  foreign key (decided_by, organization_id) references public.people (id, organization_id),
  foreign key (for_person_id, organization_id) references public.people (id, organization_id)
);
comment on table public.expense_approvals is
  'One level of a claim''s approval: who is wanted (see private.is_chain), who decided, and for whom when the approval was borrowed.';
create index expense_approvals_organization_id_idx on public.expense_approvals (organization_id);
create index expense_approvals_person_id_idx on public.expense_approvals (person_id);
create index expense_approvals_decided_by_idx on public.expense_approvals (decided_by);
create index expense_approvals_for_person_id_idx on public.expense_approvals (for_person_id);

alter table public.expense_approvals enable row level security;
select private.stamp('expense_approvals'), private.audit('expense_approvals');

-- People see the way of their own claims, and those who handle claims see it of all.
create policy expense_approvals_select_self_or_reader on public.expense_approvals for select to authenticated
  using (person_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('expenses:read')));
grant select on public.expense_approvals to authenticated;
select sync.track('expense_approvals', 'array[sync.staff_scope(r.organization_id), r.person_id]', '{}', '{expense_id}');

alter table public.expenses add column waits_for_level smallint;
comment on column public.expenses.waits_for_level is 'The level that has to decide next, while the claim is submitted.';
select sync.track('expenses', 'array[sync.staff_scope(r.organization_id), r.person_id]',
  '{"money": ["amount_minor", "currency"]}', '{person_id,status,expense_date}');

-- The one place that says what a claim is worth to rules and limits. Null: it cannot be compared.
create function private.claim_value(claim public.expenses) returns bigint
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select claim.amount_minor from public.organizations o where o.id = claim.organization_id and o.currency = claim.currency);
end $$;
comment on function private.claim_value(public.expenses) is 'What a claim is worth in the organisation''s currency, null where that is not known.';

-- The same choice is made on devices by chainOf in app/features/approvals/rules.ts; one set of vectors tests both.
create function private.chain_of(rules jsonb, category uuid, worth bigint, over_limit boolean) returns text[]
language plpgsql immutable set search_path = '' as $$
declare
  chain text[];
  last_level text;
begin
  select array(select jsonb_array_elements_text(r -> 'levels')) into chain
  from jsonb_array_elements(rules) r
  where (r ->> 'category_id' is null or (r ->> 'category_id')::uuid = category)
    and ((r ->> 'over_minor')::bigint = 0 or worth > (r ->> 'over_minor')::bigint)
  order by r ->> 'category_id' is null, (r ->> 'over_minor')::bigint desc limit 1;
  chain := coalesce(chain, '{any}');
  last_level := chain[cardinality(chain)];
  if not over_limit or last_level in ('high', 'role:finance_director', 'role:admin', 'role:owner') then
    return chain;
  elsif last_level = 'any' then
    return chain[:cardinality(chain) - 1] || array['high'];
  end if;
  return chain[:2] || array['high'];
end $$;
comment on function private.chain_of(jsonb, uuid, bigint, boolean) is
  'The levels a claim has to pass by these rules: always at least one, and the last one is a high one when it is over a limit.';

create function private.chain_for(claim public.expenses) returns text[]
language plpgsql stable security definer set search_path = '' as $$
begin
  if private.needs_no_approval(claim) then
    return '{}';
  end if;
  return private.chain_of(
    (select coalesce(jsonb_agg(to_jsonb(r)), '[]') from public.approval_rules r where r.organization_id = claim.organization_id),
    claim.category_id, private.claim_value(claim), claim.over_limit);
end $$;
comment on function private.chain_for(public.expenses) is 'The levels a claim has to pass by the rules in force now.';

create function private.start_chain(claim public.expenses) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.expense_approvals a where a.expense_id = claim.id;
  insert into public.expense_approvals (organization_id, person_id, expense_id, level, wanted)
  select claim.organization_id, claim.person_id, claim.id, place, wanted
  from unnest(private.chain_for(claim)) with ordinality chain (wanted, place);
end $$;
comment on function private.start_chain(public.expenses) is 'Writes the levels of a claim that was handed in; those of an earlier round go.';

create function private.tg__first_level() returns trigger language plpgsql set search_path = '' as $$
begin
  new.waits_for_level := case when new.status = 'submitted' then coalesce(new.waits_for_level, 1) end;
  return new;
end $$;
comment on function private.tg__first_level() is 'A claim that is handed in waits for its first level; one that is decided waits for none.';

create function private.tg__start_chain() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.start_chain(new);
  return null;
end $$;
comment on function private.tg__start_chain() is 'Gives a claim its levels when it is handed in.';

create trigger _200_first_level before insert or update of status on public.expenses
  for each row execute function private.tg__first_level();
create trigger _500_chain_of_new after insert on public.expenses
  for each row when (new.status = 'submitted') execute function private.tg__start_chain();
create trigger _500_chain after update on public.expenses
  for each row when (new.status = 'submitted' and old.status <> 'submitted') execute function private.tg__start_chain();

-- Claims that wait already are taken up as if they had been handed in now.
update public.expenses e set waits_for_level = 1 where e.status = 'submitted';
select private.start_chain(e) from public.expenses e where e.status = 'submitted';
