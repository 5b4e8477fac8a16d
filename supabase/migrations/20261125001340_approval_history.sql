-- The history of a claim names the level and who lent the approval; levels that lose their last decider are passed.

-- An import has no caller: then the claim itself says who did it and when.
create or replace function private.tg__expense_activity() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  actor constant uuid := case
    when new.status in ('approved', 'rejected') then new.decided_by
    when auth.uid() is not null then private.my_person(new.organization_id)
    when new.status in ('paid', 'archived') then new.decided_by
    else new.person_id end;
  moment constant timestamptz := case new.status
    when 'submitted' then new.submitted_at when 'paid' then new.paid_at
    when 'approved' then new.decided_at when 'rejected' then new.decided_at end;
  -- The level this very decision was about; the last one of those that people decided.
  decided constant public.expense_approvals := (
    select a from public.expense_approvals a
    where a.expense_id = new.id and a.decided_by = actor and a.status = new.status and old.status = 'submitted'
    order by a.level desc limit 1);
begin
  insert into public.activity
    (organization_id, person_id, entity_type, entity_id, action, actor_person_id, actor_name, detail, at)
  values (new.organization_id, new.person_id, 'expenses', new.id, new.status, actor,
    (select p.display_name from public.people p where p.id = actor),
    jsonb_strip_nulls(jsonb_build_object(
      'from', old.status, 'amount_minor', new.amount_minor, 'currency', new.currency,
      'description', new.description, 'over_limit', nullif(new.over_limit, false),
      'level', decided.level, 'for', (select p.display_name from public.people p where p.id = decided.for_person_id),
      'reason', case when new.status = 'rejected' then new.rejection_reason end)),
    coalesce(moment, now()));
  return null;
end $$;

-- When the last person who could decide a level leaves, claims that others approved before do not wait for nobody.
create function private.tg__pass_emptied() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.pass_on(e)
  from public.expenses e
  where e.organization_id in (select distinct c.organization_id from changed c) and e.status = 'submitted' and e.waits_for_level > 1
    and not exists (select from private.deciders(e));
  return null;
end $$;
comment on function private.tg__pass_emptied() is 'Takes claims on whose waiting level nobody may decide any more.';

create trigger _500_pass_emptied after update on public.memberships referencing new table as changed
  for each statement execute function private.tg__pass_emptied();
create trigger _500_pass_emptied after delete on public.membership_roles referencing old table as changed
  for each statement execute function private.tg__pass_emptied();
