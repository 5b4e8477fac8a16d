// tsx supabase/scripts/large-organization.ts --database postgres://… [--expenses 50000]: an organisation for performance trials.
import { parseArgs } from 'node:util';
import { withClient } from '../local/postgres/prepare.ts';

const { values } = parseArgs({
  options: { database: { type: 'string' }, expenses: { type: 'string', default: '50000' } },
});
const wanted = Number(values.expenses);
if (!values.database || !Number.isInteger(wanted) || wanted < 1) {
  console.error('usage: tsx supabase/scripts/large-organization.ts --database postgres://… [--expenses 50000]');
  process.exit(1);
}

const CHUNK = 5_000;
const EMAIL = `large-${Date.now().toString(36)}@northlight.example`;

// The password is the one of the demo accounts, so its hash is taken from them.
const ORGANIZATION = `
  with login as (
    insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token,
      recovery_token, email_change_token_new, email_change, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
    select '00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated', $1,
      (select encrypted_password from auth.users where email = 'mara@northlight.example'), now(), '', '', '', '',
      '{"provider": "email", "providers": ["email"]}', '{}', now(), now() returning id
  ), identity as (
    insert into auth.identities (user_id, provider_id, provider, identity_data, created_at, updated_at)
    select id, id::text, 'email', jsonb_build_object('sub', id, 'email', $1::text), now(), now() from login
  ), organization as (
    insert into public.organizations (name, currency, time_zone) values ('Large Trial', 'EUR', 'Europe/Berlin') returning id
  ), person as (
    insert into public.people (organization_id, user_id, display_name)
    select o.id, l.id, 'Trial Owner' from organization o, login l returning id, organization_id, user_id
  ), membership as (
    insert into public.memberships (organization_id, person_id, user_id)
    select organization_id, id, user_id from person returning id, organization_id, user_id, person_id
  ), role as (
    insert into public.membership_roles (organization_id, membership_id, user_id, role)
    select organization_id, id, user_id, 'owner' from membership
  )
  select organization_id, person_id from membership`;

const EXPENSES = `
  insert into public.expenses (organization_id, person_id, category_id, amount_minor, currency, expense_date, merchant, description, tags)
  select $1, $2, c.ids[1 + n % cardinality(c.ids)], 100 + n * 37 % 90000, (array['EUR', 'USD', 'GBP', 'JPY'])[1 + n % 4],
    current_date - n % 700, 'Merchant ' || n % 400, 'Trial claim number ' || n, case when n % 9 = 0 then '{trial}' else '{}' end::text[]
  from generate_series($3::int, $4::int) n,
    (select array_agg(id order by position) as ids from public.expense_categories where organization_id = $1) c`;

await withClient(values.database, async (client) => {
  const { rows } = await client.query<{ organization_id: string; person_id: string }>(ORGANIZATION, [EMAIL]);
  const { organization_id, person_id } = rows[0]!;
  for (let from = 1; from <= wanted; from += CHUNK) {
    await client.query(EXPENSES, [organization_id, person_id, from, Math.min(wanted, from + CHUNK - 1)]);
  }
  await client.query('analyze public.expenses, sync.head');
  console.log(`${wanted} expenses in organisation ${organization_id}; sign in as ${EMAIL} with the demo password`);
});
