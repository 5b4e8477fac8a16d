-- Calendars outside read the schedule by a secret address. The address holds the secret, the database only its hash.

create table public.calendar_feeds (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  person_id uuid not null,
  tour_id uuid,
  room_id uuid,
  secret_hash text not null unique check (secret_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  unique nulls not distinct (person_id, tour_id, room_id),
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade,
  foreign key (tour_id, organization_id) references public.tours (id, organization_id) on delete cascade,
  foreign key (room_id, organization_id) references public.venue_rooms (id, organization_id) on delete cascade,
  constraint calendar_feeds_one_subject check (num_nonnulls(tour_id, room_id) <= 1)
);
comment on table public.calendar_feeds is
  'A secret address at which calendars read what one person may see: their own days, one tour, or one room. Revoking is deleting.';
create index calendar_feeds_organization_id_idx on public.calendar_feeds (organization_id);
create index calendar_feeds_tour_id_idx on public.calendar_feeds (tour_id);
create index calendar_feeds_room_id_idx on public.calendar_feeds (room_id);
alter table public.calendar_feeds enable row level security;
select private.stamp('calendar_feeds');
select private.audit('calendar_feeds', '{secret_hash}');

-- An address is its person's own affair.
create policy calendar_feeds_select_own on public.calendar_feeds for select to authenticated
  using (person_id in (select access.my_people()));
-- People make addresses for themselves, and for tours and rooms that they see.
create policy calendar_feeds_insert_own on public.calendar_feeds for insert to authenticated
  with check (person_id in (select access.my_people())
    and (tour_id is null or exists (select from public.tours t where t.id = calendar_feeds.tour_id))
    and (room_id is null or exists (select from public.venue_rooms r where r.id = calendar_feeds.room_id)));
-- People change the secret of their own address, so that the old one stops working.
create policy calendar_feeds_update_own on public.calendar_feeds for update to authenticated
  using (person_id in (select access.my_people()));
-- People take their own address away.
create policy calendar_feeds_delete_own on public.calendar_feeds for delete to authenticated
  using (person_id in (select access.my_people()));
grant select, insert (id, organization_id, person_id, tour_id, room_id, secret_hash), update (secret_hash), delete
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
  return access.feed_content(entry.feed);
end $$;
comment on function public.read_calendar_feed(text, integer, interval) is
  'What the person behind a secret address may see of their days, of one tour or of one room; or {wait_seconds} when it is read too often.';
revoke all on function public.read_calendar_feed(text, integer, interval) from public, anon, authenticated;
grant execute on function public.read_calendar_feed(text, integer, interval) to service_role;

-- The rows a calendar is made of, read under the caller's own policies. Somebody on no tour who reads the schedule gets all
-- of it; journeys and nights are one's own, or those of the tour asked for.
create function access.feed_content(feed public.calendar_feeds) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  org constant uuid := feed.organization_id;
  me constant uuid := feed.person_id;
  own constant boolean := feed.tour_id is null and feed.room_id is null;
  tours constant uuid[] := case
    when feed.tour_id is not null then array[feed.tour_id]
    when own then array(select t.tour_id from public.tour_people t where t.person_id = me) end;
  everything constant boolean := own and tours = '{}';
begin
  return jsonb_build_object(
    'organization', (select o.name from public.organizations o where o.id = org),
    'tour', (select t.name from public.tours t where t.id = feed.tour_id),
    'room', (select r.name || ', ' || v.name from public.venue_rooms r join public.venues v on v.id = r.venue_id where r.id = feed.room_id),
    'shows', (
      select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('venue', to_jsonb(v), 'tour', t.name,
          'changed_at', greatest(s.updated_at, v.updated_at, t.updated_at)) order by s.show_date, s.id), '[]')
      from public.shows s
      left join public.venues v on v.id = s.venue_id
      left join public.tours t on t.id = s.tour_id
      where s.organization_id = org and (everything or s.tour_id = any (tours))),
    'items', (
      select coalesce(jsonb_agg(to_jsonb(i) || jsonb_build_object('venue', to_jsonb(v), 'room', r.name,
          'changed_at', greatest(i.updated_at, v.updated_at, r.updated_at)) order by i.local_date, i.id), '[]')
      from public.schedule_items i
      left join public.shows s on s.id = i.show_id
      left join public.venues v on v.id = coalesce(i.venue_id, s.venue_id)
      left join public.venue_rooms r on r.id = i.room_id
      where i.organization_id = org and (everything or i.tour_id = any (tours) or i.room_id = feed.room_id
        or (own and i.id in (select c.item_id from public.schedule_people c where c.person_id = me)))),
    'legs', (
      select coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('seat', p.seat, 'own_confirmation', p.confirmation,
          'changed_at', greatest(l.updated_at, p.updated_at)) order by l.from_date, l.id), '[]')
      from public.travel_legs l
      left join public.travel_people p on p.leg_id = l.id and p.person_id = me
      where l.organization_id = org and (p.id is not null or l.tour_id = feed.tour_id)),
    'stays', (
      select coalesce(jsonb_agg(to_jsonb(h) || jsonb_build_object('changed_at', greatest(h.updated_at, g.updated_at))
          order by h.check_in, h.id), '[]')
      from public.hotels h
      left join public.rooming g on g.hotel_id = h.id and g.person_id = me
      where h.organization_id = org and ((own and g.id is not null) or h.tour_id = feed.tour_id)));
end $$;
comment on function access.feed_content(public.calendar_feeds) is 'What a calendar is made of, as the caller may see it.';
revoke all on function access.feed_content(public.calendar_feeds) from public, anon;
grant execute on function access.feed_content(public.calendar_feeds) to authenticated;
