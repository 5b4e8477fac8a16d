-- Roles become permissions here, and permissions become rows one may see and touch.

create table access.role_permissions (
  role text not null,
  permission text not null check (permission ~ '^[a-z_]+:[a-z_]+$'),
  primary key (role, permission)
);
comment on table access.role_permissions is 'What each membership role may do. Changed by migration only.';

insert into access.role_permissions (role, permission)
select r, p
from (values
  ('{owner,admin}', '{organization:write,people:read_details,people:write,settings:write,audit:read,desk:read,
    categories:write,expenses:read,expenses:approve,expenses:approve_high,expenses:pay,schedule:read,schedule:write}'),
  ('{finance_director}', '{desk:read,expenses:read,expenses:approve,expenses:approve_high,expenses:pay,
    people:read_details,audit:read,schedule:read}'),
  ('{accountant}', '{desk:read,expenses:read,expenses:approve,expenses:pay,categories:write,schedule:read}'),
  ('{manager}', '{desk:read,schedule:read,schedule:write,expenses:read,people:read_details}'),
  ('{booking}', '{desk:read,schedule:read,schedule:write,expenses:read}'),
  ('{venue_manager,promoter,staff}', '{desk:read,schedule:read}')
) as given (roles, permissions), unnest(roles::text[]) r, unnest(permissions::text[]) p;

create function access.my_orgs() returns setof uuid
language plpgsql stable security definer rows 4 set search_path = '' as $$
begin
  return query
    select m.organization_id from public.memberships m
    where m.user_id = access.me() and m.status = 'active';
end $$;
comment on function access.my_orgs() is 'Organisations in which the caller is an active member.';

create function access.my_orgs_with(permission text) returns setof uuid
language plpgsql stable security definer rows 4 set search_path = '' as $$
begin
  return query
    select distinct r.organization_id
    from public.membership_roles r
    join public.memberships m on m.id = r.membership_id and m.status = 'active'
    join access.role_permissions p on p.role = r.role
    where r.user_id = access.me() and p.permission = my_orgs_with.permission;
end $$;
comment on function access.my_orgs_with(text) is 'Organisations in which one of the caller''s roles carries this permission.';

create function access.my_people() returns setof uuid
language plpgsql stable security definer rows 4 set search_path = '' as $$
begin
  return query
    select m.person_id from public.memberships m
    where m.user_id = access.me() and m.status = 'active';
end $$;
comment on function access.my_people() is 'The caller as a person, one in each organisation where the membership is active.';

create function access.my_orgs_as_owner() returns setof uuid
language plpgsql stable security definer rows 4 set search_path = '' as $$
begin
  return query
    select r.organization_id from public.membership_roles r
    join public.memberships m on m.id = r.membership_id and m.status = 'active'
    where r.user_id = access.me() and r.role = 'owner';
end $$;
comment on function access.my_orgs_as_owner() is 'Organisations that the caller owns.';

grant execute on function access.my_orgs(), access.my_orgs_with(text), access.my_people(), access.my_orgs_as_owner()
  to authenticated;

-- Members see their organisation.
create policy organizations_select_member on public.organizations for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Those who run it change its name, places and limits.
create policy organizations_update_writer on public.organizations for update to authenticated
  using (organization_id in (select access.my_orgs_with('organization:write')));
grant select, update (name, kind, locale, currency, time_zone, branding, expense_limit_minor, archived_at)
  on public.organizations to authenticated;

-- Members see the names of everyone they work with.
create policy people_select_member on public.people for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Those who look after people add them, with or without a login.
create policy people_insert_writer on public.people for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('people:write')));
-- People keep their own name right, and those who look after people keep everyone's.
create policy people_update_self_or_writer on public.people for update to authenticated
  using (id in (select access.my_people()) or organization_id in (select access.my_orgs_with('people:write')));
grant select, insert (id, organization_id, display_name, first_name, last_name, title, time_zone),
  update (display_name, first_name, last_name, title, time_zone, archived_at) on public.people to authenticated;

-- Contact details are for the person and for those who may read them.
create policy person_details_select_self_or_reader on public.person_details for select to authenticated
  using (id in (select access.my_people()) or organization_id in (select access.my_orgs_with('people:read_details')));
-- The person, or those who look after people, write them down.
create policy person_details_insert_self_or_writer on public.person_details for insert to authenticated
  with check (id in (select access.my_people()) or organization_id in (select access.my_orgs_with('people:write')));
-- The same people correct them.
create policy person_details_update_self_or_writer on public.person_details for update to authenticated
  using (id in (select access.my_people()) or organization_id in (select access.my_orgs_with('people:write')));
grant select, insert (id, organization_id, email, phone, locale, currency, birth_date),
  update (email, phone, locale, currency, birth_date) on public.person_details to authenticated;

-- Members see who else is a member.
create policy memberships_select_member on public.memberships for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Those who look after people suspend, resume and end memberships.
create policy memberships_update_writer on public.memberships for update to authenticated
  using (organization_id in (select access.my_orgs_with('people:write')));
grant select, update (status) on public.memberships to authenticated;

-- Members see who holds which role.
create policy membership_roles_select_member on public.membership_roles for select to authenticated
  using (organization_id in (select access.my_orgs()));
-- Those who look after people grant roles.
create policy membership_roles_insert_writer on public.membership_roles for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('people:write')));
-- They take them away again.
create policy membership_roles_delete_writer on public.membership_roles for delete to authenticated
  using (organization_id in (select access.my_orgs_with('people:write')));
grant select, insert (id, organization_id, membership_id, user_id, role), delete
  on public.membership_roles to authenticated;
