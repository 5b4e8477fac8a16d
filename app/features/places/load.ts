import { weather } from '../../kernel/failure.ts';

/** The address of the table among the files of the build. */
const TABLE = new URL('./cities.bin', import.meta.url).href;

/** Fetches the table, from the device where it is kept, and unpacks it. Throws weather when it was never fetched and there is no signal. */
export async function loadTable(): Promise<string> {
  const reply = await fetch(TABLE).catch(() => undefined);
  if (!reply?.ok || !reply.body) throw weather('places_away', 'the table of cities has not been fetched yet');
  return unpacked(reply.body);
}

/** Lets the service worker fetch the table and keep it. Without one there is nothing that could keep it. */
export async function keepTable(): Promise<void> {
  await navigator.serviceWorker?.ready;
  const reply = await fetch(TABLE);
  await reply.arrayBuffer();
}

/** The text of the packed table. */
const unpacked = (packed: ReadableStream<BufferSource>): Promise<string> =>
  new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text();
