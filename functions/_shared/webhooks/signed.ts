import { hex } from '../../../app/kernel/digest.ts';
import { bodyOf, fingerprint, isSigned, joined, type Told, type Webhook } from './webhook.ts';

/**
 * Xero: one address for all organisations of our app. Answered within 5 s by 200 without a body or cookies, or by 401. An empty
 * list of events only asks whether we are there; a repeated delivery has the same bytes, because they hold random text.
 */
export const xero: Webhook = {
  provider: 'xero',
  isGenuine: (told) => isSigned(told, [told.headers.get('x-xero-signature') ?? '']),
  eventId: async (told) => {
    const { events } = bodyOf(told);
    return Array.isArray(events) && events.length > 0 ? fingerprint(told.raw) : undefined;
  },
};

/** DocuSign Connect: one signature header for each key of the account, any of which will do. Answered within 100 s. */
export const docusign: Webhook = {
  provider: 'docusign',
  isGenuine: (told) => isSigned(told, docusignSignatures(told.headers)),
  eventId: async (told) => {
    const { event, data, generatedDateTime } = bodyOf(told) as {
      event?: string;
      data?: { envelopeId?: string };
      generatedDateTime?: string;
    };
    const named = event && data?.envelopeId && generatedDateTime;
    return named ? `${data.envelopeId}/${event}/${generatedDateTime}` : fingerprint(told.raw);
  },
};

const docusignSignatures = (headers: Headers): string[] =>
  [...headers].flatMap(([name, value]) => (/^x-docusign-signature-\d+$/.test(name) ? [value] : []));

/** How far from now Stripe's signature may be: an old one is a recording. */
const STRIPE_TOLERANCE_S = 300;

/** Stripe: `t=<seconds>,v1=<hex>`, several v1 while the secret is being changed; signed are the time, a dot and the body. */
export const stripe: Webhook = {
  provider: 'stripe',
  refusal: 400,
  isGenuine: async (told) => {
    const parts = (told.headers.get('stripe-signature') ?? '').split(',').map((part) => part.trim().split('='));
    const time = parts.find(([name]) => name === 't')?.[1] ?? '';
    const signatures = parts.flatMap(([name, value]) => (name === 'v1' && value ? [value] : []));
    if (!/^\d+$/.test(time) || Math.abs(told.now / 1000 - Number(time)) > STRIPE_TOLERANCE_S) return false;
    return isSigned({ ...told, raw: joined(`${time}.`, told.raw) }, signatures, hex);
  },
  eventId: named('id'),
};

/** Razorpay: hex over the body; the event has its name in a header. */
export const razorpay: Webhook = {
  provider: 'razorpay',
  refusal: 400,
  isGenuine: (told) => isSigned(told, [told.headers.get('x-razorpay-signature') ?? ''], hex),
  eventId: async (told) => told.headers.get('x-razorpay-event-id') ?? fingerprint(told.raw),
};

/** The event's name as a field of its body. */
function named(field: string): Webhook['eventId'] {
  return async (told: Told) => {
    const { [field]: name } = bodyOf(told);
    return typeof name === 'string' && name !== '' ? name : fingerprint(told.raw);
  };
}
