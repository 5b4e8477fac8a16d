import { getLocal, rows } from '../../data/db.ts';
import type { Who } from '../../data/who.ts';
import { secretKey } from './mutations.ts';

/** A calendar address, or the place of one that is not made yet. */
export interface Address {
  readonly id: string | undefined;
  readonly name: string;
  readonly tour_id: string | null;
  readonly room_id: string | null;
  /** Only on the device where it was made. */
  readonly secret: string | undefined;
}

/** A person's addresses: their own days first, then the tours they see, then rooms that have one. */
export async function addressesOf(me: Who, mine: string): Promise<Address[]> {
  const feeds = await rows('calendar_feeds').where('person_id').equals(me.person.id).toArray();
  const all = await rows('tours').where('organization_id').equals(me.organization.id).toArray();
  const tours = all.filter(({ status }) => status !== 'cancelled' && status !== 'finished');
  const subjects = [
    { name: mine, tour_id: null, room_id: null },
    ...tours.sort((a, b) => a.name.localeCompare(b.name)).map(({ id, name }) => ({ name, tour_id: id, room_id: null })),
    ...(await roomsOf(me.organization.id)),
  ];
  const known = subjects.map((subject) => ({
    ...subject,
    id: feeds.find(({ tour_id, room_id }) => tour_id === subject.tour_id && room_id === subject.room_id)?.id,
  }));
  return Promise.all(
    known.map(async (one) => ({ ...one, secret: one.id && (await getLocal<string>(secretKey(one.id))) })),
  );
}

async function roomsOf(organization_id: string) {
  const rooms = await rows('venue_rooms').where('organization_id').equals(organization_id).toArray();
  const venues = await rows('venues').bulkGet(rooms.map(({ venue_id }) => venue_id));
  return rooms.map(({ id, name }, at) => ({
    name: [name, venues[at]?.name].filter(Boolean).join(', '),
    tour_id: null,
    room_id: id,
  }));
}
