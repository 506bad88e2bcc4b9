import type { AnswerWord, Flag, Resolution, ServeTrail, TrailStep } from '@taffrail/engine';
import { conditionWords } from './condition-words.ts';
import { grouped, percentWords } from './numbers.ts';
import { serveWords } from './serve-words.ts';

/** A flag as far as its rules are numbered. */
type Ruled = Pick<Flag, 'rules'>;

const buckets = 100_000;
const bucketsPerPercent = 1_000;

/** Why a context gets what it gets, in one sentence. */
export function reasonWords({ reason, errorMessage, flagMetadata }: Resolution<unknown>, flag: Ruled | undefined): string {
  const { ruleId, pin, prerequisite } = flagMetadata;
  if (errorMessage) return errorMessage;
  if (prerequisite !== undefined) return `The flag ${prerequisite} does not serve what this one needs.`;
  if (reason === 'DISABLED') return 'The flag is off.';
  if (pin !== undefined) return `This ${pin} is pinned.`;
  if (ruleId !== undefined) return `Rule ${ruleNumber(flag, ruleId)} matches.`;
  if (reason === 'SPLIT') return 'No pin and no rule decides; the percentage for everyone else does.';
  return 'No pin and no rule decides: it is what everyone else gets.';
}

export interface StepWords {
  readonly mark: string;
  readonly words: string;
}

const marks: Record<AnswerWord, string> = { true: '✓', false: '✗', unknown: '?', unsupported: '!' };

/** One step that was taken, and how it answered. A prerequisite's step asks whether it is unmet. */
export function stepWords({ step, id, answer, condition, serve }: TrailStep, flag: Ruled | undefined): StepWords {
  const holds = answer === 'true';
  const said: Record<TrailStep['step'], () => string> = {
    override: () => 'an override where it is evaluated',
    off: () => 'the flag is off',
    needs: () => 'something in it is not understood',
    prerequisite: () => `needs ${id}: ${holds ? 'not met' : 'met'}`,
    pin: () => `${holds ? 'pinned' : 'no pin of this'} ${id}`,
    rule: () => `rule ${ruleNumber(flag, id)}: ${condition ? conditionWords(condition.condition) : ''}`,
    fallthrough: () => 'everyone else',
  };
  const doubt = answer === 'unknown' ? ' (not known of this context)' : '';
  const mark = step === 'prerequisite' && answer !== 'unknown' ? marks[holds ? 'false' : 'true'] : marks[answer];
  return { mark, words: `${said[step]()}${doubt}${serve ? bucketWords(serve) : ''}` };
}

/** ` → 10 % of org on: bucket 4,211 of 100,000, inside 10 %`. */
function bucketWords(trail: ServeTrail): string {
  const { serve, bucket, share, chosen } = trail;
  if (!('split' in serve)) return ` → ${serveWords(serve)}`;
  if (bucket === undefined) return ` → no ${serve.split.kind} to count by`;
  const inside = share === undefined ? 'in the rest' : `in the ${percentWords(share / bucketsPerPercent)}`;
  const got = chosen ? `: ${serveWords(chosen.serve)}` : '';
  return ` → bucket ${grouped(bucket)} of ${grouped(buckets)}, ${inside}${got}`;
}

function ruleNumber(flag: Ruled | undefined, id: string | undefined): string {
  const index = flag?.rules?.findIndex((rule) => rule.id === id) ?? -1;
  return index < 0 ? (id ?? '') : String(index + 1);
}
