import type pg from 'pg';

/**
 * A twin of `expenses` in the form that RxDB's Supabase replication asks for: `_modified`, `_deleted`, an index to page by.
 * Same columns, rows, policies, stamps and audit, so that both sides ask the same of the database.
 */
export async function makeRxdbTable(db: pg.Client): Promise<void> {
  await db.query(TABLE);
  await db.query(`set session_replication_role = replica`);
  await db.query(`insert into public.rxdb_expenses select e.*, false, e.created_at from public.expenses e`);
  await db.query('reset session_replication_role');
  await db.query('analyze public.rxdb_expenses');
}

const TABLE = `
  create table public.rxdb_expenses (like public.expenses including defaults including constraints, primary key (id));
  alter table public.rxdb_expenses owner to postgres;
  alter table public.rxdb_expenses add _deleted boolean not null default false, add _modified timestamptz not null default now();
  create index on public.rxdb_expenses (organization_id, _modified, id);
  alter table public.rxdb_expenses enable row level security;
  create policy reads on public.rxdb_expenses for select to authenticated
    using (person_id in (select access.my_people()) or organization_id in (select access.my_orgs_with('expenses:read')));
  create policy inserts on public.rxdb_expenses for insert to authenticated
    with check (person_id in (select access.my_people()));
  create policy updates on public.rxdb_expenses for update to authenticated
    using (person_id in (select access.my_people()) and status in ('draft', 'rejected'));
  grant select, insert, update on public.rxdb_expenses to authenticated;
  create function public.rxdb_modified() returns trigger language plpgsql as $$
  begin
    new._modified := now();
    return new;
  end $$;
  create trigger _101_modified before update on public.rxdb_expenses for each row execute function public.rxdb_modified();
  select private.stamp('rxdb_expenses'), private.audit('rxdb_expenses');`;
