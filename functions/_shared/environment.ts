interface Host {
  readonly Deno?: { readonly env: { get(name: string): string | undefined } };
  readonly process?: { readonly env: Record<string, string | undefined> };
  readonly EdgeRuntime?: { waitUntil(work: Promise<unknown>): void };
}

const host = globalThis as Host;

/** A setting of the functions' environment; nothing when it is absent or empty. Read from Node's when tests run there. */
export const setting = (name: string): string | undefined =>
  (host.Deno ? host.Deno.env.get(name) : host.process?.env[name]) || undefined;

/** Keeps the function alive until the work is done, though its answer has gone. */
export const workBehindAnswer = (work: Promise<unknown>): void => host.EdgeRuntime?.waitUntil(work);
