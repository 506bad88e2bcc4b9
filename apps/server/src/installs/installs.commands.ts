import { limits, type CarriedOut, type Install } from '@taffrail/schema';
import { isDeepStrictEqual } from 'node:util';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { releaseOf } from '../releases/find.ts';
import { signedFileOf } from '../signing/find.ts';
import { carriedOutChange, installCreated, installEdited } from './changes.ts';
import { installOf } from './find.ts';

const installs = '/orgs/:org/projects/:project/installs';

/** Creates an install of a line: of `main`, unless somebody says otherwise. */
export const createInstall = command({
  name: 'install.create',
  version: 1,
  permission: 'install.manage',
  apply(state: State, input: InputOf<`POST ${typeof installs}`>, { now, actor }: Occasion): Outcome {
    const { key, name, line = 'main', connection = 'connected', note } = input;
    if (state.get('install', key) !== undefined) fail('ALREADY_EXISTS', `There is an install '${key}'. Choose another key.`);
    refuseTooMany(state);
    const noted = note === undefined ? {} : { note };
    const after: Install = { key, name, line, connection, ...noted, createdAt: now.toISOString(), createdBy: actor.name };
    return { write: [{ sort: 'install', key, body: after }], changes: [installCreated(after)] };
  },
});

function refuseTooMany(state: State): void {
  const most = limits.installsPerProject;
  if (state.list('install').length >= most) fail('INVALID', `A project has at most ${most} installs, retired ones too.`);
}

/** Renames an install, says how shipments come to it, retires it or brings it back. */
export const editInstall = command({
  name: 'install.edit',
  version: 1,
  permission: 'install.manage',
  apply(state: State, { install, retired, ...fields }: InputOf<`PATCH ${typeof installs}/:install`>, { now }: Occasion): Outcome {
    const before = installOf(state, install).body;
    const after = { ...retirement(before, retired, now), ...fields };
    if (isDeepStrictEqual(before, after)) return { write: [], changes: [] };
    return { write: [{ sort: 'install', key: install, body: after }], changes: [installEdited(before, after)] };
  },
});

function retirement(before: Install, retired: boolean | undefined, now: Date): Install {
  const { retiredAt, ...rest } = before;
  const isRetired = retired ?? retiredAt !== undefined;
  return isRetired ? { ...rest, retiredAt: retiredAt ?? now.toISOString() } : rest;
}

/** Says that a signed shipment was handed to somebody who carries it to an install: nobody there will tell. */
export const carryShipment = command({
  name: 'install.carry',
  version: 1,
  permission: 'install.manage',
  apply(
    state: State,
    { install: key, release, revision }: InputOf<`POST ${typeof installs}/:install/carried`>,
    { now, actor }: Occasion,
  ): Outcome {
    const install = installOf(state, key).body;
    refuseOtherLine(state, install, release);
    if (signedFileOf(state, release, revision) === undefined) {
      fail('INVALID', `Nobody has signed ${release} r${revision}, so there is nothing to hand out. Name a signed revision.`);
    }
    const before = state.get('carried', key)?.body;
    const after: CarriedOut = { release, revision, at: now.toISOString(), by: actor.name };
    return { write: [{ sort: 'carried', key, body: after }], changes: [carriedOutChange(install, before, after)] };
  },
});

function refuseOtherLine(state: State, install: Install, release: string): void {
  const { line } = releaseOf(state, release).body;
  if (line !== install.line) {
    fail('INVALID', `${release} is of the line ${line}, and ${install.key} is of ${install.line}: its sites would refuse it.`);
  }
}
