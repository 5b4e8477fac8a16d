import type { RealtimeChannel, RealtimeClient } from '@supabase/realtime-js';
import type { PokeSource } from '../sync/protocol.ts';

/** A channel the server closed is joined again after this long; the socket itself reconnects on its own. */
const REJOIN_MS = 10_000;

/** Listens to the private broadcasts of scopes. Every (re)join counts as a poke, because what was sent before it is lost. */
export function createPoke(open: () => RealtimeClient): PokeSource {
  return new SupabasePoke(open);
}

class SupabasePoke implements PokeSource {
  readonly #open: () => RealtimeClient;
  readonly #channels = new Map<string, RealtimeChannel>();
  #client: RealtimeClient | undefined;
  #wanted: ReadonlySet<string> = new Set();
  #onPoke: () => void = () => {};

  constructor(open: () => RealtimeClient) {
    this.#open = open;
  }

  watch(scopes: readonly string[], onPoke: () => void): void {
    this.#wanted = new Set(scopes);
    this.#onPoke = onPoke;
    this.#follow();
  }

  stop(): void {
    this.#wanted = new Set();
    for (const scope of this.#channels.keys()) this.#leave(scope);
    void this.#client?.disconnect();
  }

  #follow(): void {
    const client = (this.#client ??= this.#open());
    for (const scope of this.#channels.keys()) if (!this.#wanted.has(scope)) this.#leave(scope);
    for (const scope of this.#wanted) if (!this.#channels.has(scope)) this.#join(client, scope);
  }

  #join(client: RealtimeClient, scope: string): void {
    const channel = client.channel(`sync:${scope}`, { config: { private: true } });
    this.#channels.set(scope, channel);
    channel
      .on('broadcast', { event: 'poke' }, () => this.#onPoke())
      .subscribe((status) => {
        if (status === 'SUBSCRIBED') this.#onPoke();
        if (status === 'CLOSED') this.#rejoin(scope, channel);
      });
  }

  #rejoin(scope: string, channel: RealtimeChannel): void {
    if (this.#channels.get(scope) !== channel) return;
    this.#channels.delete(scope);
    if (this.#wanted.has(scope)) setTimeout(() => this.#follow(), REJOIN_MS);
  }

  #leave(scope: string): void {
    const channel = this.#channels.get(scope);
    this.#channels.delete(scope);
    if (channel) void this.#client?.removeChannel(channel);
  }
}
