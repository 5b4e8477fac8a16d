-- Columns that devices keep sealed, and the half of the key that a device gets back once its person has proved who they are.

alter table sync.tables add column sealed text[] not null default '{}';
comment on column sync.tables.sealed is 'Columns whose values rest encrypted on devices.';

create function sync.seal(table_name text, columns text[]) returns void language plpgsql set search_path = '' as $$
begin
  update sync.tables t set sealed = seal.columns where t.name = table_name and seal.columns <@ t.columns;
  if not found then
    raise exception 'table % is not tracked with the columns %', table_name, columns;
  end if;
end $$;
comment on function sync.seal(text, text[]) is 'Names the columns of a tracked table that devices keep sealed. Call it again after sync.track() of a new column.';
revoke all on function sync.seal(text, text[]) from public;

select sync.seal('person_details', '{email,phone,birth_date}');

create table private.seal_secrets (
  user_id uuid primary key references auth.users on delete cascade,
  secret text not null default encode(extensions.gen_random_bytes(32), 'hex'),
  created_at timestamptz not null default now()
);
comment on table private.seal_secrets is 'One secret a login: their devices wrap the keys of sealed columns with it, and let go of the bare key when the screen locks.';
alter table private.seal_secrets enable row level security;

create function private.proved_at() returns timestamptz language plpgsql stable set search_path = '' as $$
begin
  return (select to_timestamp(max((method ->> 'timestamp')::bigint))
    from jsonb_array_elements(coalesce(auth.jwt() -> 'amr', '[]')) method);
end $$;
comment on function private.proved_at() is 'When the caller last gave a password, a code or a second factor; a refreshed token keeps that moment.';

create function public.seal_secret() returns text language plpgsql security definer set search_path = '' as $$
declare
  me constant uuid := private.require_me();
  kept text;
begin
  if coalesce(private.proved_at() < now() - interval '10 minutes', true) then
    perform sync.refuse('BL403', 'prove_first');
  end if;
  insert into private.seal_secrets (user_id) values (me) on conflict do nothing;
  select s.secret into kept from private.seal_secrets s where s.user_id = me;
  return kept;
end $$;
comment on function public.seal_secret() is
  'The caller''s seal secret, within ten minutes of their proof. BL401 signed out, BL403 prove_first.';
revoke all on function public.seal_secret() from public, anon;
grant execute on function public.seal_secret() to authenticated;
