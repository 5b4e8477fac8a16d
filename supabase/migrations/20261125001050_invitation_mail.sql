-- The mail of an invitation is an errand, ordered by the row itself: it rests, gives up and is seen like any other.

create function private.tg__invitation_mail() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.sent_at is null and new.expires_at > now() then
    perform jobs.enqueue('mail.invitation', new.organization_id, jsonb_build_object('invitation', new.id),
      new.id::text, 'invitations', new.id);
  end if;
  return null;
end $$;
comment on function private.tg__invitation_mail() is 'Orders the mail of a new invitation.';

create trigger _500_mail after insert on public.invitations
  for each row execute function private.tg__invitation_mail();

select jobs.enqueue('mail.invitation', i.organization_id, jsonb_build_object('invitation', i.id), i.id::text, 'invitations', i.id)
from public.invitations i
where i.sent_at is null and i.accepted_at is null and i.declined_at is null and i.revoked_at is null and i.expires_at > now();
