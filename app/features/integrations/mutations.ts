import { command, defineMutation } from '../../data/define-mutation.ts';
import type { DeliveryRow, IntegrationRow } from '../../data/schema.gen.ts';

const ofIntegration = (name: string, expect: (row: IntegrationRow) => Partial<IntegrationRow>) =>
  defineMutation(`integrations.${name}`, (row: IntegrationRow) => ({
    organization_id: row.organization_id,
    operations: [command(`integrations.${name}`, { table: 'integrations', id: row.id, expect: expect(row) })],
  }));

/** Nothing leaves for this provider until it is resumed. */
export const pauseIntegration = ofIntegration('pause', () => ({ status: 'paused' }));

/** Lets go what waited. */
export const resumeIntegration = ofIntegration('resume', () => ({ status: 'connected' }));

/** Tries everything that waits now, and what was given up because nobody answered. */
export const retryIntegration = ofIntegration('retry', () => ({ next_try_at: null }));

/** Forgets the sign-in over there. */
export const disconnectIntegration = ofIntegration('disconnect', () => ({
  status: 'disconnected',
  account_name: null,
  connected_at: null,
  connected_by: null,
  error_code: null,
  error_at: null,
  next_try_at: null,
}));

const ofDelivery = (name: string, expect: Partial<DeliveryRow>) =>
  defineMutation(`deliveries.${name}`, (row: DeliveryRow) => ({
    organization_id: row.organization_id,
    operations: [command(`deliveries.${name}`, { table: 'deliveries', id: row.id, expect })],
  }));

/** Tries one thing again from the start. */
export const retryDelivery = ofDelivery('retry', { state: 'queued', next_try_at: null, error_code: null });

/** Gives one thing up, to be done by hand. */
export const giveUpDelivery = ofDelivery('cancel', { state: 'failed', error_code: 'given_up', next_try_at: null });
