-- S34. Files that no row names: which columns name the files of a bucket is told here, and nightly the function `jobs` removes the rest.
-- Rows of storage.objects must go by the Storage API, which removes the bytes too; so the database only says which.

create table private.file_columns (
  bucket_id text not null,
  table_name text not null,
  column_name text not null,
  primary key (bucket_id, table_name, column_name)
);
comment on table private.file_columns is 'The columns that name the files of a bucket. A bucket that is not here is never swept.';
revoke all on private.file_columns from public;

create function private.names_files(bucket text, table_name regclass, variadic columns text[]) returns void
language plpgsql set search_path = '' as $$
declare
  named text;
begin
  foreach named in array columns loop
    if not exists (select from pg_catalog.pg_attribute a where a.attrelid = table_name and a.attname = named) then
      raise exception '% has no column %', table_name, named;
    end if;
    insert into private.file_columns values (bucket, table_name::text, named) on conflict do nothing;
  end loop;
end $$;
comment on function private.names_files(text, regclass, text[]) is
  'Says that columns of a table name files of a bucket. Call it for every such column before any file is stored.';

select private.names_files('receipts', 'public.expense_receipts', 'path', 'thumbnail_path');

-- SECURITY DEFINER: it looks at the files and rows of every organisation; only the service role may ask.
create function public.orphaned_files(older_than interval default '7 days', at_most integer default 500)
returns table (bucket_id text, name text) language plpgsql stable security definer set search_path = '' as $$
declare
  bucket text;
  unnamed text;
begin
  for bucket, unnamed in
    select f.bucket_id,
      string_agg(format('not exists (select from %s t where t.%I = o.name)', f.table_name::regclass, f.column_name), ' and ')
    from private.file_columns f group by f.bucket_id order by f.bucket_id
  loop
    return query execute format(
      'select o.bucket_id, o.name from storage.objects o where o.bucket_id = $1
       and greatest(o.created_at, o.updated_at) < now() - $2 and %s order by o.name limit $3', unnamed)
      using bucket, greatest(older_than, '1 day'), at_most;
  end loop;
end $$;
comment on function public.orphaned_files(interval, integer) is
  'Files that no row names and nobody has touched for a while: what a claim that never came, or a removed photo, left behind.';
revoke all on function public.orphaned_files(interval, integer) from public, anon, authenticated;
grant execute on function public.orphaned_files(interval, integer) to service_role;
