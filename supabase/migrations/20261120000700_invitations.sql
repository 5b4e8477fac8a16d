-- Invitations: how a login becomes a member. The proof is a verified e-mail address, not the knowledge of a link.

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid,
  email text not null check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  roles text[] not null check (cardinality(roles) between 1 and 12 and array_position(roles, null) is null
    and roles <@ '{owner,admin,manager,finance_director,accountant,booking,artist,crew,venue_manager,promoter,staff,external}'),
  message text check (length(message) <= 1000),
  expires_at timestamptz not null default now() + interval '7 days',
  sent_at timestamptz,
  accepted_at timestamptz,
  declined_at timestamptz,
  revoked_at timestamptz,
  invited_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade
);
comment on table public.invitations is 'An offer of membership to an e-mail address, possibly to become a person already on the books.';
create index invitations_organization_id_idx on public.invitations (organization_id);
create index invitations_person_id_idx on public.invitations (person_id);
create index invitations_email_idx on public.invitations (email);
create unique index invitations_open_idx on public.invitations (organization_id, email)
  where accepted_at is null and declined_at is null and revoked_at is null;

alter table public.invitations enable row level security;
select private.stamp('invitations');

-- A new invitation replaces an expired one, so nobody has to tidy up before inviting again.
create function private.tg__invitation_prepare() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.email := lower(btrim(new.email));
  new.invited_by := coalesce(auth.uid(), new.invited_by);
  update public.invitations i set revoked_at = now()
  where i.organization_id = new.organization_id and i.email = new.email and i.expires_at <= now()
    and i.accepted_at is null and i.declined_at is null and i.revoked_at is null;
  return new;
end $$;
comment on function private.tg__invitation_prepare() is 'Normalises the address, names the inviter, withdraws an expired invitation.';

create trigger _200_prepare before insert on public.invitations
  for each row execute function private.tg__invitation_prepare();

create function private.tg__invitation_rules() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if new.revoked_at is distinct from old.revoked_at
      and (old.accepted_at is not null or old.declined_at is not null or old.revoked_at is not null)
    then
      raise exception 'invitation_answered' using errcode = 'BL409';
    end if;
    return new;
  end if;
  if 'owner' = any(new.roles) and current_user = 'authenticated' then
    perform access.require_owner(new.organization_id);
  end if;
  if exists (select from public.people p where p.id = new.person_id and p.user_id is not null) then
    raise exception 'person_taken' using errcode = 'BL409';
  end if;
  return new;
end $$;
comment on function private.tg__invitation_rules() is 'Only owners invite owners; a linked person needs no invitation; an answer is final.';

create trigger _300_rules before insert or update of revoked_at on public.invitations
  for each row execute function private.tg__invitation_rules();

-- Those who look after people see who was invited.
create policy invitations_select_writer on public.invitations for select to authenticated
  using (organization_id in (select access.my_orgs_with('people:write')));
-- They invite.
create policy invitations_insert_writer on public.invitations for insert to authenticated
  with check (organization_id in (select access.my_orgs_with('people:write')));
-- They withdraw an invitation or change its message.
create policy invitations_update_writer on public.invitations for update to authenticated
  using (organization_id in (select access.my_orgs_with('people:write')));
grant select, insert (id, organization_id, person_id, email, roles, message), update (message, revoked_at)
  on public.invitations to authenticated;

create function private.verified_email(login uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select lower(u.email) from auth.users u where u.id = login and u.email_confirmed_at is not null);
end $$;
comment on function private.verified_email(uuid) is 'The login''s e-mail address once it is proved, in lower case; else null.';

create function private.name_of_login(login uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  said jsonb;
  email text;
begin
  select coalesce(u.raw_user_meta_data, '{}'), u.email into said, email from auth.users u where u.id = login;
  return left(coalesce(
    nullif(btrim(said ->> 'display_name'), ''),
    nullif(btrim(concat_ws(' ', said ->> 'first_name', said ->> 'last_name')), ''),
    nullif(split_part(email, '@', 1), ''), 'New member'), 120);
end $$;
comment on function private.name_of_login(uuid) is 'What to call a login until a person says otherwise.';

create function public.my_invitations() returns table (
  id uuid, organization_id uuid, organization_name text, roles text[], message text, invited_by_name text,
  expires_at timestamptz
) language plpgsql stable security definer set search_path = '' as $$
declare
  my_email constant text := private.verified_email(private.require_me());
begin
  return query
    select i.id, i.organization_id, o.name, i.roles, i.message, p.display_name, i.expires_at
    from public.invitations i
    join public.organizations o on o.id = i.organization_id and o.archived_at is null
    left join public.people p on p.organization_id = i.organization_id and p.user_id = i.invited_by
    where i.email = my_email and i.expires_at > now()
      and i.accepted_at is null and i.declined_at is null and i.revoked_at is null
    order by i.created_at;
end $$;
comment on function public.my_invitations() is 'Invitations the caller can still answer. BL401 signed out.';
grant execute on function public.my_invitations() to authenticated;

create function public.answer_invitation(invitation_id uuid, accept boolean) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  me constant uuid := private.require_me();
  invitation public.invitations;
begin
  select * into invitation from public.invitations i where i.id = invitation_id for update;
  if private.check_answer(invitation, me, accept) = 'repeated' then
    return case when accept then invitation.organization_id end;
  end if;
  update public.invitations i set
    accepted_at = case when accept then now() end, declined_at = case when not accept then now() end
  where i.id = invitation_id;
  if not accept then
    return null;
  end if;
  perform private.join_organization(
    me, invitation.organization_id, invitation.person_id, private.name_of_login(me), invitation.roles);
  return invitation.organization_id;
end $$;
comment on function public.answer_invitation(uuid, boolean) is
  'Accepts or declines; answers the organisation joined, or null. The same answer twice is harmless. BL403 e-mail not '
  'verified or suspended; BL404 not invited; BL409 answered otherwise or person taken; BL422 expired or withdrawn.';
grant execute on function public.answer_invitation(uuid, boolean) to authenticated;

-- A stranger to the address learns nothing: the same refusal as for an invitation that never was.
create function private.check_answer(invitation public.invitations, me uuid, accept boolean) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  if invitation.id is null
    or invitation.email is distinct from (select lower(u.email) from auth.users u where u.id = me) then
    raise exception 'invitation_not_found' using errcode = 'BL404';
  elsif private.verified_email(me) is null then
    raise exception 'email_not_verified' using errcode = 'BL403';
  elsif invitation.accepted_at is not null and accept or invitation.declined_at is not null and not accept then
    return 'repeated';
  elsif invitation.accepted_at is not null or invitation.declined_at is not null then
    raise exception 'invitation_answered' using errcode = 'BL409';
  elsif invitation.revoked_at is not null then
    raise exception 'invitation_revoked' using errcode = 'BL422';
  elsif invitation.expires_at <= now() then
    raise exception 'invitation_expired' using errcode = 'BL422';
  end if;
  return 'open';
end $$;
comment on function private.check_answer(public.invitations, uuid, boolean) is
  'Says "open" or "repeated", or refuses an answer to an invitation.';
