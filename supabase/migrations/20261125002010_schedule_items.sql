-- The days of a tour and the timed lines in them.

create table public.tour_days (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  tour_id uuid not null,
  day date not null check (day between '1900-01-01' and '2199-12-31'),
  kind text not null check (kind in ('show', 'travel', 'off', 'dark')),
  city text check (length(city) <= 120),
  time_zone text not null check (private.is_time_zone(time_zone)),
  notes text check (length(notes) <= 10000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (tour_id, day),
  unique (id, organization_id),
  foreign key (tour_id, organization_id) references public.tours (id, organization_id) on delete cascade
);
comment on table public.tour_days is 'A day of a tour and what kind it is; dark means no performance.';
create index tour_days_organization_id_idx on public.tour_days (organization_id);

create table public.schedule_items (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  tour_id uuid,
  show_id uuid,
  tour_day_id uuid,
  parent_id uuid,
  kind text not null default 'other' check (kind in ('rehearsal', 'performance', 'meeting', 'travel', 'call_time',
    'load_in', 'line_check', 'soundcheck', 'doors', 'support', 'set', 'changeover', 'curfew', 'load_out', 'strike',
    'lobby_call', 'bus_call', 'meal', 'press', 'meet_and_greet', 'day_off', 'other')),
  title text not null check (btrim(title) <> '' and length(title) <= 200),
  local_date date not null check (local_date between '1900-01-01' and '2199-12-31'),
  wall_start text check (wall_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  wall_end text check (wall_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  day_offset smallint not null default 0 check (day_offset between 0 and 2),
  end_offset smallint not null default 0 check (end_offset between 0 and 9),
  time_zone text not null check (private.is_time_zone(time_zone)),
  certainty text not null default 'exact' check (certainty in ('exact', 'approx', 'tbd', 'hidden')),
  starts_at timestamptz,
  ends_at timestamptz,
  venue_id uuid,
  room_id uuid,
  place text check (length(place) <= 400),
  visibility text not null default 'everyone' check (visibility in ('everyone', 'group', 'people')),
  crew text check (crew in ('artist', 'band', 'crew', 'production', 'guest')),
  notes text check (length(notes) <= 10000),
  requires_acknowledgment boolean not null default false,
  acknowledge_by timestamptz,
  recurrence text check (length(recurrence) <= 500),
  exceptions date[] not null default '{}' check (cardinality(exceptions) <= 400),
  accepted_conflicts jsonb not null default '{}'
    constraint schedule_items_accepted_conflicts_bad check (jsonb_typeof(accepted_conflicts) = 'object' and length(accepted_conflicts::text) <= 8000),
  cancelled_at timestamptz,
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (id, organization_id),
  foreign key (tour_id, organization_id) references public.tours (id, organization_id),
  foreign key (show_id, organization_id) references public.shows (id, organization_id) on delete cascade,
  foreign key (tour_day_id, organization_id) references public.tour_days (id, organization_id) on delete cascade,
  foreign key (parent_id, organization_id) references public.schedule_items (id, organization_id) on delete cascade,
  foreign key (venue_id, organization_id) references public.venues (id, organization_id),
  foreign key (room_id, organization_id) references public.venue_rooms (id, organization_id) on delete set null (room_id),
  constraint schedule_items_end_without_start check (wall_end is null or wall_start is not null),
  constraint schedule_items_ends_before_it_starts check (
    (end_offset * 24 + split_part(wall_end, ':', 1)::integer) * 60 + split_part(wall_end, ':', 2)::integer
    > (day_offset * 24 + split_part(wall_start, ':', 1)::integer) * 60 + split_part(wall_start, ':', 2)::integer),
  constraint schedule_items_approx_needs_a_time check (certainty <> 'approx' or wall_start is not null),
  constraint schedule_items_group_missing check ((visibility = 'group') = (crew is not null)),
  constraint schedule_items_recurrence_bad check (recurrence ~ '^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$'),
  constraint schedule_items_recurrence_endless check (recurrence ~ '(^|;)(COUNT|UNTIL)=')
);
comment on table public.schedule_items is 'A timed line in a day. Local date, wall time and zone are the truth; starts_at and ends_at follow from them.';
comment on column public.schedule_items.local_date is 'The day it belongs to; what is past midnight has a day_offset instead of a later date.';
comment on column public.schedule_items.certainty is 'A hidden line is seen by the desk only.';
comment on column public.schedule_items.revision is 'Counts changes of time and place; what was acknowledged is one of them.';
create index schedule_items_organization_id_idx on public.schedule_items (organization_id, local_date);
create index schedule_items_tour_id_idx on public.schedule_items (tour_id, visibility);
create index schedule_items_show_id_idx on public.schedule_items (show_id);
create index schedule_items_tour_day_id_idx on public.schedule_items (tour_day_id);
create index schedule_items_parent_id_idx on public.schedule_items (parent_id);
create index schedule_items_venue_id_idx on public.schedule_items (venue_id);
create index schedule_items_room_id_idx on public.schedule_items (room_id);

create table public.schedule_people (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations,
  item_id uuid not null,
  person_id uuid not null,
  role text check (length(role) <= 80),
  status text not null default 'invited' check (status in ('invited', 'confirmed', 'declined', 'tentative', 'no_response')),
  note text check (length(note) <= 500),
  acknowledged_at timestamptz,
  seen jsonb check (length(seen::text) <= 2000),
  checked_in_at timestamptz,
  checked_out_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  row_version bigint not null default 1,
  unique (item_id, person_id),
  foreign key (item_id, organization_id) references public.schedule_items (id, organization_id) on delete cascade,
  foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade
);
comment on table public.schedule_people is 'Who is called to a line of the day, and what they answered. seen: time and place as last acknowledged.';
create index schedule_people_person_id_idx on public.schedule_people (person_id, item_id);
create index schedule_people_organization_id_idx on public.schedule_people (organization_id);

alter table public.tour_days enable row level security;
alter table public.schedule_items enable row level security;
alter table public.schedule_people enable row level security;
select private.stamp(t), private.audit(t) from unnest('{tour_days,schedule_items,schedule_people}'::text[]) t;

-- A line belongs to the tour of its show or day; whoever writes it cannot say otherwise.
create function private.tg__place_item() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.tour_id := coalesce(
    (select s.tour_id from public.shows s where s.id = new.show_id),
    (select d.tour_id from public.tour_days d where d.id = new.tour_day_id));
  new.starts_at := private.instant_of(new.local_date, new.wall_start, new.day_offset, new.time_zone);
  new.ends_at := private.instant_of(new.local_date, new.wall_end, new.end_offset, new.time_zone);
  return new;
end $$;
comment on function private.tg__place_item() is 'Derives the tour and the instants of a line of the day.';
create trigger _200_place before insert or update on public.schedule_items
  for each row execute function private.tg__place_item();

create function private.tg__item_revision() returns trigger language plpgsql set search_path = '' as $$
begin
  new.revision := old.revision + 1;
  return new;
end $$;
comment on function private.tg__item_revision() is 'Counts a change of time, place or cancellation.';
create trigger _210_revision before update on public.schedule_items for each row when (
  (old.local_date, old.wall_start, old.wall_end, old.day_offset, old.end_offset, old.time_zone, old.certainty, old.venue_id,
    old.room_id, old.place, old.cancelled_at)
  is distinct from (new.local_date, new.wall_start, new.wall_end, new.day_offset, new.end_offset, new.time_zone, new.certainty,
    new.venue_id, new.room_id, new.place, new.cancelled_at))
  execute function private.tg__item_revision();
