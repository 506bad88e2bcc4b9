import type { Feature, Stage } from '@taffrail/schema';
import type { Occasion, State } from '../../changes/command.ts';
import type { Standing } from '../find.ts';

/** What gates look at: a feature where it stands. */
export interface View {
  readonly state: State;
  readonly environment: string;
  readonly feature: Feature;
  readonly standing: Standing;
  readonly now: Date;
  /** Whether somebody takes the risk that supported releases read its flags still. */
  readonly accepts?: boolean | undefined;
  /** What installs said of themselves; absent where none may be named. */
  readonly sites?: Occasion['sites'] | undefined;
}

/** What a gate says: whether it is open, and why, or what to do. */
export interface Verdict {
  readonly open: boolean;
  readonly sentence: string;
}

/** What must be so before a feature comes to a stage. */
export interface GateRow {
  readonly stage: Stage;
  readonly name: string;
  readonly check: (view: View) => Verdict;
  /** What it says tells of other environments. */
  readonly isWide?: true;
}

export const open = (sentence: string): Verdict => ({ open: true, sentence });
export const closed = (sentence: string): Verdict => ({ open: false, sentence });

/** Closed by these sentences; open if there is none. */
export function closedBy(sentences: readonly string[], otherwise: string): Verdict {
  return sentences.length === 0 ? open(otherwise) : closed(sentences.join(' '));
}

export const hourMs = 60 * 60 * 1_000;
