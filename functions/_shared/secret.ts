/** Whether two secrets are the same, in a time that does not depend on where they differ: their digests are compared. */
export async function isSame(given: string, wanted: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(wanted)]);
  return a.reduce((differences, byte, at) => differences | (byte ^ b[at]!), 0) === 0;
}

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
