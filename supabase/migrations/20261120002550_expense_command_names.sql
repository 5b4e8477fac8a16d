-- The names by which devices ask for the steps of a claim and of its receipts.

create function commands.expenses_submit(op jsonb) returns jsonb language plpgsql set search_path = '' as $$
begin
  return commands.step_expense(op, 'submitted');
end $$;
comment on function commands.expenses_submit(jsonb) is 'The claimant hands a draft in.';

create function commands.expenses_cancel(op jsonb) returns jsonb language plpgsql set search_path = '' as $$
begin
  return commands.step_expense(op, 'cancelled');
end $$;
comment on function commands.expenses_cancel(jsonb) is 'The claimant takes a claim back.';

create function commands.expenses_reopen(op jsonb) returns jsonb language plpgsql set search_path = '' as $$
begin
  return commands.step_expense(op, 'draft');
end $$;
comment on function commands.expenses_reopen(jsonb) is 'The claimant takes up a rejected claim to correct it.';

create function commands.expenses_approve(op jsonb) returns jsonb language plpgsql set search_path = '' as $$
begin
  if not sync.object_in(op, 'seen') ?& '{amount_minor,currency}' then
    perform sync.refuse('BL400', 'missing_seen');
  end if;
  return commands.step_expense(op, 'approved');
end $$;
comment on function commands.expenses_approve(jsonb) is 'The desk approves what it saw; `seen` names at least amount_minor and currency.';

create function commands.expenses_reject(op jsonb) returns jsonb language plpgsql set search_path = '' as $$
declare
  reason constant text := btrim(coalesce(sync.object_in(op, 'args') ->> 'reason', ''));
begin
  if reason = '' then
    perform sync.refuse('BL422', 'missing_reason');
  elsif length(reason) > 500 then
    perform sync.refuse('BL422', 'reason_too_long');
  end if;
  return commands.step_expense(op, 'rejected');
end $$;
comment on function commands.expenses_reject(jsonb) is 'The desk sends a claim back, with a reason of at most 500 characters in args.reason.';

create function commands.expenses_pay(op jsonb) returns jsonb language plpgsql set search_path = '' as $$
begin
  return commands.step_expense(op, 'paid');
end $$;
comment on function commands.expenses_pay(jsonb) is 'The desk has paid an approved claim.';

create function commands.expenses_archive(op jsonb) returns jsonb language plpgsql set search_path = '' as $$
begin
  return commands.step_expense(op, 'archived');
end $$;
comment on function commands.expenses_archive(jsonb) is 'The desk puts a paid claim away.';

-- The receipt's row may be there long before its bytes; only Storage knows when they came.
create function commands.expense_receipts_arrived(op jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  receipt public.expense_receipts;
begin
  select * into receipt from public.expense_receipts r
  where r.id = sync.operation_id(op) and r.person_id in (select access.my_people()) for update;
  if receipt.id is null then
    perform sync.refuse('BL404', 'gone');
  elsif not exists (select from storage.objects o where o.bucket_id = 'receipts' and o.name = receipt.path) then
    perform sync.refuse('BL422', 'not_uploaded');
  end if;
  update public.expense_receipts r set uploaded_at = now()
  where r.id = receipt.id and r.uploaded_at is null returning * into receipt;
  return jsonb_build_object('s', 'applied', 't', 'expense_receipts', 'row',
    (select to_jsonb(r) from public.expense_receipts r where r.id = sync.operation_id(op)));
end $$;
comment on function commands.expense_receipts_arrived(jsonb) is 'Notes that a receipt''s file has arrived in Storage.';

grant execute on function
  commands.step_expense(jsonb, text), commands.expenses_submit(jsonb), commands.expenses_cancel(jsonb),
  commands.expenses_reopen(jsonb), commands.expenses_approve(jsonb), commands.expenses_reject(jsonb),
  commands.expenses_pay(jsonb), commands.expenses_archive(jsonb), commands.expense_receipts_arrived(jsonb)
to authenticated;
