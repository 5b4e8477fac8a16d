-- Who may decide a level. The same question is answered on devices by decidersOf in app/features/approvals/rules.ts.

create function private.today_at(organization uuid) returns date
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select (now() at time zone o.time_zone)::date from public.organizations o where o.id = organization);
end $$;
comment on function private.today_at(uuid) is 'The day it is in the organisation''s zone.';

create function private.roles_of(person uuid) returns text[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return array(
    select r.role from public.memberships m join public.membership_roles r on r.membership_id = m.id
    where m.person_id = person and m.status = 'active');
end $$;
comment on function private.roles_of(uuid) is 'The roles of a person who is an active member; none for everybody else.';

create function private.carries(roles text[], permission text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from access.role_permissions p where p.role = any (roles) and p.permission = carries.permission);
end $$;
comment on function private.carries(text[], text) is 'Whether one of these roles has a permission.';

create function private.approval_limit(person uuid, roles text[]) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare
  own constant bigint := (select l.max_minor from public.approval_limits l where l.person_id = person);
begin
  if own is not null or roles && '{owner,admin}' then
    return own;
  end if;
  return (
    select case when bool_or(l.id is null and private.carries(array[r], 'expenses:approve')) then null else max(l.max_minor) end
    from unnest(roles) r
    left join public.people p on p.id = person
    left join public.approval_limits l on l.organization_id = p.organization_id and l.role = r);
end $$;
comment on function private.approval_limit(uuid, text[]) is
  'The most a person with these roles may approve, null for any amount: their own limit, else the widest of their roles.';

-- "any" of a claim over a limit is "high": a limit that comes to light later still holds.
create function private.is_named(wanted text, over_limit boolean, person uuid, roles text[]) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.carries(roles, 'expenses:read') and case
    when wanted = 'high' or (wanted = 'any' and over_limit) then private.carries(roles, 'expenses:approve_high')
    when wanted = 'any' then private.carries(roles, 'expenses:approve')
    when wanted like 'role:%' then substr(wanted, 6) = any (roles)
    else wanted = 'person:' || person end;
end $$;
comment on function private.is_named(text, boolean, uuid, text[]) is 'Whether a level wants this person, whatever the amount.';

create function private.running_loans(organization uuid) returns setof public.approval_delegations
language plpgsql stable security definer set search_path = '' as $$
declare
  today constant date := private.today_at(organization);
begin
  return query select * from public.approval_delegations d
    where d.organization_id = organization and d.ended_at is null and today between d.starts_on and d.ends_on;
end $$;
comment on function private.running_loans(uuid) is 'Who stands in for whom today.';

-- Nobody decides a claim of their own, one they decided before, or one of somebody whose approvals they hold.
create function private.deciders_among(claim public.expenses, named uuid[]) returns table (decider_id uuid, lender_id uuid)
language plpgsql stable security definer set search_path = '' as $$
declare
  barred constant uuid[] := array(
    select claim.person_id
    union select d.borrower_id from private.running_loans(claim.organization_id) d where d.lender_id = claim.person_id
    union select unnest(array[a.decided_by, a.for_person_id]) from public.expense_approvals a
      where a.expense_id = claim.id and a.status = 'approved');
begin
  return query
    select distinct on (found.decider) found.decider, found.lender from (
      select n.id as decider, null::uuid as lender from unnest(named) n (id)
      union all
      select d.borrower_id, d.lender_id from private.running_loans(claim.organization_id) d
      where d.lender_id = any (named) and d.lender_id <> all (array_remove(barred, null))
        and private.carries(private.roles_of(d.borrower_id), 'expenses:read')
    ) found
    where found.decider <> all (array_remove(barred, null))
    order by found.decider, found.lender nulls first;
end $$;
comment on function private.deciders_among(public.expenses, uuid[]) is
  'Of the people a level names, and those who stand in for them, who may decide this claim; the lender where it is borrowed.';

create function private.deciders(claim public.expenses) returns table (decider_id uuid, lender_id uuid)
language plpgsql stable security definer set search_path = '' as $$
declare
  level_wants constant text := (
    select a.wanted from public.expense_approvals a where a.expense_id = claim.id and a.level = claim.waits_for_level);
  value constant bigint := private.claim_value(claim);
begin
  return query select d.decider_id, d.lender_id from private.deciders_among(claim, array(
    select m.person_id from public.memberships m, lateral private.roles_of(m.person_id) roles
    where m.organization_id = claim.organization_id and m.status = 'active'
      and private.is_named(level_wants, claim.over_limit, m.person_id, roles)
      and coalesce(value <= private.approval_limit(m.person_id, roles), true))) d;
  if not found then
    return query select d.decider_id, d.lender_id from private.deciders_among(claim, array(
      select m.person_id from public.memberships m
      where m.organization_id = claim.organization_id and m.status = 'active'
        and private.roles_of(m.person_id) && '{owner,admin}')) d;
  end if;
end $$;
comment on function private.deciders(public.expenses) is
  'Who may decide the level a claim waits for: those it names, within their limits, and who stands in for them; else owners and admins.';
