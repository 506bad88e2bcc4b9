import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import { featureQuery } from '../api/queries.ts';
import { releasesOfFlagQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { type Previewed, usePreview } from '../publish/use-preview.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { type BackOutForm, bodyOf, rangeOfReaders } from './back-out-form.ts';

/** What a back-out begins with, where it is begun. */
export interface BackOutStart {
  readonly flags?: readonly string[] | undefined;
  readonly feature?: string | undefined;
  readonly releases?: string | undefined;
}

/** A back-out that is worked out but not made. */
export interface BackOut extends Previewed {
  readonly form: BackOutForm;
  set(change: Partial<BackOutForm>): void;
  /** Whether it may be made: its preview is of what stands there, and sites are told why. */
  readonly isReady: boolean;
  readonly isBusy: boolean;
  /** True when it was made, or is asked for. */
  make(as?: SentAs): Promise<boolean>;
}

const operation = 'POST /orgs/:org/projects/:project/back-outs';

export function useBackOut(scope: Scope, { flags = [], feature, releases }: BackOutStart): BackOut {
  const commit = useCommit();
  const [typed, setTyped] = useState<Partial<BackOutForm>>({});
  const [isBusy, setBusy] = useState(false);
  const meant = useReaders(scope, typed.flags ?? flags, feature);
  const form: BackOutForm = {
    flags,
    feature,
    releases: releases ?? meant ?? '',
    severity: 'required',
    because: '',
    link: '',
    ...typed,
  };
  const body = bodyOf(form);
  const { preview, error } = usePreview(operation, isBusy || !body ? undefined : { params: { ...scope }, body });
  const isSaid = form.because.trim() !== '';
  async function make(as?: SentAs): Promise<boolean> {
    if (!body || !isSaid) return false;
    setBusy(true);
    const done = `Backed ${form.feature ?? form.flags.join(', ')} out of ${body.releases}`;
    const committed = await commit(operation, { params: { ...scope }, body }, done, as);
    setBusy(false);
    const made = as === 'request' ? undefined : committed?.changes.find(({ sort }) => sort === 'back-out');
    if (made) navigate(pages.backOut.href({ ...scope, backOut: made.key }));
    return committed !== undefined;
  }
  const set = (change: Partial<BackOutForm>) => setTyped({ ...typed, ...change });
  return { form, set, preview, error, isReady: preview !== undefined && isSaid, isBusy, make };
}

/** The range of the supported releases that read the flags, or those of the feature. */
function useReaders(scope: Scope, flags: readonly string[], feature: string | undefined): string | undefined {
  const { data: detail } = useQuery({ ...featureQuery(scope, feature ?? ''), enabled: feature !== undefined });
  const members = feature === undefined ? flags : (detail?.feature.document.flags ?? []);
  const found = useQueries({ queries: members.map((flag) => releasesOfFlagQuery(scope, flag)) });
  return rangeOfReaders(found.flatMap(({ data }) => data ?? []));
}
