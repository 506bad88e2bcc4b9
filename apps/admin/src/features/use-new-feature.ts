import { useState } from 'react';
import type { FeatureRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useSession } from '../session/session.tsx';
import { bodyOf, type FeatureForm, featureKeyMistake, newFeatureForm } from './feature-form.ts';

/** A feature that is being written down. */
export interface NewFeature {
  readonly form: FeatureForm;
  set(change: Partial<FeatureForm>): void;
  /** What is wrong with its key. */
  readonly mistake: string | undefined;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  /** Goes to the feature when it is made. */
  create(options: { readonly createFlags: boolean }): Promise<void>;
}

export function useNewFeature(scope: Scope, taken: readonly FeatureRow[]): NewFeature {
  const commit = useCommit();
  const { person } = useSession();
  const [form, setForm] = useState(() => newFeatureForm(person.name, Date.now()));
  const [isBusy, setBusy] = useState(false);
  const mistake = featureKeyMistake(form.key, new Set(taken.map(({ feature }) => feature.key)));
  const isReady = mistake === undefined && form.flags.length > 0;
  async function create({ createFlags }: { readonly createFlags: boolean }): Promise<void> {
    if (!isReady) return;
    setBusy(true);
    const body = { ...bodyOf(form), key: form.key, flags: [...form.flags], createFlags };
    const done = `Created ${form.key}; it is dark everywhere`;
    const committed = await commit('POST /orgs/:org/projects/:project/features', { params: { ...scope }, body }, done);
    setBusy(false);
    if (committed) navigate(pages.feature.href({ ...scope, feature: form.key }));
  }
  return { form, set: (change) => setForm({ ...form, ...change }), mistake, isReady, isBusy, create };
}
