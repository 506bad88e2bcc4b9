import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@taffrail/sdk-core';

/** Time that passes when told to, in steps: between two of them files and sockets, which are real, get their turn. */
export class StepClock implements Clock {
  #nowMs: number;
  #elapsedMs = 0;
  readonly #timers = new Map<object, { readonly atMs: number; readonly ring: () => void }>();

  constructor(at: string) {
    this.#nowMs = Date.parse(at);
  }

  nowMs = (): number => this.#nowMs;
  elapsedMs = (): number => this.#elapsedMs;

  after = (delayMs: number, ring: () => void): (() => void) => {
    const timer = {};
    this.#timers.set(timer, { atMs: this.#elapsedMs + delayMs, ring });
    return () => void this.#timers.delete(timer);
  };

  get timers(): number {
    return this.#timers.size;
  }

  async pass(ms: number, stepMs: number): Promise<void> {
    for (const endMs = this.#elapsedMs + ms; this.#elapsedMs < endMs;) {
      const byMs = Math.min(stepMs, endMs - this.#elapsedMs);
      this.#elapsedMs += byMs;
      this.#nowMs += byMs;
      this.#ring();
      await setImmediate();
    }
  }

  #ring(): void {
    for (const [timer, { atMs, ring }] of this.#timers) {
      if (atMs > this.#elapsedMs || !this.#timers.delete(timer)) continue;
      ring();
    }
  }
}
