-- Deciding level by level: the commands of a claim ask the chain instead of a permission alone.

create function private.check_decision(claim public.expenses) returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := private.my_person(claim.organization_id);
  mine constant text[] := private.roles_of(me);
  level_wants constant text := (
    select a.wanted from public.expense_approvals a where a.expense_id = claim.id and a.level = claim.waits_for_level);
  approves constant boolean := private.carries(mine, 'expenses:approve');
  named constant boolean := private.is_named(level_wants, claim.over_limit, me, mine);
  lender uuid;
begin
  if claim.person_id = me then
    perform sync.refuse(case when approves or named then 'BL422' else 'BL403' end,
      case when approves or named then 'own_claim' else 'not_permitted' end);
  end if;
  select d.lender_id into lender from private.deciders(claim) d where d.decider_id = me;
  if found then
    return lender;
  elsif exists (select from private.running_loans(claim.organization_id) d where d.borrower_id = me and d.lender_id = claim.person_id) then
    perform sync.refuse('BL422', 'lenders_claim');
  elsif exists (select from public.expense_approvals a
    where a.expense_id = claim.id and a.status = 'approved' and me in (a.decided_by, a.for_person_id))
  then
    perform sync.refuse('BL422', 'approved_before');
  elsif named or (approves and (level_wants = 'high' or (level_wants = 'any' and claim.over_limit))) then
    perform sync.refuse('BL403', 'insufficient_approval_limit');
  end if;
  perform sync.refuse('BL403', case when approves then 'not_your_level' else 'not_permitted' end);
end $$;
comment on function private.check_decision(public.expenses) is
  'For whom the caller approves the level a claim waits for (null: in their own right), or a refusal that says what is in the way.';

-- Sending a claim back needs no limit: it only asks for a correction.
create function private.check_rejection(claim public.expenses) returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant uuid := private.my_person(claim.organization_id);
begin
  if claim.person_id = me and private.carries(private.roles_of(me), 'expenses:approve') then
    perform sync.refuse('BL422', 'own_claim');
  elsif exists (select from private.running_loans(claim.organization_id) d where d.borrower_id = me and d.lender_id = claim.person_id) then
    perform sync.refuse('BL422', 'lenders_claim');
  elsif claim.person_id is distinct from me and claim.organization_id in (select access.my_orgs_with('expenses:approve')) then
    return null;
  end if;
  return private.check_decision(claim);
end $$;
comment on function private.check_rejection(public.expenses) is 'For whom the caller sends a waiting claim back (null: in their own right), or a refusal.';

create function private.note_level(claim public.expenses, level smallint, what text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.activity (organization_id, person_id, entity_type, entity_id, action, actor_person_id, actor_name, detail)
  select a.organization_id, a.person_id, 'expenses', a.expense_id, what, a.decided_by, actor.display_name,
    jsonb_strip_nulls(jsonb_build_object('level', a.level, 'wanted', a.wanted, 'for', lender.display_name,
      'levels', (select count(*) from public.expense_approvals all_of where all_of.expense_id = a.expense_id)))
  from public.expense_approvals a
  left join public.people actor on actor.id = a.decided_by
  left join public.people lender on lender.id = a.for_person_id
  where a.expense_id = claim.id and a.level = note_level.level;
end $$;
comment on function private.note_level(public.expenses, smallint, text) is 'Notes in the history that a level was approved or passed over.';

-- A level that nobody at all may decide is passed over once somebody has approved: a claim never hangs on who has left.
create function private.pass_on(claim public.expenses) returns public.expenses
language plpgsql security definer set search_path = '' as $$
declare
  next_level smallint;
begin
  loop
    select min(a.level) into next_level from public.expense_approvals a where a.expense_id = claim.id and a.status = 'waiting';
    update public.expenses e set
      status = case when next_level is null then 'approved' else e.status end,
      waits_for_level = next_level,
      decided_at = now()
    where e.id = claim.id returning * into claim;
    exit when next_level is null or exists (select from private.deciders(claim));
    update public.expense_approvals a set status = 'skipped', decided_at = now()
    where a.expense_id = claim.id and a.level = next_level;
    perform private.note_level(claim, next_level, 'level_skipped');
  end loop;
  return claim;
end $$;
comment on function private.pass_on(public.expenses) is 'Takes a claim to its next level, or to approved after the last one.';

create function private.decide_level(claim public.expenses, outcome text, lender uuid) returns public.expenses
language plpgsql security definer set search_path = '' as $$
declare
  me constant uuid := private.my_person(claim.organization_id);
  deciding constant smallint := claim.waits_for_level;
begin
  update public.expense_approvals a set status = outcome, decided_by = me, for_person_id = lender, decided_at = now()
  where a.expense_id = claim.id and a.level = deciding;
  if lender is not null then
    perform private.record(claim.organization_id, outcome, 'expenses', claim.id, '{}', jsonb_build_object('level', deciding,
      'said', (select b.display_name || ' for ' || l.display_name from public.people b, public.people l where b.id = me and l.id = lender)));
  end if;
  if outcome = 'rejected' then
    return claim;
  end if;
  update public.expenses e set decided_by = me where e.id = claim.id returning * into claim;
  if exists (select from public.expense_approvals a where a.expense_id = claim.id and a.status = 'waiting') then
    perform private.note_level(claim, deciding, 'level_approved');
  end if;
  return private.pass_on(claim);
end $$;
comment on function private.decide_level(public.expenses, text, uuid) is 'Writes down who decided the waiting level, for whom, and takes the claim on.';

create or replace function commands.step_expense(op jsonb, target text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  seen constant jsonb := sync.object_in(op, 'seen');
  claim public.expenses;
  way private.expense_transitions;
  changed text[];
  decides boolean;
  lender uuid;
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
  decides := claim.status = 'submitted' and target in ('approved', 'rejected');
  if not decides then
    perform private.check_right(claim, target, way.who);
  elsif target = 'approved' then
    lender := private.check_decision(claim);
  else
    lender := private.check_rejection(claim);
  end if;
  if target = 'submitted' then
    perform private.check_submission(claim);
  elsif target in ('approved', 'paid') then
    perform private.check_proof(claim);
  end if;
  if decides then
    claim := private.decide_level(claim, target, lender);
  end if;
  if not (decides and target = 'approved') then
    claim := private.move_expense(claim, target, btrim(op -> 'args' ->> 'reason'));
  end if;
  if target = 'submitted' and private.needs_no_approval(claim) then
    claim := private.move_expense(claim, 'approved', null);
  end if;
  return jsonb_build_object('s', 'applied', 't', 'expenses', 'row', to_jsonb(claim));
end $$;
