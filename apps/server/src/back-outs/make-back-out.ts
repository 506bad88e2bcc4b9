import { isDeepStrictEqual } from 'node:util';
import { limits, type BackOutDocument } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { featureOf } from '../features/find.ts';
import { definitionOf } from '../flags/find.ts';
import { refuseNoRange } from '../releases/versions.ts';
import { carriedOut } from './carrying.ts';
import { allBackOuts, nextBackOutKey } from './find.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/back-outs'>;

/** Forces flags off in a range of releases: those that are supported get a new shipment, those cut later carry it. */
export const makeBackOut = command({
  name: 'back-out.make',
  version: 1,
  permission: 'backout.make',
  action: 'back-out',
  apply(state: State, input: Input, { now, actor }: Occasion): Outcome {
    refuseNoRange(input.releases, '/body/releases');
    const { feature, releases, severity, because: reason, link } = input;
    const backOut: BackOutDocument = {
      key: nextBackOutKey(state),
      flags: flagsIn(state, input),
      ...(feature !== undefined && { feature }),
      releases,
      severity,
      reason,
      ...(link !== undefined && { link }),
      since: now.toISOString(),
      by: actor.name,
    };
    refuseSame(state, backOut);
    refuseMore(state);
    return carriedOut(state, undefined, backOut, now);
  },
});

function flagsIn(state: State, { flags, feature }: Input): string[] {
  if ((flags === undefined) === (feature === undefined)) {
    return refuseMistakes([{ at: '/body/flags', message: 'say either which flags, or which feature with all its flags' }]);
  }
  const named = flags ?? featureOf(state, feature ?? '').body.flags;
  return named.map((key) => definitionOf(state, key).key).sort();
}

function refuseSame(state: State, backOut: BackOutDocument): void {
  const open = allBackOuts(state).filter(({ resolved }) => resolved === undefined);
  const same = open.find((other) => isDeepStrictEqual(meantBy(other), meantBy(backOut)));
  if (same !== undefined) fail('ALREADY_EXISTS', `${same.key} says the same since ${same.since}, and is open.`);
}

const meantBy = ({ flags, releases, severity }: BackOutDocument) => ({ flags, releases, severity });

function refuseMore(state: State): void {
  if (state.list('back-out').length < limits.backOutsPerProject) return;
  fail('INVALID', `A project has at most ${limits.backOutsPerProject} back-outs, and none is ever taken away.`);
}
