import { Failure, type FailureKind } from '../kernel/failure.ts';
import type { Conditions } from '../sync/protocol.ts';
import type { Beat } from '../sync/scheduler.ts';

/** A failure as it travels between a page and its worker. */
export interface SentFailure {
  readonly kind: FailureKind;
  readonly code: string;
  readonly message: string;
}

/** Whose engine to run, and against which project. */
export interface EngineOrder {
  readonly user_id: string;
  readonly url: string;
  readonly key: string;
}

/** The line and the battery at one moment; only a page can ask for the battery. */
export type ConditionsNow = Pick<Conditions, 'metered' | 'low_battery'>;

/** What a page says to its engine. */
export type ToEngine =
  | { readonly begin: EngineOrder }
  | { readonly beat: Beat }
  | { readonly conditions: ConditionsNow }
  | { readonly online: boolean }
  | { readonly token: string; readonly to: number }
  | { readonly no_token: SentFailure; readonly to: number }
  | { readonly end: true };

/** What an engine says to its page. */
export type FromEngine =
  { readonly ask_token: number; readonly anew: boolean } | { readonly report: SentFailure } | { readonly ended: true };

/** Takes a failure apart, because a structured clone keeps only an error's message. */
export const sent = ({ kind, code, message }: Failure): SentFailure => ({ kind, code, message });

/** Puts it together again on the other side. */
export const received = ({ kind, code, message }: SentFailure): Failure => new Failure(kind, code, message);
