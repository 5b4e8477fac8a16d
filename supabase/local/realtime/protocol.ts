/** One message of the Phoenix protocol, in either direction. */
export interface Frame {
  join_ref: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload: unknown;
}

/** The wire formats supabase-js speaks: objects, and arrays with binary broadcasts. */
export type Version = '1.0.0' | '2.0.0';

/** A broadcast as it travels: its event, its content and what the server knows about it. */
export interface Broadcast {
  event: string;
  payload: unknown;
  meta?: Readonly<Record<string, unknown>>;
}

const userBroadcastPush = 3;
const userBroadcast = 4;
const binaryContent = 0;

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Reads one message; undefined when it makes no sense. */
export function decode(data: Buffer, isBinary: boolean, version: Version): Frame | undefined {
  try {
    return isBinary ? decodeBinary(data) : decodeText(data.toString('utf8'), version);
  } catch {
    return undefined;
  }
}

function decodeText(raw: string, version: Version): Frame | undefined {
  const parsed: unknown = JSON.parse(raw);
  if (Array.isArray(parsed) !== (version === '2.0.0')) return undefined;
  const message = Array.isArray(parsed) ? fromArray(parsed) : (parsed as Record<string, unknown>);
  const { join_ref, ref, topic, event, payload } = message;
  if (typeof topic !== 'string' || typeof event !== 'string') return undefined;
  return { join_ref: asText(join_ref), ref: asText(ref), topic, event, payload };
}

const fromArray = ([join_ref, ref, topic, event, payload]: unknown[]): Record<string, unknown> => ({
  join_ref,
  ref,
  topic,
  event,
  payload,
});

// Seven bytes of lengths, then the parts: join_ref, ref, topic, event, metadata, content.
function decodeBinary(data: Buffer): Frame | undefined {
  const [kind, ...lengths] = data.subarray(0, 6);
  if (kind !== userBroadcastPush) return undefined;
  let offset = 7;
  const [join_ref, ref, topic, event] = lengths.map((length) => {
    const part = data.toString('utf8', offset, offset + length);
    offset += length;
    return part;
  });
  const content = data.subarray(offset);
  const payload = data[6] === binaryContent ? content : (JSON.parse(content.toString('utf8')) as unknown);
  const body = { type: 'broadcast', event: event ?? '', payload };
  return { join_ref: join_ref || null, ref: ref || null, topic: topic ?? '', event: 'broadcast', payload: body };
}

/** Writes one message of text. */
export const encode = ({ join_ref, ref, topic, event, payload }: Frame, version: Version): string =>
  JSON.stringify(
    version === '2.0.0' ? [join_ref, ref, topic, event, payload] : { join_ref, ref, topic, event, payload },
  );

/** Writes a broadcast for one receiver; bytes need the second version, the first cannot carry them. */
export function encodeBroadcast(
  { event, payload, meta }: Broadcast,
  to: { topic: string; join_ref: string | null; version: Version },
): string | Buffer | undefined {
  if (!Buffer.isBuffer(payload)) {
    const body = { type: 'broadcast', event, payload, ...(meta && { meta }) };
    return encode({ join_ref: to.join_ref, ref: null, topic: to.topic, event: 'broadcast', payload: body }, to.version);
  }
  if (to.version !== '2.0.0') return undefined;
  const parts = [to.topic, event, meta ? JSON.stringify(meta) : ''].map((part) => Buffer.from(part));
  const head = Buffer.from([userBroadcast, ...parts.map(({ length }) => length), binaryContent]);
  return Buffer.concat([head, ...parts, payload]);
}
