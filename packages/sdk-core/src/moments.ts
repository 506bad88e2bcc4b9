import type { Alarms } from './alarms.ts';
import { LONGEST_SLEEP_MS } from './limits.ts';
import type { Clock } from './platform.ts';

/** How a document, as servers write it, says that an answer changes at a moment. */
const MOMENT = /"time":\{"\w+":("[^"]*"|\d+)/g;

/** The moments at which answers change by themselves. Those of conditions that are gone stay: at worst a change is told that is none. */
export interface Moments {
  /** Takes down the moments in a snapshot or a patch. */
  readonly read: (text: string) => void;
  readonly isEmpty: () => boolean;
  /** Sees to it that the next moment is noticed; or that none is, if nobody asks. */
  readonly watch: (isAsked: boolean) => void;
}

/** `passed` is called after one or more moments have passed, or were set back; at once, or within a minute if the clock was set. */
export function createMoments({ nowMs }: Clock, alarms: Alarms, passed: () => void): Moments {
  const moments = new Set<number>();
  /** Everything up to this moment has been told. */
  let toldMs = 0;

  function watch(isAsked: boolean): void {
    const now = nowMs();
    if (!alarms.has('time')) toldMs = now;
    const later = [...moments].filter((ms) => ms > toldMs);
    if (later.length === 0 || !isAsked) alarms.clear('time');
    else alarms.set('time', Math.min(Math.max(0, Math.min(...later) - now), LONGEST_SLEEP_MS), ring);
  }

  function ring(): void {
    const [from, to] = [Math.min(toldMs, nowMs()), Math.max(toldMs, nowMs())];
    watch(true);
    if ([...moments].some((ms) => ms > from && ms <= to)) passed();
  }

  return {
    read(text) {
      for (const [, moment = ''] of text.matchAll(MOMENT)) moments.add(new Date(JSON.parse(moment) as string | number).getTime());
    },
    isEmpty: () => moments.size === 0,
    watch,
  };
}
