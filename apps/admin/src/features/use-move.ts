import type { Environment, Feature, Stage } from '@taffrail/schema';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Standing } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { type Previewed, usePreview } from '../publish/use-preview.ts';
import { targetWords } from './stage-words.ts';

/** What a move is of. */
export interface MoveOf {
  readonly scope: Scope;
  readonly feature: Feature;
  readonly environment: Environment;
  readonly standing: Standing;
  readonly target: Stage;
}

/** The share of everybody else that the stage `percent` lets in. */
interface Share {
  readonly percent: number;
  readonly kind: string;
}

/** A move that is worked out but not made. */
export interface Move extends Previewed {
  readonly share: Share;
  setShare(share: Share): void;
  /** Whether it would change anything, and its reason is given where one is asked. */
  readonly isReady: boolean;
  readonly reason: string;
  setReason(reason: string): void;
  readonly isBusy: boolean;
  /** True when it was made. */
  make(as?: SentAs): Promise<boolean>;
}

const place = '/orgs/:org/projects/:project/environments/:environment/features/:feature';
/** What a first share is, until somebody says another. */
const firstPercent = 10;
/** A preview is asked for before the reason is written. */
const reasonOfPreview = 'to see what it would do';

export function useMove({ scope, feature, environment, standing, target }: MoveOf): Move {
  const commit = useCommit();
  const [share, setShare] = useState({ percent: standing.percent ?? firstPercent, kind: standing.kind ?? 'org' });
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const isBack = standing.stage === 'backed-out';
  const operation = isBack ? (`POST ${place}/bring-back` as const) : (`POST ${place}/stage` as const);
  const params = { ...scope, environment: environment.key, feature: feature.key };
  const move = { stage: target, ...(target === 'percent' && share) };
  const { preview, error } = usePreview(operation, { params, body: { ...move, reason: reasonOfPreview } });
  const said = reason.trim();
  async function make(as?: SentAs): Promise<boolean> {
    setBusy(true);
    const done = `Moved ${feature.name} to ${targetWords(target, share.percent)} in ${environment.name}`;
    const committed = await commit(operation, { params, body: { ...move, reason: said } }, done, as);
    setBusy(false);
    return committed !== undefined;
  }
  const isReady = preview !== undefined && preview.changes.length > 0 && (!isBack || said !== '');
  return { preview, error, share, setShare, isReady, reason, setReason, isBusy, make };
}
