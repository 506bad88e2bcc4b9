import type { Elsewhere } from '@taffrail/publish';
import type { Report } from './report.ts';

/** A process that has said nothing for so long is gone: it missed three reports. */
export const SILENT_MS = 7_000;

/** The other processes, by what each said of itself last. One that goes without a word is forgotten. */
export interface Presence extends Elsewhere {
  /** The name of this process. */
  readonly own: string;
  note(report: Report): void;
  others(): readonly Report[];
}

export function createPresence(own: string, nowMs: () => number): Presence {
  const heard = new Map<string, { readonly report: Report; readonly atMs: number }>();

  function others(): Report[] {
    const oldestMs = nowMs() - SILENT_MS;
    for (const [process, { atMs }] of heard) if (atMs < oldestMs) heard.delete(process);
    return Array.from(heard.values(), ({ report }) => report);
  }

  return {
    own,
    others,
    note(report) {
      if (report.process === own) return;
      if (report.isLeaving) heard.delete(report.process);
      else heard.set(report.process, { report, atMs: nowMs() });
    },
    ofKey: (key) => others().reduce((sum, { keys }) => sum + (keys[key] ?? 0), 0),
    asked: () => others().filter(({ wasAsked }) => wasAsked).length,
  };
}
