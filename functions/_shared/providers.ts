import type { Connection } from './connections.ts';
import type { JobKind } from './jobs.ts';
import { docusign, razorpay, stripe, xero } from './webhooks/signed.ts';
import type { Webhook } from './webhooks/webhook.ts';
import { xeroConnection } from './xero/connection.ts';
import { xeroErrands } from './xero/errands.ts';
import { hostedRoom } from './xero/hosted.ts';
import { xeroApplication } from './xero/settings.ts';

/** The errands of every provider. A provider's room adds its own here; nothing else has to know it. */
export const ERRANDS: readonly JobKind[] = [...xeroErrands(hostedRoom())];

/** How each provider tells us things. What is kept is worked on by its errand `<provider>.webhook`. */
export const WEBHOOKS: readonly Webhook[] = [xero, docusign, stripe, razorpay];

/** How an organisation signs in at each provider. */
export const CONNECTIONS: readonly Connection[] = [xeroConnection(xeroApplication)];
