interface Policies {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): unknown;
}

/** What may run in a worker: our service worker, and chunks of this build, and the reading engine's worker. */
const OURS = /^\/(sw\.js|assets\/(reading-[\d.]+\/)?[\w.-]+\.js)$/;

/**
 * Under Trusted Types a worker's address must come from a policy, or the worker silently never starts. The default policy
 * lets our own scripts through and nothing else; markup and code from strings stay forbidden everywhere.
 */
export function trustOwnScripts(): void {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  if (import.meta.env.DEV) return;
  policies?.createPolicy('default', { createScriptURL: (address) => ownScript(address) });
}

/** The address itself when it is one of this site's own scripts; throws a TypeError otherwise. */
export function ownScript(address: string, here = location.origin): string {
  const url = new URL(address, here);
  if (url.origin === here && OURS.test(url.pathname)) return address;
  throw new TypeError(`not a script of this site: ${address}`);
}
