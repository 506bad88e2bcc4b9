import { actionsGatedBy, type Environment, type GatedAction, gatedActions, type Policies } from '@taffrail/schema';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { type Previewed, usePreview } from '../publish/use-preview.ts';

/** The acts that may want a second person, as they are shown. */
export const actions = Object.keys(gatedActions) as GatedAction[];

/** What wants a second person in an environment, while it is edited. */
export interface EditedPolicies extends Previewed {
  readonly gated: readonly GatedAction[];
  gate(action: GatedAction, isGated: boolean): void;
  /** Nothing was edited. */
  readonly isSame: boolean;
  readonly isBusy: boolean;
  /** True when it was saved, or asked for. */
  save(reason: string, as?: SentAs): Promise<boolean>;
}

const operation = 'PATCH /orgs/:org/projects/:project/environments/:environment';

export function usePolicies(scope: Scope, environment: Environment): EditedPolicies {
  const commit = useCommit();
  const before = actionsGatedBy(environment.policies);
  const [gated, setGated] = useState<readonly GatedAction[]>(before);
  const [isBusy, setBusy] = useState(false);
  const params = { ...scope, environment: environment.key };
  const body = { policies: policiesOf(gated) };
  const isSame = actions.every((action) => before.includes(action) === gated.includes(action));
  const { preview, error } = usePreview(operation, isSame ? undefined : { params, body });
  function gate(action: GatedAction, isGated: boolean): void {
    setGated(isGated ? [...gated, action] : gated.filter((each) => each !== action));
  }
  async function save(reason: string, as?: SentAs): Promise<boolean> {
    setBusy(true);
    const said = reason.trim() ? { reason: reason.trim() } : {};
    const done = `Changed what wants a second person in ${environment.name}`;
    const committed = await commit(operation, { params, body: { ...body, ...said } }, done, as);
    setBusy(false);
    return committed !== undefined;
  }
  return { preview, error, gated, gate, isSame, isBusy, save };
}

function policiesOf(gated: readonly GatedAction[]): Policies {
  return Object.fromEntries(actions.map((action) => [action, gated.includes(action) ? 'second-person' : 'none']));
}
