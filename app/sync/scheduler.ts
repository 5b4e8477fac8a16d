import { asFailure } from '../kernel/failure.ts';
import type { Clock, ReportFailure } from './protocol.ts';

/** Why a lane should look for work now. */
export type Beat = 'write' | 'poke' | 'timer' | 'online' | 'focus' | 'asked' | 'signed_in';

/** Whether a beat is reason enough to try again before the back-off has passed (S19). */
const breaksBackOff: Readonly<Record<Beat, boolean>> = {
  write: false,
  poke: false,
  timer: true,
  online: true,
  focus: true,
  asked: true,
  signed_in: true,
};

const BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 60_000;

/** Runs one lane's work on beats: one run at a time, back-off with jitter in bad weather, a full stop without a session. */
export class Scheduler {
  readonly #work: () => Promise<void>;
  readonly #clock: Clock;
  readonly #report: ReportFailure;
  readonly #idleMs: number;
  #running: Promise<void> | undefined;
  #again = false;
  #failures = 0;
  #timer: unknown;
  #halted = true;
  #stopped = true;

  /** `idleMs` is how long a lane rests when all is well; Infinity when only beats wake it. */
  constructor(work: () => Promise<void>, clock: Clock, report: ReportFailure, idleMs: number) {
    this.#work = work;
    this.#clock = clock;
    this.#report = report;
    this.#idleMs = idleMs;
  }

  start(): void {
    this.#stopped = this.#halted = false;
    this.beat('timer');
  }

  /** Ends the lane; resolves once the run in progress has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#again = false;
    this.#clock.clearTimeout(this.#timer);
    await this.#running;
  }

  /** Whether the lane waits for a new session. */
  get halted(): boolean {
    return this.#halted;
  }

  beat(reason: Beat): void {
    if (this.#stopped || (this.#halted && reason !== 'signed_in')) return; // S20
    if (reason === 'signed_in') this.#halted = false;
    if (this.#running) this.#again = true;
    else if (this.#failures === 0 || breaksBackOff[reason]) this.#run();
  }

  #run(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#again = false;
    this.#running = this.#work()
      .then(
        () => this.#rest(),
        (thrown: unknown) => this.#backOff(thrown),
      )
      .finally(() => {
        this.#running = undefined;
        if (this.#again && this.#failures === 0 && !this.#halted && !this.#stopped) this.#run();
      });
  }

  #rest(): void {
    this.#failures = 0;
    if (Number.isFinite(this.#idleMs)) this.#wakeIn(this.#idleMs * (0.75 + this.#clock.random() / 2));
  }

  #backOff(thrown: unknown): void {
    const failure = asFailure(thrown);
    if (failure.kind !== 'weather') this.#report(failure);
    if (failure.code === 'signed_out') return void (this.#halted = true); // S20
    const longest = Math.min(LONGEST_BACK_OFF_MS, BACK_OFF_MS * 2 ** this.#failures++);
    this.#wakeIn(longest * (0.5 + this.#clock.random() / 2)); // S19
  }

  #wakeIn(ms: number): void {
    if (!this.#stopped) this.#timer = this.#clock.setTimeout(() => this.beat('timer'), ms);
  }
}

/** The device's own time and chance. */
export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as number | undefined),
};
