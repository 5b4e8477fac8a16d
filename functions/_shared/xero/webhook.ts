/** Something that happened at Xero; only a hint, what holds is fetched. */
export interface XeroEvent {
  /** The same for every delivery of the same event. */
  readonly id: string;
  readonly tenant_id: string;
  readonly resource_id: string;
  readonly category: string;
}

/** Whether a delivery is signed with our key: base64 of HMAC-SHA256 over the bytes as they came, compared in constant time. */
export async function isSigned(raw: Uint8Array<ArrayBuffer>, signature: string | null, key: string): Promise<boolean> {
  const given = bytesOf(signature ?? '');
  if (!given || key === '') return false;
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), hmac, false, ['verify']);
  return crypto.subtle.verify('HMAC', imported, given, raw);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  } catch {
    return undefined;
  }
}

interface Delivery {
  readonly events?: readonly Record<string, unknown>[];
}

/** The events of a delivery whose signature was right; an empty list is Xero's question whether we check signatures. */
export function readEvents(raw: Uint8Array): XeroEvent[] {
  const { events = [] } = JSON.parse(new TextDecoder().decode(raw)) as Delivery;
  return events.flatMap((event) => {
    const { tenantId, resourceId, eventCategory, eventType, eventDateUtc } = event;
    const parts = [tenantId, resourceId, eventCategory, eventType, eventDateUtc].map((part) => String(part ?? ''));
    const [tenant_id = '', resource_id = '', category = ''] = parts;
    return tenant_id === '' || resource_id === '' ? [] : [{ id: parts.join('/'), tenant_id, resource_id, category }];
  });
}
