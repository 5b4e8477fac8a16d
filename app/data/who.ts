import { liveQuery, type Subscription } from 'dexie';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { bug } from '../kernel/failure.ts';
import { currentDatabase, getLocal, localDatabase, onLocalDatabaseChange, rows, setLocal } from './db.ts';
import { permissionsByRole, type OrganizationRow, type Permission, type PersonRow, type Role } from './schema.gen.ts';

/** The person at this device, in the organisation they are working for now. */
export interface Who {
  readonly user_id: string;
  readonly email: string;
  readonly organization: OrganizationRow;
  readonly person: PersonRow;
  readonly roles: readonly Role[];
  /** Every organisation this person is an active member of, by name. */
  readonly organizations: readonly OrganizationRow[];
  readonly can: (permission: Permission) => boolean;
}

let known: Who | undefined;
let answered: Promise<void> = Promise.resolve();
let subscription: Subscription | undefined;
const listeners = new Set<() => void>();

onLocalDatabaseChange(() => {
  subscription?.unsubscribe();
  known = undefined;
  if (currentDatabase()) watch();
  announce();
});

function watch(): void {
  answered = new Promise((resolve) => {
    subscription = liveQuery(readWho).subscribe((who) => {
      known = who;
      resolve();
      announce();
    });
  });
}

function announce(): void {
  for (const listener of listeners) listener();
}

/** Reads who this is from local rows; undefined before the first sync, or without an active membership. */
export async function readWho(): Promise<Who | undefined> {
  const { user_id, email } = localDatabase();
  const mine = await rows('memberships').where('user_id').equals(user_id).toArray();
  const memberships = mine.filter(({ status }) => status === 'active');
  const found = await rows('organizations').bulkGet(memberships.map((m) => m.organization_id));
  const organizations = found.filter((o) => o !== undefined).sort((a, b) => a.name.localeCompare(b.name));
  const chosen = await getLocal<string>('organization');
  const organization = organizations.find((o) => o.id === chosen) ?? organizations[0];
  const membership = memberships.find((m) => m.organization_id === organization?.id);
  const person = membership && (await rows('people').get(membership.person_id));
  if (!organization || !person || !membership) return undefined;
  const granted = await rows('membership_roles').where('user_id').equals(user_id).toArray();
  const roles = granted.filter((r) => r.membership_id === membership.id).map((r) => r.role);
  return { user_id, email, organization, person, roles, organizations, can: permits(roles) };
}

function permits(roles: readonly Role[]): (permission: Permission) => boolean {
  const allowed = new Set(roles.flatMap((role) => permissionsByRole[role] ?? []));
  return (permission) => allowed.has(permission);
}

/** Who this is; throws a bug when nobody is known, so ask `currentWho` where that may be. */
export function who(): Who {
  if (!known) throw bug('nobody', 'asked who this is before anybody was known');
  return known;
}

/** Who this is, or undefined before the first sync or without a membership. */
export const currentWho = (): Who | undefined => known;

/** Resolves once the local database has been asked who this is (the answer may be nobody). */
export const whoReady = (): Promise<void> => answered;

/** Calls back whenever who this is, their roles or their organisation change; returns how to stop. */
export function onWhoChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Works for another of this person's organisations from now on, on this device. */
export const switchOrganization = (id: string): Promise<void> => setLocal('organization', id);

/** Who this is, kept fresh for an element; `value` is undefined when nobody is known. */
export class WhoController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get value(): Who | undefined {
    return known;
  }

  hostConnected(): void {
    this.#stop = onWhoChange(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
