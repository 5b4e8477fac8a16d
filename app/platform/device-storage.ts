/** Asks the browser to keep this device's data when room gets short; says whether it will. */
export const keepStorage = async (): Promise<boolean> =>
  (await navigator.storage?.persist?.().catch(() => false)) ?? false;

/** Bytes used and available here, or undefined where the browser does not say. */
export async function storageRoom(): Promise<{ used: number; available: number } | undefined> {
  const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  return usage === undefined || quota === undefined
    ? undefined
    : { used: usage, available: Math.max(0, quota - usage) };
}
