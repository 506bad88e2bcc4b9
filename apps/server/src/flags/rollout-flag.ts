import { reweigh, rollout, shareOf, type Arm, type Serve } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import { command, type InputOf, type Outcome, type State } from '../changes/command.ts';
import { activeFlagIn, refuseTurningOn } from './find.ts';
import { offServe, refuseUnknownVariant } from './pin-flag.ts';
import { checkedOutcome } from './publishing.ts';
import { percentInWords, servesVariant } from './serve-in-words.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/rollout'>;
type Split = Extract<Serve, { split: unknown }>;

const hashSpace = 100_000;
const bucketsPerPercent = 1_000;
/** By whom a rollout counts when neither the input nor the flag says so. */
const usualKind = 'user';

/**
 * Serves a variant to a share of the contexts that no pin or rule decides, and turns the flag on. Raising the share never takes
 * the variant from anyone, as long as the kind that is counted by stays.
 */
export const rolloutFlag = command({
  name: 'flag.rollout',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, input: Input): Outcome {
    const { environment } = input;
    const found = activeFlagIn(state, environment, input.flag);
    const before = found.flag.body;
    if (before.locked) return refuseTurningOn(state, found);
    const variant = input.variant ?? onlyVariant(before);
    refuseUnknownVariant(before, variant);
    const present = 'split' in before.fallthrough ? before.fallthrough : undefined;
    const kind = input.kind ?? present?.split.kind ?? usualKind;
    const goesOn = present?.split.kind === kind && present.split.path === undefined;
    const share = Math.round(input.percent * bucketsPerPercent);
    const fallthrough = goesOn ? withShare(before, present, variant, share) : begun(before, kind, variant, share);
    const warnings = present === undefined || goesOn ? [] : [`Counted by ${kind} from now on: who is in is drawn anew.`];
    return checkedOutcome(state, [{ environment, before, after: { ...before, on: true, fallthrough }, at: '/body' }], warnings);
  },
});

/** The variant that is meant if none is named: the only one beside the off variant. */
function onlyVariant({ variants, off }: EnvironmentFlag): string {
  const others = Object.keys(variants).filter((name) => name !== off);
  const [only] = others;
  if (only === undefined || others.length > 1) {
    refuseMistakes([{ at: '/body/variant', message: `say which variant is rolled out: ${others.join(', ')}` }]);
  }
  return only ?? '';
}

function begun(flag: EnvironmentFlag, kind: string, variant: string, share: number): Split {
  return rollout({ kind }, share, { variant }, offServe(flag));
}

/** The other variants of a split keep their shares; whoever gets the off variant gives way. */
function withShare(flag: EnvironmentFlag, { split, arms, rest }: Split, variant: string, share: number): Split {
  const giving = arms.filter(({ serve }) => !servesVariant(serve, flag.off));
  const all = giving.some(serves(variant)) ? giving : [...giving, { ranges: [], serve: { variant } }];
  const weights = all.map((arm) => (serves(variant)(arm) ? share : shareOf(arm)));
  const left = hashSpace - weights.reduce((sum, weight) => sum + weight, 0) + share;
  if (share > left) {
    refuseMistakes([
      { at: '/body/percent', message: `other variants hold the rest: at most ${percentInWords(left)} is left for ${variant}` },
    ]);
  }
  return { split, arms: reweigh(all, weights), rest: rest ?? offServe(flag) };
}

function serves(variant: string): (arm: Arm) => boolean {
  return ({ serve }) => servesVariant(serve, variant);
}
