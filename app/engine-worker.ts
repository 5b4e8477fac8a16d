import { openSyncedDatabase } from './data/synced-db.ts';
import { tables } from './data/schema.gen.ts';
import { asFailure } from './kernel/failure.ts';
import { ToldConditions } from './platform/conditions.ts';
import { createConnectivity, ToldSignal } from './platform/connectivity.ts';
import { received, sent, type EngineOrder, type FromEngine, type ToEngine } from './platform/engine-messages.ts';
import { openRealtime } from './platform/realtime.ts';
import { createSend, type Line, type Tokens } from './platform/send.ts';
import { createBlobs } from './platform/supabase-blobs.ts';
import { createPoke } from './platform/supabase-poke.ts';
import { createRemote } from './platform/supabase-remote.ts';
import { webLock } from './platform/web-lock.ts';
import { createEngine } from './sync/engine.ts';
import { sealedRemote } from './sync/sealing.ts';
import type { Beat } from './sync/scheduler.ts';

// The second composition root: the engine of one page, in a worker of its own.

const say = (message: FromEngine): void => postMessage(message);

let asked = 0;
const waiting = new Map<number, { resolve: (token: string) => void; reject: (thrown: unknown) => void }>();

/** The session lives with the page, which alone may refresh it. */
const tokens: Tokens = (anew) =>
  new Promise((resolve, reject) => {
    waiting.set(++asked, { resolve, reject });
    say({ ask_token: asked, anew });
  });

/** Only the page can ask for the battery. */
const conditions = new ToldConditions();
const network = new ToldSignal();

interface Running {
  beat(reason: Beat): void;
  end(): Promise<void>;
}

async function run({ user_id, url, key }: EngineOrder): Promise<Running> {
  const db = await openSyncedDatabase(user_id);
  const line: Line = { url, key, tokens };
  const send = createSend(line);
  const engine = createEngine({
    db,
    remote: sealedRemote(createRemote(send), db.seal, tables),
    blobs: createBlobs(send),
    poke: createPoke(() => openRealtime(line)),
    connectivity: createConnectivity(network),
    conditions,
    lock: webLock,
    report: (failure) => say({ report: sent(failure) }),
  });
  engine.start();
  const end = async () => {
    await engine.stop();
    db.close();
  };
  return { beat: (reason) => engine.beat(reason), end };
}

let running: Promise<Running> | undefined;

function begin(order: EngineOrder): void {
  running = run(order);
  // Thrown where nobody catches it, so that the page hears of it and starts another worker.
  running.catch((thrown: unknown) =>
    setTimeout(() => {
      throw thrown;
    }, 0),
  );
}

function hear(message: ToEngine): void {
  if ('begin' in message) begin(message.begin);
  else if ('conditions' in message) conditions.tell(message.conditions);
  else if ('online' in message) network.tell(message.online);
  else if ('beat' in message) void running?.then(({ beat }) => beat(message.beat), report);
  else if ('end' in message) void running?.then(({ end }) => end(), report).finally(() => say({ ended: true }));
  else answer(message);
}

function answer(message: Extract<ToEngine, { to: number }>): void {
  const ask = waiting.get(message.to);
  waiting.delete(message.to);
  if ('token' in message) ask?.resolve(message.token);
  else ask?.reject(received(message.no_token));
}

const report = (thrown: unknown): void => say({ report: sent(asFailure(thrown)) });

addEventListener('message', ({ data }: MessageEvent<ToEngine>) => hear(data));
