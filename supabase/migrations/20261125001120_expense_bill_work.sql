-- What the errand that writes bills asks of the database, and what people may ask of it.

create function private.bill_facts(bill public.expense_bills) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select jsonb_build_object(
      'id', bill.id, 'expense_id', e.id, 'round', bill.round, 'remote_id', bill.remote_id, 'refusals', bill.refusals,
      'amount_minor', e.amount_minor, 'currency', e.currency, 'expense_date', e.expense_date,
      'approved_on', (coalesce(e.decided_at, e.submitted_at, bill.created_at) at time zone o.time_zone)::date,
      'merchant', e.merchant, 'description', e.description, 'category', c.name, 'account_code', c.xero_account_code,
      'tour', t.name, 'show', s.title,
      'person', jsonb_build_object('id', p.id, 'name', p.display_name, 'email', d.email),
      'receipts', coalesce((
        select jsonb_agg(jsonb_build_object('id', r.id, 'path', r.path, 'mime_type', r.mime_type, 'byte_size', r.byte_size)
          order by r.position, r.id)
        from public.expense_receipts r where r.expense_id = e.id and r.uploaded_at is not null), '[]'))
    from public.expenses e
    join public.organizations o on o.id = e.organization_id
    join public.people p on p.id = e.person_id
    left join public.person_details d on d.id = p.id
    left join public.expense_categories c on c.id = e.category_id
    left join public.shows s on s.id = e.show_id
    left join public.tours t on t.id = s.tour_id
    where e.id = bill.expense_id);
end $$;
comment on function private.bill_facts(public.expense_bills) is 'Everything a bill is made from.';

-- What changed since the bill was queued (a category lost its account) is noticed here, before anybody is asked.
create function worker.waiting_bills(organization uuid, at_most integer default 50) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  update public.expense_bills b set state = 'error', objection = private.bill_objection(e)
  from public.expenses e
  where e.id = b.expense_id and b.organization_id = organization and b.state = 'queued' and b.remote_id is null
    and private.bill_objection(e) is not null;
  return coalesce((
    select jsonb_agg(private.bill_facts(w) order by w.created_at, w.id)
    from (select * from public.expense_bills b where b.organization_id = organization and b.state = 'queued'
      order by b.created_at, b.id limit at_most) w), '[]');
end $$;
comment on function worker.waiting_bills(uuid, integer) is 'The bills to write, oldest first, with everything they are made from.';

create function worker.voiding_bills(organization uuid, at_most integer default 50) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', b.id, 'expense_id', b.expense_id, 'round', b.round, 'remote_id', b.remote_id))
    from (select * from public.expense_bills b where b.organization_id = organization and b.state = 'voiding'
      order by b.updated_at limit at_most) b), '[]');
end $$;
comment on function worker.voiding_bills(uuid, integer) is 'The bills to take back.';

create function worker.bill_written(bill uuid, remote_id text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.expense_bills b set remote_id = bill_written.remote_id where b.id = bill;
end $$;
comment on function worker.bill_written(uuid, text) is 'The books have the bill; its files are still to come.';

create function worker.bill_done(bill uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.expense_bills b set state = 'synced', synced_at = now(), objection = null, said = null
  where b.id = bill and b.state = 'queued';
end $$;
comment on function worker.bill_done(uuid) is 'The books have the bill and its files. One to be taken back meanwhile stays so.';

create function worker.bill_refused(bill uuid, objection text, said text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.expense_bills b set state = 'error', refusals = b.refusals + 1,
    objection = bill_refused.objection, said = left(nullif(bill_refused.said, ''), 500)
  where b.id = bill and b.state in ('queued', 'voiding');
end $$;
comment on function worker.bill_refused(uuid, text, text) is 'The books said no: a person must act.';

create function worker.bill_void(bill uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  update public.expense_bills b set state = 'void', objection = null, said = null where b.id = bill and b.state = 'voiding';
end $$;
comment on function worker.bill_void(uuid) is 'The bill no longer stands in the books.';

create function worker.open_bills(organization uuid) returns setof text
language plpgsql stable security definer rows 200 set search_path = '' as $$
begin
  return query select b.remote_id from public.expense_bills b
    where b.organization_id = organization and b.state = 'synced' and b.paid_on is null and b.remote_id is not null;
end $$;
comment on function worker.open_bills(uuid) is 'Bills in the books that nobody has paid, as far as we know.';

create function private.pay_by_books(bill public.expense_bills, paid_on date) returns void
language plpgsql security definer set search_path = '' as $$
declare
  claim public.expenses;
  noon timestamptz;
begin
  select * into claim from public.expenses e where e.id = bill.expense_id for update;
  if claim.status <> 'approved' then
    return;
  end if;
  claim := private.move_expense(claim, 'paid', null);
  select (paid_on + time '12:00') at time zone o.time_zone into noon from public.organizations o where o.id = claim.organization_id;
  update public.expenses e set paid_at = least(noon, now()) where e.id = claim.id;
  update public.activity a set actor_person_id = null, actor_name = 'Xero'
  where a.entity_id = claim.id and a.action = 'paid';
end $$;
comment on function private.pay_by_books(public.expense_bills, date) is 'An approved claim is paid because its bill is. Said again, it changes nothing.';

-- Only what was fetched counts: hints may come twice, late or in any order.
create function worker.bill_seen(organization uuid, remote_id text, state text, paid_on date default null) returns text
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  bill public.expense_bills;
begin
  select * into bill from public.expense_bills b
  where b.organization_id = organization and b.remote_id = bill_seen.remote_id and b.state in ('queued', 'synced', 'error')
  for update;
  if bill.id is null then
    return 'unknown';
  elsif bill_seen.state = 'paid' then
    -- Paid although its claim was sent back: somebody must settle that, we cannot.
    update public.expense_bills b set paid_on = coalesce(bill_seen.paid_on, current_date), said = null,
      synced_at = coalesce(b.synced_at, now()),
      state = case when e.status in ('approved', 'paid', 'archived') then 'synced' else 'error' end,
      objection = case when e.status in ('approved', 'paid', 'archived') then null else 'already_paid' end
    from public.expenses e where e.id = b.expense_id and b.id = bill.id and b.paid_on is null;
    perform private.pay_by_books(bill, coalesce(bill_seen.paid_on, current_date));
    return 'paid';
  elsif bill_seen.state = 'void' then
    update public.expense_bills b set state = 'error', objection = 'void_there', paid_on = null where b.id = bill.id;
    return 'void';
  elsif bill.paid_on is not null then
    update public.expense_bills b set paid_on = null, objection = 'payment_taken_back' where b.id = bill.id;
    return 'taken_back';
  end if;
  return 'open';
end $$;
comment on function worker.bill_seen(uuid, text, text, date) is
  'What the books say of a bill now. Paid: so is its claim. Void there, or a payment taken back: noted, for a person to look at.';

grant execute on function worker.waiting_bills(uuid, integer), worker.voiding_bills(uuid, integer), worker.bill_written(uuid, text),
  worker.bill_done(uuid), worker.bill_refused(uuid, text, text), worker.bill_void(uuid), worker.open_bills(uuid),
  worker.bill_seen(uuid, text, text, date)
to service_role;

-- The books are read when somebody has let us in, and every night: accounts come and go, and hints get lost.
create function private.tg__read_books() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- Without what they signed in with, the errand could only ask them to sign in.
  if exists (select from jobs.credentials c where c.organization_id = new.organization_id and c.provider = new.provider) then
    perform jobs.enqueue('xero.read', new.organization_id, '{}', 'read');
  end if;
  return null;
end $$;
comment on function private.tg__read_books() is 'Orders the errand that reads the books of whoever has just let us in.';
create trigger _520_read_books after insert or update of connected_at on public.integrations
  for each row when (new.provider = 'xero' and new.status = 'connected') execute function private.tg__read_books();

create function worker.read_all_books() returns integer language plpgsql security definer set search_path = '' as $$
begin
  return (select count(jobs.enqueue('xero.read', i.organization_id, '{}', 'read'))
    from public.integrations i where i.provider = 'xero' and i.status <> 'disconnected');
end $$;
comment on function worker.read_all_books() is 'Orders the nightly reading of everybody''s books.';
grant execute on function worker.read_all_books() to service_role;

-- People: try again, and send what was approved before the books were connected.
create function commands.expenses_bill(op jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  claim public.expenses;
begin
  select * into claim from public.expenses e where e.id = sync.operation_id(op)
    and e.organization_id in (select access.my_orgs_with('expenses:read')) for update;
  if claim.id is null then
    perform sync.refuse('BL404', 'gone');
  elsif claim.organization_id not in (select access.my_orgs_with('expenses:pay')) then
    perform sync.refuse('BL403', 'not_permitted');
  elsif claim.status <> 'approved' then
    perform sync.refuse('BL422', 'bill_needs_approval');
  end if;
  -- One that was taken back over there is done with: the next attempt is a bill of its own.
  update public.expense_bills b set state = 'void', objection = null
  where b.expense_id = claim.id and b.state = 'error' and b.objection = 'void_there';
  update public.expense_bills b set objection = private.bill_objection(claim), said = null,
    state = case when private.bill_objection(claim) is null then 'queued' else 'error' end
  where b.expense_id = claim.id and b.state = 'error';
  if not private.bill_expense(claim) then
    perform sync.refuse('BL422', 'books_not_connected');
  end if;
  return jsonb_build_object('s', 'applied', 't', 'expenses', 'row', to_jsonb(claim));
end $$;
comment on function commands.expenses_bill(jsonb) is
  'The desk sends an approved claim to the books, or tries again. BL422 bill_needs_approval, books_not_connected.';
grant execute on function commands.expenses_bill(jsonb) to authenticated;
