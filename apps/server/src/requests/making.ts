import { limits, type Preview, type RequestDocument, type Waiting } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type Applied, type Command, type Occasion, type Order } from '../changes/command.ts';
import { uncounted } from '../changes/preview.ts';
import type { Commits } from '../changes/commits.ts';
import { applyAsked, environmentsOfEffect, nextRequestId, seedOf, type Asked, type Input } from './asked.ts';
import type { Author } from './authors.ts';
import { requestChanges, summaryOf } from './sentences.ts';
import { waitsOf } from './waits.ts';

const dayMs = 86_400_000;
const attempts = 5;

/** Who asks, and why. */
interface Asking {
  readonly author: Author;
  readonly reason?: string | undefined;
}

/**
 * Keeps an order as a request and commits nothing of it. It is previewed first, which takes its time; if somebody commits
 * meanwhile, it is previewed again, so that what is kept is what would have been done.
 */
export async function ask(commits: Commits, order: Order<Input>, author: Author): Promise<ReturnType<Commits['commit']>> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const seed = seedOf(order.scope, nextRequestId(commits.state(order.scope)));
    const preview = await commits.preview({ ...order, seed });
    if (commits.state(order.scope).revision !== preview.revision) continue;
    const asked = { name: order.command.name, version: order.command.version };
    const make = makeRequest(order.command, preview, { author, reason: order.reason });
    return commits.commit({ ...order, command: make, input: { command: asked, input: order.input } });
  }
  return fail('BUSY', 'Others commit to this project all the time, so it could not be previewed. Try again.');
}

/** Its input names the command, so that a retry is told from another order. */
function makeRequest(asked: Command<Input>, preview: Preview, asking: Asking) {
  return command<{ readonly command: { readonly name: string; readonly version: number }; readonly input: Input }>({
    name: 'request.make',
    version: 1,
    permission: asked.permission,
    apply(state, { input }, occasion) {
      const id = nextRequestId(state);
      const applied = applyAsked(state, { command: asked, input, id, actor: occasion.actor }, occasion);
      if (applied.outcome.write.length === 0) fail('INVALID', 'This would change nothing: it is so already, so nothing waits.');
      const request = requestOf({ command: asked, input, id }, applied, { ...asking, preview, status: 'open' });
      const changes = requestChanges('made', id, request);
      return { write: [{ sort: 'request', key: id, body: request }], changes, request: id };
    },
  });
}

/** The same command, at once: where it would wait it is applied all the same, and a request is left that a second person reviews. */
export function inEmergency(asked: Command<Input>, asking: Asking): Command<Input> {
  return {
    ...asked,
    apply(state, input, occasion) {
      const outcome = asked.apply(state, input, occasion);
      const applied = { state, occasion, outcome, action: asked.action };
      const waits = waitsOf(state, outcome, asked.action);
      if (waits.length === 0) return outcome;
      for (const one of waits) refuseNoEmergency(one, occasion);
      const id = nextRequestId(state);
      const request = requestOf({ command: asked, input, id }, applied, {
        ...asking,
        preview: uncounted(applied),
        status: 'emergency',
      });
      return {
        ...outcome,
        write: [...outcome.write, { sort: 'request', key: id, body: request }],
        changes: [...outcome.changes, ...requestChanges('emergency', id, request)],
        request: id,
        isSettled: true,
      };
    },
  };
}

/** A policy that is in the way is not weakened in a hurry: what it keeps back can be published without. */
function refuseNoEmergency({ environment, action }: Waiting, { may }: Occasion): void {
  if (action === 'settings') fail('FORBIDDEN', `Weakening the policies of ${environment} is no emergency: ask for approval.`);
  if (may('change.emergency', environment)) return;
  fail('FORBIDDEN', `Publishing to ${environment} in an emergency is for admins. Ask one of them, or ask for approval.`);
}

interface Circumstances extends Asking {
  readonly preview: Preview;
  readonly status: 'open' | 'emergency';
}

function requestOf(
  { command: { name, version }, input, id }: Omit<Asked, 'actor'>,
  applied: Applied,
  { author, reason, preview, status }: Circumstances,
): RequestDocument {
  const { now, actor } = applied.occasion;
  return {
    id,
    status,
    summary: summaryOf(preview.changes),
    command: { name, version },
    input,
    environments: environmentsOfEffect(applied),
    waits: waitsOf(applied.state, applied.outcome, applied.action),
    requestedBy: actor,
    requestedAt: now.toISOString(),
    authors: [author],
    ...(reason !== undefined && { reason }),
    expiresAt: expiryFrom(now),
    preview,
  };
}

/** A request waits no longer than this: what it was asked for may have been forgotten. */
export function expiryFrom(now: Date): string {
  return new Date(now.getTime() + limits.requestDays * dayMs).toISOString();
}
