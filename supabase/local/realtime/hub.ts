import type { Broadcast } from './protocol.ts';

/** One presence of one device, as Phoenix tells it. */
export type PresenceMeta = Record<string, unknown> & { phx_ref: string };

type PresenceMap = Record<string, { metas: PresenceMeta[] }>;

/** A channel that has been joined, as the hub needs to reach it. */
export interface Member {
  presence_key: string;
  wantsPresence: boolean;
  receive(broadcast: Broadcast): void;
  push(event: string, payload: unknown): void;
}

interface Room {
  members: Set<Member>;
  present: Map<Member, PresenceMeta>;
}

/** Names a room: private and public topics of one name are strangers to each other. */
export const roomName = (topic: string, isPrivate: boolean): string => `${isPrivate ? 'private' : 'public'}:${topic}`;

/** Who listens to what, and who is present where. */
export class Hub {
  readonly #rooms = new Map<string, Room>();
  #lastRef = 0;

  /** Lets a member in and tells it who is there. */
  enter(name: string, member: Member): void {
    const room = this.#rooms.get(name) ?? { members: new Set(), present: new Map() };
    this.#rooms.set(name, room);
    room.members.add(member);
    if (member.wantsPresence) member.push('presence_state', everyone(room));
  }

  /** Lets a member out; the others hear of it if it was present. */
  leave(name: string, member: Member): void {
    const room = this.#rooms.get(name);
    if (!room) return;
    this.untrack(name, member);
    room.members.delete(member);
    if (!room.members.size) this.#rooms.delete(name);
  }

  /** Hands a broadcast to everyone in a room but its sender. */
  broadcast(name: string, message: Broadcast, except?: Member): void {
    for (const member of this.#rooms.get(name)?.members ?? []) if (member !== except) member.receive(message);
  }

  /** Makes a member present, or changes what it shows. */
  track(name: string, member: Member, shown: Readonly<Record<string, unknown>>): void {
    const room = this.#rooms.get(name);
    if (!room?.members.has(member)) return;
    const before = room.present.get(member);
    const meta = {
      ...shown,
      phx_ref: `local-${(this.#lastRef += 1)}`,
      ...(before && { phx_ref_prev: before.phx_ref }),
    };
    room.present.set(member, meta);
    tell(room, { joins: only(member, meta), leaves: before ? only(member, before) : {} });
  }

  /** Makes a member absent. */
  untrack(name: string, member: Member): void {
    const room = this.#rooms.get(name);
    const meta = room?.present.get(member);
    if (!room || !meta) return;
    room.present.delete(member);
    tell(room, { joins: {}, leaves: only(member, meta) });
  }
}

const only = ({ presence_key }: Member, meta: PresenceMeta): PresenceMap => ({ [presence_key]: { metas: [meta] } });

function everyone({ present }: Room): PresenceMap {
  const map: PresenceMap = {};
  for (const [{ presence_key }, meta] of present) (map[presence_key] ??= { metas: [] }).metas.push(meta);
  return map;
}

const tell = ({ members }: Room, diff: { joins: PresenceMap; leaves: PresenceMap }): void => {
  for (const member of members) if (member.wantsPresence) member.push('presence_diff', diff);
};
