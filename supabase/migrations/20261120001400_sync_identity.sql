-- Who belongs where travels to every device of the organisation; contact details only to the desk and the person.

select sync.track('organizations', 'array[r.id]', '{"limit": ["expense_limit_minor", "currency"]}');
select sync.track('people', 'array[r.organization_id]', '{}', '{user_id}');
select sync.track('person_details', 'array[sync.staff_scope(r.organization_id), r.id]');
select sync.track('memberships', 'array[r.organization_id]', '{}', '{user_id}');
select sync.track('membership_roles', 'array[r.organization_id]', '{}', '{user_id}');
select sync.track('settings', 'array[r.organization_id]');
select sync.track('invitations', 'array[sync.staff_scope(r.organization_id)]');

-- A person's id is also the scope that person follows, and whoever adds people chooses it: under the id of another
-- organisation, its desk or a login they would hear of changes there and learn the ids of rows.
create index organizations_staff_scope_idx on public.organizations (sync.staff_scope(id));

create function sync.tg__own_scope() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.organizations o where new.id = o.id)
    or exists (select from public.organizations o where new.id = sync.staff_scope(o.id))
    or exists (select from auth.users u where new.id = u.id)
  then
    perform sync.refuse('BL410', 'exists');
  end if;
  return new;
end $$;
comment on function sync.tg__own_scope() is 'Refuses BL410 a person whose id is already a place where others look.';

create trigger _300_own_scope before insert on public.people
  for each row execute function sync.tg__own_scope();
