-- Receipts: what a claim is proved with. The row says what the file is; the bytes are in Storage.

create table public.expense_receipts (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  expense_id uuid not null,
  person_id uuid not null,
  path text not null unique,
  thumbnail_path text unique,
  byte_size bigint not null constraint expense_receipts_too_large check (byte_size between 1 and 10485760),
  mime_type text not null constraint expense_receipts_bad_type check
    (mime_type in ('image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf')),
  original_name text check (length(original_name) <= 255),
  width integer check (width between 1 and 30000),
  height integer check (height between 1 and 30000),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  position integer not null default 0,
  uploaded_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  foreign key (expense_id, organization_id, person_id)
    references public.expenses (id, organization_id, person_id) on delete cascade,
  constraint expense_receipts_bad_path check (
    path ~ ('^' || organization_id || '/' || person_id || '/' || id || '\.(jpg|png|webp|heic|pdf)$')),
  constraint expense_receipts_bad_thumbnail_path check (
    thumbnail_path = organization_id || '/' || person_id || '/' || id || '.thumb.jpg')
);
comment on table public.expense_receipts is 'One photo or document of a claim. uploaded_at is empty while the file is still on the device.';
create index expense_receipts_expense_id_idx on public.expense_receipts (expense_id);
create index expense_receipts_person_id_idx on public.expense_receipts (person_id);
create index expense_receipts_organization_id_idx on public.expense_receipts (organization_id);

alter table public.expense_receipts enable row level security;
select private.stamp('expense_receipts'), private.audit('expense_receipts');

create function access.my_open_expenses() returns setof uuid
language plpgsql stable security definer rows 50 set search_path = '' as $$
begin
  return query select e.id from public.expenses e
    where e.person_id in (select access.my_people()) and e.status in ('draft', 'rejected');
end $$;
comment on function access.my_open_expenses() is 'The caller''s claims that may still be edited.';
grant execute on function access.my_open_expenses() to authenticated;

-- People see their own receipts, and those who handle claims see them all.
create policy expense_receipts_select_self_or_reader on public.expense_receipts for select to authenticated
  using (person_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('expenses:read')));
-- The person adds receipts to a claim that is still theirs to edit.
create policy expense_receipts_insert_self on public.expense_receipts for insert to authenticated
  with check (person_id in (select access.my_people()) and expense_id in (select access.my_open_expenses()));
-- The person removes them as long as the claim is theirs to edit.
create policy expense_receipts_delete_self on public.expense_receipts for delete to authenticated
  using (person_id in (select access.my_people()) and expense_id in (select access.my_open_expenses()));
grant select,
  insert (id, organization_id, expense_id, person_id, path, thumbnail_path, byte_size, mime_type, original_name,
    width, height, sha256, position),
  delete
  on public.expense_receipts to authenticated;

-- The lock on the claim makes receipts that arrive together count each other.
create function private.tg__receipt_count() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.expenses e where e.id = new.expense_id for update;
  if (select count(*) from public.expense_receipts r where r.expense_id = new.expense_id) >= 5 then
    raise exception 'too_many_receipts' using errcode = 'BL422';
  end if;
  return new;
end $$;
comment on function private.tg__receipt_count() is 'Refuses BL422 too_many_receipts for the sixth receipt of a claim.';

create trigger _200_receipt_count before insert on public.expense_receipts
  for each row execute function private.tg__receipt_count();

select sync.track('expense_receipts', 'array[sync.staff_scope(r.organization_id), r.person_id]', '{}', '{expense_id}');

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('receipts', 'receipts', false, 10485760,
  '{image/jpeg,image/png,image/webp,image/heic,application/pdf}')
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- A folder belongs to one person in one organisation: "<organisation>/<person>".
create function access.my_folders() returns setof text
language plpgsql stable security definer rows 4 set search_path = '' as $$
begin
  return query select p.organization_id || '/' || p.id from public.people p where p.id in (select access.my_people());
end $$;
comment on function access.my_folders() is 'Storage folders that are the caller''s own.';

create function access.my_sealed_files() returns setof text
language plpgsql stable security definer rows 50 set search_path = '' as $$
begin
  return query
    select file from public.expense_receipts r, unnest(array[r.path, r.thumbnail_path]) file
    where r.person_id in (select access.my_people()) and r.uploaded_at is not null and file is not null
      and r.expense_id not in (select access.my_open_expenses());
end $$;
comment on function access.my_sealed_files() is 'The caller''s receipts that are handed in and arrived: proof does not change any more.';
grant execute on function access.my_folders(), access.my_sealed_files() to authenticated;

-- People read their own receipts.
create policy receipts_select_self on storage.objects for select to authenticated
  using (bucket_id = 'receipts' and regexp_replace(name, '/[^/]*$', '') in (select access.my_folders()));
-- Those who handle claims look at the receipts of their organisation.
create policy receipts_select_reader on storage.objects for select to authenticated
  using (bucket_id = 'receipts'
    and split_part(name, '/', 1) in (select o::text from access.my_orgs_with('expenses:read') o));
-- People upload into their own folder.
create policy receipts_insert_self on storage.objects for insert to authenticated
  with check (bucket_id = 'receipts' and regexp_replace(name, '/[^/]*$', '') in (select access.my_folders()));
-- An upload may be repeated until the claim that it proves is handed in.
create policy receipts_update_self on storage.objects for update to authenticated
  using (bucket_id = 'receipts' and regexp_replace(name, '/[^/]*$', '') in (select access.my_folders())
    and name not in (select access.my_sealed_files()));
