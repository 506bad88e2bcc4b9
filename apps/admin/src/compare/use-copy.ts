import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { type Previewed, usePreview } from '../publish/use-preview.ts';
import { count } from '../words/numbers.ts';

/** What is copied from where to where. */
export interface CopyOf {
  readonly scope: Scope;
  readonly target: string;
  readonly from: string;
  readonly flags: readonly string[];
}

/** What comes along with the flags. */
export interface Take {
  readonly segments: boolean;
  readonly pins: boolean;
}

/** A copy that is worked out but not made. */
export interface Copy extends Previewed {
  readonly take: Take;
  setTake(take: Take): void;
  readonly reason: string;
  setReason(reason: string): void;
  readonly isBusy: boolean;
  /** True when it was made. */
  make(as?: SentAs): Promise<boolean>;
}

const operation = 'POST /orgs/:org/projects/:project/environments/:environment/copy';

/** Pins often name test accounts: they stay behind unless somebody wants them. */
export function useCopy({ scope, target, from, flags }: CopyOf): Copy {
  const commit = useCommit();
  const [take, setTake] = useState<Take>({ segments: true, pins: false });
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const params = { ...scope, environment: target };
  const body = { from, flags: [...flags], ...take };
  const { preview, error } = usePreview(operation, { params, body });
  async function make(as?: SentAs): Promise<boolean> {
    setBusy(true);
    const said = reason.trim() ? { reason: reason.trim() } : {};
    const done = `Copied ${count(flags.length, 'flag')} from ${from} to ${target}`;
    const committed = await commit(operation, { params, body: { ...body, ...said } }, done, as);
    setBusy(false);
    return committed !== undefined;
  }
  return { preview, error, take, setTake, reason, setReason, isBusy, make };
}
