-- Calendars outside read the schedule by a secret address. The address holds the secret, the database only its hash.

create table public.calendar_feeds (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid not null,
  tour_id uuid,
  secret_hash text not null unique check (secret_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  unique nulls not distinct (person_id, tour_id),
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade,
  foreign key (tour_id, organization_id) references public.tours (id, organization_id) on delete cascade
);
comment on table public.calendar_feeds is
  'A secret address at which calendars read what one person may see: their own days, or one tour. Revoking is deleting.';
create index calendar_feeds_organization_id_idx on public.calendar_feeds (organization_id);
create index calendar_feeds_tour_id_idx on public.calendar_feeds (tour_id);
alter table public.calendar_feeds enable row level security;
select private.stamp('calendar_feeds');
select private.audit('calendar_feeds', '{secret_hash}');

-- An address is its person's own affair.
create policy calendar_feeds_select_own on public.calendar_feeds for select to authenticated
  using (person_id in (select access.my_people()));
-- People make addresses for themselves, and for tours that they see.
create policy calendar_feeds_insert_own on public.calendar_feeds for insert to authenticated
  with check (person_id in (select access.my_people())
    and (tour_id is null or exists (select from public.tours t where t.id = tour_id)));
-- People change the secret of their own address, so that the old one stops working.
create policy calendar_feeds_update_own on public.calendar_feeds for update to authenticated
  using (person_id in (select access.my_people()));
-- People take their own address away.
create policy calendar_feeds_delete_own on public.calendar_feeds for delete to authenticated
  using (person_id in (select access.my_people()));
grant select, insert (id, organization_id, person_id, tour_id, secret_hash), update (secret_hash), delete
  on public.calendar_feeds to authenticated;
select sync.track('calendar_feeds', 'array[r.person_id]', '{}', '{person_id}');

create table private.feed_visits (
  feed_id uuid primary key references public.calendar_feeds on delete cascade,
  since timestamptz not null default now(),
  visits integer not null default 1
);
comment on table private.feed_visits is 'How often each address was read in its current window of time.';
revoke all on private.feed_visits from public;

-- SECURITY DEFINER: it reads the hash of every person; only the service role may ask.
create function access.enter_feed(
  asked_hash text, most integer, spell interval, out feed public.calendar_feeds, out user_id uuid, out wait_seconds integer
) language plpgsql security definer set search_path = '' as $$
declare
  visit private.feed_visits;
begin
  select f.* into feed from public.calendar_feeds f where f.secret_hash = asked_hash;
  if feed.id is null then
    raise exception 'unknown_feed' using errcode = 'BL404';
  end if;
  insert into private.feed_visits as v (feed_id) values (feed.id)
  on conflict (feed_id) do update set
    since = case when v.since < now() - spell then now() else v.since end,
    visits = case when v.since < now() - spell then 1 else v.visits + 1 end
  returning v.* into visit;
  if visit.visits > most then
    wait_seconds := greatest(1, ceil(extract(epoch from visit.since + spell - now())));
  end if;
  select p.user_id into user_id from public.people p where p.id = feed.person_id;
end $$;
comment on function access.enter_feed(text, integer, interval) is
  'The address behind a hash, whose it is, and how long to wait when it was read too often. Refuses BL404.';
revoke all on function access.enter_feed(text, integer, interval) from public, anon, authenticated;
grant execute on function access.enter_feed(text, integer, interval) to service_role;

-- Not SECURITY DEFINER: it becomes the person for the rest of the transaction, so that policies decide what is in the calendar.
create function public.read_calendar_feed(asked_hash text, most integer default 30, spell interval default '5 minutes')
returns jsonb language plpgsql set search_path = '' as $$
declare
  entry record;
begin
  entry := access.enter_feed(asked_hash, most, spell);
  if entry.wait_seconds is not null then
    return jsonb_build_object('wait_seconds', entry.wait_seconds);
  end if;
  perform set_config('request.jwt.claims',
    jsonb_build_object('sub', entry.user_id, 'role', 'authenticated', 'aud', 'authenticated')::text, true);
  perform set_config('role', 'authenticated', true);
  return access.feed_content((entry.feed).organization_id, (entry.feed).person_id, (entry.feed).tour_id);
end $$;
comment on function public.read_calendar_feed(text, integer, interval) is
  'What the person behind a secret address may see of their days or of one tour; or {wait_seconds} when it is read too often.';
revoke all on function public.read_calendar_feed(text, integer, interval) from public, anon, authenticated;
grant execute on function public.read_calendar_feed(text, integer, interval) to service_role;

-- The rows a calendar is made of, read under the caller's own policies. Somebody on no tour who reads the schedule gets all of it.
create function access.feed_content(organization uuid, person uuid, tour uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  mine constant uuid[] := array(select t.tour_id from public.tour_people t where t.person_id = person);
begin
  return jsonb_build_object(
    'organization', (select o.name from public.organizations o where o.id = organization),
    'tour', (select t.name from public.tours t where t.id = tour),
    'shows', (
      select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('venue', to_jsonb(v), 'tour', t.name,
          'changed_at', greatest(s.updated_at, v.updated_at, t.updated_at)) order by s.show_date, s.id), '[]')
      from public.shows s
      left join public.venues v on v.id = s.venue_id
      left join public.tours t on t.id = s.tour_id
      where s.organization_id = organization
        and case when tour is not null then s.tour_id = tour when mine = '{}' then true else s.tour_id = any (mine) end));
end $$;
comment on function access.feed_content(uuid, uuid, uuid) is 'The shows of a calendar, as the caller may see them.';
revoke all on function access.feed_content(uuid, uuid, uuid) from public, anon;
grant execute on function access.feed_content(uuid, uuid, uuid) to authenticated;
