import type { OnpremPolicy } from '@taffrail/schema';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { rangeMistake } from '../back-outs/back-out-form.ts';
import { type Previewed, usePreview } from '../publish/use-preview.ts';
import { onpremChoices, type OnpremChoice } from './onprem-words.ts';

const path = '/orgs/:org/projects/:project/flags/:flag/onprem';
/** A preview is asked for before the reason is written. */
const reasonOfPreview = 'to see what it would do';

/** A policy that is worked out but not said. */
export interface Onprem extends Previewed {
  readonly choice: OnpremChoice;
  choose(choice: OnpremChoice): void;
  readonly releases: string;
  setReleases(releases: string): void;
  readonly mistake: string | undefined;
  readonly reason: string;
  setReason(reason: string): void;
  /** Whether it would change anything, and its reason is given where one is asked. */
  readonly isReady: boolean;
  readonly isBusy: boolean;
  /** True when it was said, or is asked for. */
  say(as?: SentAs): Promise<boolean>;
}

export function useOnprem(scope: Scope, flag: string, policy: OnpremPolicy | undefined): Onprem {
  const commit = useCommit();
  const [choice, choose] = useState<OnpremChoice>(policy?.mode ?? 'dark');
  const [releases, setReleases] = useState(policy?.releases ?? '');
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const params = { ...scope, flag };
  const mistake = choice === 'dark' || releases.trim() === '' ? undefined : rangeMistake(releases);
  const put = bodyOf(choice, releases);
  const asked = isBusy || mistake !== undefined;
  const setting = usePreview(`PUT ${path}`, asked || !put ? undefined : { params, body: { ...put, reason: reasonOfPreview } });
  const clearing = usePreview(`DELETE ${path}`, asked || put || !policy ? undefined : { params });
  const { preview, error } = put ? setting : clearing;
  const said = reason.trim();
  async function say(as?: SentAs): Promise<boolean> {
    setBusy(true);
    const label = onpremChoices.find(({ value }) => value === choice)?.label.toLowerCase() ?? choice;
    const done = `${flag} is ${label} in releases cut from now on`;
    const committed = put
      ? await commit(`PUT ${path}`, { params, body: { ...put, reason: said } }, done, as)
      : await commit(`DELETE ${path}`, { params }, done, as);
    setBusy(false);
    return committed !== undefined;
  }
  const isReady = preview !== undefined && preview.changes.length > 0 && (!put || said !== '');
  return { choice, choose, releases, setReleases, mistake, reason, setReason, preview, error, isReady, isBusy, say };
}

function bodyOf(choice: OnpremChoice, releases: string) {
  if (choice === 'dark') return undefined;
  return { mode: choice, ...(releases.trim() && { releases: releases.trim() }) };
}
