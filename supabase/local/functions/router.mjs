// Runs in Deno, not in Node: loads Edge Functions on first use and hands them their requests, as Supabase's runtime does.
// Started by runtime.ts, which is the only one that knows the token.
const token = Deno.env.get('STACK_FUNCTIONS_TOKEN');
Deno.env.delete('STACK_FUNCTIONS_TOKEN');

/** Name of a function to the handler that it gave to Deno.serve. */
const handlers = new Map();
const listen = Deno.serve.bind(Deno);
let loading;
let queue = Promise.resolve();

/** A function calls Deno.serve at its top level; here that means "this is my handler". */
Deno.serve = (first, second) => {
  const handler = typeof first === 'function' ? first : (second ?? first.handler);
  loading?.(handler);
  const addr = { hostname: '127.0.0.1', port: 0, transport: 'tcp' };
  return { addr, finished: new Promise(() => {}), shutdown: async () => {}, ref() {}, unref() {} };
};

globalThis.EdgeRuntime = {
  waitUntil: (work) => void Promise.resolve(work).catch((error) => console.error('waitUntil:', error)),
};

globalThis.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  console.error('Unhandled rejection in a function:', event.reason);
});
globalThis.addEventListener('error', (event) => {
  event.preventDefault();
  console.error('Uncaught error in a function:', event.error);
});

/** One at a time, so that a call of Deno.serve belongs to the function being loaded. */
function load(name, entrypoint) {
  if (!handlers.has(name)) {
    // The name makes it a module of its own even when two functions share a file.
    const handler = queue.then(() => start(`${entrypoint}?function=${name}`));
    queue = handler.catch(() => {});
    handlers.set(name, handler);
    handler.catch(() => handlers.delete(name));
  }
  return handlers.get(name);
}

async function start(entrypoint) {
  let handler;
  loading = (given) => (handler = given);
  await import(entrypoint);
  if (!handler) throw new Error(`${entrypoint} does not call Deno.serve`);
  return handler;
}

const refusal = (status, code, message) => Response.json({ code, message }, { status });

async function respond(request, info) {
  if (request.headers.get('x-stack-token') !== token) return refusal(403, 'FORBIDDEN', 'Not for you');
  const name = request.headers.get('x-stack-function');
  const own = new Headers(request.headers);
  for (const header of ['x-stack-token', 'x-stack-function', 'x-stack-entrypoint', 'x-stack-origin'])
    own.delete(header);
  let handler;
  try {
    handler = await load(name, request.headers.get('x-stack-entrypoint'));
  } catch (error) {
    console.error(`Function ${name} failed to start:`, error);
    return refusal(503, 'BOOT_ERROR', 'Function failed to start (please check logs)');
  }
  try {
    const { pathname, search } = new URL(request.url);
    const url = new URL(pathname + search, request.headers.get('x-stack-origin'));
    return await handler(new Request(url, { method: request.method, headers: own, body: request.body }), info);
  } catch (error) {
    console.error(`Function ${name}:`, error);
    return refusal(500, 'WORKER_ERROR', 'Function exited due to an error (please check logs)');
  }
}

listen(
  { hostname: '127.0.0.1', port: 0, onListen: ({ port }) => console.log(`STACK_FUNCTIONS_PORT=${port}`) },
  respond,
);

// The stack holds the other end of our input; when it is gone, however it went, so are we.
for await (const _ of Deno.stdin.readable);
Deno.exit(0);
