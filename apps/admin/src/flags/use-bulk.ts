import type { Environment } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { count } from '../words/numbers.ts';

/** Acts on several flags. Turning off is one revision, taken back by one undo; kills and archivings are one each. */
export function useBulk(scope: Scope, flags: readonly string[], onDone: () => void) {
  const commit = useCommit();
  async function turnOff({ key: environment, name }: Environment) {
    const edits = flags.map((flag) => ({ environment, flag, edit: { on: false } }));
    const said = `Turned ${count(flags.length, 'flag')} off in ${name}`;
    if (await commit('POST /orgs/:org/projects/:project/publish', { params: { ...scope }, body: { edits } }, said)) onDone();
  }
  async function kill({ key: environment, name }: Environment) {
    for (const flag of flags) {
      const request = { params: { ...scope, environment, flag }, body: {} };
      await commit(
        'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/kill',
        request,
        `Killed ${flag} in ${name}`,
      );
    }
    onDone();
  }
  async function archive() {
    for (const flag of flags) {
      const request = { params: { ...scope, flag }, body: {} };
      await commit('POST /orgs/:org/projects/:project/flags/:flag/archive', request, `Archived ${flag}`);
    }
    onDone();
  }
  return { turnOff, kill, archive };
}
