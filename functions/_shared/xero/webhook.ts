/** Something that happened at Xero; only a hint, what holds is fetched. */
export interface XeroEvent {
  /** The same for every delivery of the same event. */
  readonly id: string;
  readonly tenant_id: string;
  readonly resource_id: string;
  readonly category: string;
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
