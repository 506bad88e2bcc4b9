import type { Release } from '@taffrail/schema';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { supportChange } from './changes.ts';
import { isSupported, releaseOf } from './find.ts';
import { reissued } from './issuing.ts';

/** Says until when a release is supported. One that is supported again catches up with what was backed out meanwhile. */
export const supportRelease = command({
  name: 'release.support',
  version: 1,
  permission: 'release.cut',
  apply(
    state: State,
    { release: version, supportedUntil }: InputOf<'POST /orgs/:org/projects/:project/releases/:release/support'>,
    { now }: Occasion,
  ): Outcome {
    const { supportedUntil: present, ...lasting } = releaseOf(state, version).body;
    const before: Release = { ...lasting, ...(present !== undefined && { supportedUntil: present }) };
    const after: Release = { ...lasting, ...(supportedUntil !== null && { supportedUntil }) };
    if ((present ?? null) === supportedUntil) return { write: [], changes: [] };
    const write: Write[] = [{ sort: 'release', key: version, body: after }];
    const issue = isSupported(after, now) ? reissued(state, after, now) : undefined;
    return {
      write: issue ? [...write, issue.write] : write,
      changes: [supportChange(before, after), ...(issue ? [issue.change] : [])],
    };
  },
});
