-- The steps of a claim. Devices ask for them by name; one function checks the way, the right and what was seen.

create function private.over_limit(claim public.expenses) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  category public.expense_categories;
  organization public.organizations;
begin
  select * into category from public.expense_categories c where c.id = claim.category_id;
  select * into organization from public.organizations o where o.id = claim.organization_id;
  -- Without exchange rates a minor unit counts as a minor unit: it is about a cent in most currencies.
  return claim.amount_minor > organization.expense_limit_minor
    or (claim.currency = category.currency and claim.amount_minor > category.max_amount_minor) is true;
end $$;
comment on function private.over_limit(public.expenses) is 'Whether a claim needs the higher approval.';

create function private.check_submission(claim public.expenses) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
  category public.expense_categories;
begin
  select * into category from public.expense_categories c where c.id = claim.category_id;
  if claim.amount_minor is null then
    perform sync.refuse('BL422', 'missing_amount');
  elsif btrim(coalesce(claim.description, '')) = '' then
    perform sync.refuse('BL422', 'missing_description');
  elsif not coalesce(category.active, true) then
    perform sync.refuse('BL422', 'inactive_category');
  elsif category.requires_receipt
    and not exists (select from public.expense_receipts r where r.expense_id = claim.id)
  then
    perform sync.refuse('BL422', 'missing_receipts');
  end if;
end $$;
comment on function private.check_submission(public.expenses) is 'Refuses BL422 with what a claim still lacks.';

create function private.needs_no_approval(claim public.expenses) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return not claim.over_limit and exists (
    select from public.expense_categories c where c.id = claim.category_id and not c.requires_approval);
end $$;
comment on function private.needs_no_approval(public.expenses) is 'Whether the books take this kind of claim without a decision.';

create function private.check_right(claim public.expenses, target text, who text) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
  own constant boolean := claim.person_id in (select access.my_people());
begin
  if who = 'claimant' then
    if not own then
      perform sync.refuse('BL403', 'not_permitted');
    end if;
  elsif claim.organization_id not in (select access.my_orgs_with(who)) then
    perform sync.refuse('BL403', 'not_permitted');
  elsif own and target in ('approved', 'rejected') then
    perform sync.refuse('BL422', 'own_claim');
  elsif target = 'approved' and claim.over_limit
    and claim.organization_id not in (select access.my_orgs_with('expenses:approve_high'))
  then
    perform sync.refuse('BL422', 'insufficient_approval_limit');
  end if;
end $$;
comment on function private.check_right(public.expenses, text, text) is
  'Refuses BL403 without the right, BL422 own_claim, BL422 insufficient_approval_limit.';

-- Until a file is noted as arrived its owner may upload it again: what was looked at would not be what was decided on.
create function private.check_proof(claim public.expenses) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if exists (select from public.expense_receipts r where r.expense_id = claim.id and r.uploaded_at is null) then
    perform sync.refuse('BL422', 'receipts_not_arrived');
  end if;
end $$;
comment on function private.check_proof(public.expenses) is 'Refuses BL422 receipts_not_arrived while a photo is on its way.';

create function private.move_expense(claim public.expenses, target text, reason text) returns public.expenses
language plpgsql security definer set search_path = '' as $$
declare
  decides constant boolean := target in ('approved', 'rejected');
begin
  update public.expenses e set
    status = target,
    over_limit = case when target = 'submitted' then private.over_limit(claim) else e.over_limit end,
    submitted_at = case when target = 'submitted' then now() else e.submitted_at end,
    decided_at = case when decides then now() when target = 'submitted' then null else e.decided_at end,
    decided_by = case when decides then nullif(private.my_person(e.organization_id), e.person_id)
      when target = 'submitted' then null else e.decided_by end,
    rejection_reason = case when target = 'rejected' then reason
      when target = 'submitted' then null else e.rejection_reason end,
    paid_at = case when target = 'paid' then now() else e.paid_at end
  where e.id = claim.id returning * into claim;
  return claim;
end $$;
comment on function private.move_expense(public.expenses, text, text) is 'Takes a claim to a status and stamps the step.';

-- SECURITY DEFINER: nobody at the API may write a status. Takes two arguments, so that no device can call it by name.
create function commands.step_expense(op jsonb, target text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  seen constant jsonb := sync.object_in(op, 'seen');
  claim public.expenses;
  way private.expense_transitions;
  changed text[];
begin
  select * into claim from public.expenses e where e.id = sync.operation_id(op)
    and (e.person_id in (select access.my_people()) or e.organization_id in (select access.my_orgs_with('expenses:read')))
    for update;
  if claim.id is null then
    perform sync.refuse('BL404', 'gone');
  end if;
  perform sync.require_columns(seen, sync.columns_granted('expenses', 'select'), 'BL400', 'unknown_column');
  changed := sync.differing(to_jsonb(claim), sync.as_stored('expenses', seen), sync.keys(seen));
  select * into way from private.expense_transitions t where t.from_status = claim.status and t.to_status = target;
  if way.who is null and cardinality(changed) = 0 then
    -- Handed in twice, from the phone and from the desk: the wish is fulfilled. A decision is never taken twice.
    if claim.status = target and target in ('submitted', 'cancelled', 'draft') and claim.person_id in (select access.my_people()) then
      return jsonb_build_object('s', 'applied', 't', 'expenses', 'row', to_jsonb(claim));
    end if;
    changed := '{status}';
  end if;
  if cardinality(changed) > 0 then
    return jsonb_build_object('s', 'conflict', 't', 'expenses', 'row', to_jsonb(claim), 'f', to_jsonb(changed));
  end if;
  perform private.check_right(claim, target, way.who);
  if target = 'submitted' then
    perform private.check_submission(claim);
  elsif target in ('approved', 'paid') then
    perform private.check_proof(claim);
  end if;
  claim := private.move_expense(claim, target, btrim(op -> 'args' ->> 'reason'));
  if target = 'submitted' and private.needs_no_approval(claim) then
    claim := private.move_expense(claim, 'approved', null);
  end if;
  return jsonb_build_object('s', 'applied', 't', 'expenses', 'row', to_jsonb(claim));
end $$;
comment on function commands.step_expense(jsonb, text) is
  'Moves a claim on, if it is still what the caller saw and the caller has the right to that step; else says what changed.';
