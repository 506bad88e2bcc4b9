import { isDeepStrictEqual } from 'node:util';
import type { Change, RequestDocument } from '@taffrail/schema';
import { command, type Outcome, type State } from '../changes/command.ts';
import { wordless } from '../changes/entry.ts';
import { isPending, statusOf } from './status.ts';

/**
 * Takes out of a request what it asked for and why. Nobody can edit it once it is closed, so nothing else could. Of one that is
 * still to be decided or reviewed nothing is taken: whoever looks at it must see what it does.
 */
export const eraseRequest = command<{ readonly request: string }>({
  name: 'request.erase',
  version: 1,
  permission: 'org.manage',
  apply(state: State, { request: id }, { now }): Outcome {
    const before = state.get('request', id)?.body;
    if (before === undefined || isPending({ status: statusOf(before, now) })) return { write: [], changes: [] };
    const after = withoutWords(before);
    if (isDeepStrictEqual(after, before)) return { write: [], changes: [] };
    return { write: [{ sort: 'request', key: id, body: after }], changes: changesOf(after) };
  },
});

/** Who asked for it, who decided, when, and where it was: as much as is left of an entry. */
function withoutWords({ reason: _reason, decision, preview, ...request }: RequestDocument): RequestDocument {
  return {
    ...request,
    ...(decision && { decision: withoutReason(decision) }),
    summary: 'erased',
    input: {},
    preview: { ...preview, changes: preview.changes.map(wordless), affected: [], features: [], dependents: [], warnings: [] },
  };
}

type Decision = NonNullable<RequestDocument['decision']>;

function withoutReason(decision: Decision): Decision {
  const { reason: _, ...decided } = decision;
  return decided;
}

function changesOf({ id, environments }: RequestDocument): Change[] {
  const change = { kind: 'request.erased', sort: 'request', key: id, summary: 'what it asked for was erased' };
  return environments.length === 0 ? [change] : environments.map((environment) => ({ ...change, environment }));
}
