import type { WebSocket } from 'ws';
import { Channel } from './channel.ts';
import type { Line } from './channel.ts';
import { decode, encode } from './protocol.ts';
import type { Frame, Version } from './protocol.ts';
import type { Gateway } from './gateway.ts';

/** One socket of one client with its joined topics; messages are handled in the order they came. */
export class Connection implements Line {
  readonly apikey: string;
  readonly version: Version;
  readonly #gateway: Gateway;
  readonly #socket: WebSocket;
  readonly #channels = new Map<string, Channel>();
  #turn: Promise<void> = Promise.resolve();

  constructor(gateway: Gateway, socket: WebSocket, options: { apikey: string; version: Version }) {
    this.#gateway = gateway;
    this.#socket = socket;
    this.apikey = options.apikey;
    this.version = options.version;
    socket.on('message', (data: Buffer, isBinary) => this.#arrived(decode(data, isBinary, this.version)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#ended());
  }

  /** Sends what has been encoded, if the client is still there. */
  write(data: string | Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(data);
  }

  /** Forgets a channel. */
  drop(channel: Channel): void {
    if (this.#channels.get(channel.topic) === channel) this.#channels.delete(channel.topic);
    channel.close();
  }

  /** Hangs up. */
  terminate(): void {
    this.#socket.terminate();
  }

  #arrived(frame: Frame | undefined): void {
    if (!frame) return;
    if (frame.topic === 'phoenix') return this.#answer(frame, 'ok', {});
    this.#turn = this.#turn
      .then(() => this.#handle(frame))
      .catch((thrown: unknown) => console.error('realtime:', thrown));
  }

  async #handle(frame: Frame): Promise<void> {
    const channel = this.#channels.get(frame.topic);
    if (frame.event === 'phx_join') return this.#join(frame, channel);
    if (frame.event === 'phx_leave') return this.#leave(frame, channel);
    if (channel) return channel.handle(frame);
    return this.#answer(frame, 'error', { reason: 'unmatched topic' });
  }

  async #join(frame: Frame, before: Channel | undefined): Promise<void> {
    if (!frame.topic.startsWith('realtime:') || frame.topic.length <= 'realtime:'.length)
      return this.#answer(frame, 'error', { reason: 'TopicNameRequired: You must provide a topic name' });
    if (before) {
      this.drop(before);
      before.sayClosed();
    }
    const channel = new Channel(this.#gateway, this, frame);
    this.#channels.set(frame.topic, channel);
    if (!(await channel.join(frame.ref))) this.drop(channel);
  }

  #leave(frame: Frame, channel: Channel | undefined): void {
    if (channel) this.drop(channel);
    this.#answer(frame, 'ok', {});
    channel?.sayClosed();
  }

  #answer({ join_ref, ref, topic }: Frame, status: string, response: unknown): void {
    const reply = { join_ref, ref, topic, event: 'phx_reply', payload: { status, response } };
    this.write(encode(reply, this.version));
  }

  #ended(): void {
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }
}
