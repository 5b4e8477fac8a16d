-- Activity: the short history that people read beside a record. Written by triggers, never by hand.

create table public.activity (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid not null,
  entity_type text not null,
  entity_id uuid not null,
  action text not null,
  actor_person_id uuid,
  actor_name text,
  detail jsonb not null default '{}',
  at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade,
  foreign key (actor_person_id, organization_id)
    references public.people (id, organization_id) on delete set null (actor_person_id)
);
comment on table public.activity is 'What happened to a record of this person, by whom. No actor: the system did it.';
create index activity_organization_id_idx on public.activity (organization_id, entity_type, at desc);
create index activity_person_id_idx on public.activity (person_id, at desc);
create index activity_entity_id_idx on public.activity (entity_id);
create index activity_actor_person_id_idx on public.activity (actor_person_id);

alter table public.activity enable row level security;
select private.stamp('activity');

-- People read the history of what is theirs; those who handle claims read that of every claim.
create policy activity_select_self_or_reader on public.activity for select to authenticated
  using (person_id in (select access.my_people())
    or (entity_type = 'expenses' and organization_id in (select access.my_orgs_with('expenses:read'))));
grant select on public.activity to authenticated;

select sync.track('activity', 'array[sync.staff_scope(r.organization_id), r.person_id]', '{}', '{entity_id,at}');

create function private.my_person(organization uuid) returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select p.id from public.people p where p.organization_id = organization and p.user_id = auth.uid());
end $$;
comment on function private.my_person(uuid) is 'The caller as a person of this organisation, or null.';

-- An import has no caller: then the claim itself says who did it and when.
create function private.tg__expense_activity() returns trigger
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
begin
  insert into public.activity
    (organization_id, person_id, entity_type, entity_id, action, actor_person_id, actor_name, detail, at)
  values (new.organization_id, new.person_id, 'expenses', new.id, new.status, actor,
    (select p.display_name from public.people p where p.id = actor),
    jsonb_strip_nulls(jsonb_build_object(
      'from', old.status, 'amount_minor', new.amount_minor, 'currency', new.currency,
      'description', new.description, 'over_limit', nullif(new.over_limit, false),
      'reason', case when new.status = 'rejected' then new.rejection_reason end)),
    coalesce(moment, now()));
  return null;
end $$;
comment on function private.tg__expense_activity() is 'Notes each step of a claim; the action is the status it came to.';

create trigger _600_activity after update on public.expenses
  for each row when (old.status is distinct from new.status) execute function private.tg__expense_activity();
