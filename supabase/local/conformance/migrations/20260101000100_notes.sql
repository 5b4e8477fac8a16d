create table public.notes (id integer primary key, body text not null);
grant all on public.notes to service_role;
insert into storage.buckets (id, name) values ('kept', 'kept');
