import type { Environment } from '@taffrail/schema';
import { useMemo, useState } from 'react';
import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useSession } from '../session/session.tsx';
import { bodyOf, mistakesIn, newFlagForm } from './form.ts';

/** The form of a new flag, what is wrong with it, and creating it. The flag's page is shown next, with the line to copy. */
export function useNewFlag(scope: Scope, environments: readonly Environment[], rows: readonly FlagRow[]) {
  const { person } = useSession();
  const commit = useCommit();
  const [isBusy, setBusy] = useState(false);
  const [isTouched, setTouched] = useState(false);
  const [form, setForm] = useState(() => newFlagForm(person.email, firstPlace(environments), Date.now()));
  const taken = useMemo(() => new Set(rows.map(({ definition }) => definition.key)), [rows]);
  const mistakes = mistakesIn(form, taken);
  const isReady = Object.keys(mistakes).length === 0;
  async function create() {
    setTouched(true);
    if (!isReady) return;
    setBusy(true);
    const request = { params: { ...scope }, body: bodyOf(form) };
    const done = await commit('POST /orgs/:org/projects/:project/flags', request, `Created ${form.key}`);
    setBusy(false);
    if (done) navigate(pages.flag.href({ ...scope, flag: form.key }, { created: '1' }));
  }
  return { form, setForm, mistakes, isTouched, isReady, isBusy, create };
}

/** The environment to begin in: development, else the first that is not production. */
function firstPlace(environments: readonly Environment[]): string | undefined {
  const tame = environments.filter(({ production }) => !production);
  return (tame.find(({ key }) => key.startsWith('dev')) ?? tame[0])?.key;
}
