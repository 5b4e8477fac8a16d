-- Ownership: an organisation always has an active owner, and only owners make or unmake owners.

create function access.require_owner(organization uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if organization not in (select access.my_orgs_as_owner()) then
    raise exception 'owner_only' using errcode = 'BL403';
  end if;
end $$;
comment on function access.require_owner(uuid) is 'Refuses BL403 owner_only unless the caller owns the organisation.';

-- The row lock makes two owners who remove each other at once take turns.
create function access.require_other_owner(organization uuid, membership uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.organizations o where o.id = organization for no key update;
  if not exists (
    select from public.membership_roles r
    join public.memberships m on m.id = r.membership_id and m.status = 'active'
    where r.organization_id = organization and r.role = 'owner' and m.id <> membership)
  then
    raise exception 'last_owner' using errcode = 'BL422';
  end if;
end $$;
comment on function access.require_other_owner(uuid, uuid) is 'Refuses BL422 last_owner when nobody but this member owns it.';

grant execute on function access.require_owner(uuid), access.require_other_owner(uuid, uuid) to authenticated;

-- Triggers below run as the caller: "authenticated" is a person at the API, anything else is our own checked code.
create function private.tg__owner_role() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.role = 'owner' and current_user = 'authenticated' then
      perform access.require_owner(new.organization_id);
    end if;
    return new;
  end if;
  if old.role = 'owner' then
    if current_user = 'authenticated' then
      perform access.require_owner(old.organization_id);
    end if;
    perform access.require_other_owner(old.organization_id, old.membership_id);
  end if;
  return old;
end $$;
comment on function private.tg__owner_role() is 'Only owners grant or take the owner role, and never the last one.';

create trigger _300_owner before insert or delete on public.membership_roles
  for each row execute function private.tg__owner_role();

create function private.tg__owner_membership() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from public.membership_roles r where r.membership_id = old.id and r.role = 'owner') then
    if current_user = 'authenticated' then
      perform access.require_owner(old.organization_id);
    end if;
    if tg_op = 'DELETE' or new.status <> 'active' then
      perform access.require_other_owner(old.organization_id, old.id);
    end if;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
comment on function private.tg__owner_membership() is 'Only owners suspend or end an owner, and never the last one.';

create trigger _300_owner before update of status or delete on public.memberships
  for each row execute function private.tg__owner_membership();

create function private.tg__archive_organization() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.archived_at is distinct from old.archived_at and current_user = 'authenticated' then
    perform access.require_owner(old.id);
  end if;
  return new;
end $$;
comment on function private.tg__archive_organization() is 'Only an owner closes or reopens an organisation.';

create trigger _300_archive before update of archived_at on public.organizations
  for each row execute function private.tg__archive_organization();

-- A person may write their own row, but not take themselves off the books.
create function private.tg__archive_person() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.archived_at is distinct from old.archived_at and current_user = 'authenticated'
    and old.organization_id not in (select access.my_orgs_with('people:write'))
  then
    raise exception 'not_permitted' using errcode = 'BL403';
  end if;
  return new;
end $$;
comment on function private.tg__archive_person() is 'Only those who look after people archive a person.';

create trigger _300_archive before update of archived_at on public.people
  for each row execute function private.tg__archive_person();

create function public.create_organization(
  name text, kind text, currency text, time_zone text, display_name text
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  me constant uuid := private.require_me();
  organization uuid;
begin
  insert into public.organizations (name, kind, currency, time_zone)
  values (btrim(create_organization.name), create_organization.kind, create_organization.currency,
    create_organization.time_zone)
  returning id into organization;
  perform private.join_organization(me, organization, null, create_organization.display_name, '{owner}');
  return organization;
end $$;
comment on function public.create_organization(text, text, text, text, text) is
  'Opens an organisation with the caller as its owner and answers its id. BL401 signed out; 23514 a malformed value.';
grant execute on function public.create_organization(text, text, text, text, text) to authenticated;

-- A returning member keeps the person, and so the history, they had before, but not the roles.
create function private.join_organization(
  member uuid, organization uuid, invited_person uuid, display_name text, roles text[]
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  person uuid;
  membership uuid;
  standing text;
begin
  person := private.link_person(member, organization, invited_person, display_name);
  select m.id, m.status into membership, standing from public.memberships m
  where m.organization_id = organization and m.user_id = member for update;
  if standing = 'suspended' then
    raise exception 'suspended' using errcode = 'BL403';
  elsif standing = 'ended' then
    update public.memberships m set status = 'active', joined_at = now() where m.id = membership;
    delete from public.membership_roles r where r.membership_id = membership and not r.role = any(roles);
  elsif membership is null then
    insert into public.memberships as m (organization_id, person_id, user_id) values (organization, person, member)
    returning m.id into membership;
  end if;
  insert into public.membership_roles (organization_id, membership_id, user_id, role)
  select organization, membership, member, r from unnest(roles) r
  on conflict (membership_id, role) do nothing;
  return person;
end $$;
comment on function private.join_organization(uuid, uuid, uuid, text, text[]) is
  'Makes a login an active member with these roles and answers the person it is. BL403 while suspended.';

create function private.link_person(member uuid, organization uuid, invited_person uuid, display_name text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare
  person uuid := (select p.id from public.people p where p.organization_id = organization and p.user_id = member);
begin
  if person is not null then
    return person;
  end if;
  if invited_person is null then
    insert into public.people (organization_id, user_id, display_name)
    values (organization, member, btrim(link_person.display_name)) returning id into person;
    return person;
  end if;
  update public.people p set user_id = member
  where p.id = invited_person and p.organization_id = organization and p.user_id is null returning p.id into person;
  if person is null then
    raise exception 'person_taken' using errcode = 'BL409';
  end if;
  return person;
end $$;
comment on function private.link_person(uuid, uuid, uuid, text) is
  'The person a login is in an organisation: known, linked now, or new. BL409 when the invited person has another login.';
