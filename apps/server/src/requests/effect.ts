import type { Flag, Segment } from '@taffrail/engine';
import type { Edits } from '../changes/affected.ts';
import type { Applied } from '../changes/command.ts';
import { digestOf } from '../changes/digest.ts';
import type { Write } from '../changes/document.ts';
import { editsIn } from '../changes/edits.ts';
import { environmentsOf } from '../environments/find.ts';
import { addressOf, askedBy, dependentsOf, type Node } from '../flags/references.ts';

/**
 * SHA-256 of what an applied command does: the documents it writes, each as it was and as it becomes, and every line that its flags
 * and segments ask or are asked by, since those decide what an edit means. Who is known and counted is no part of it, nor what
 * time it is: what is merely stamped with the time of the commit reads `now`, inside a shipment's payload too.
 */
export function digestOfEffect({ state, outcome: { write }, occasion }: Applied): string {
  if (write.length === 0) return digestOf([]);
  const next = state.after(write);
  const written = write.map(({ body = null, ...id }) => {
    const before = state.get(id.sort, id.key, id.environment)?.body ?? null;
    return { ...id, before, after: body && told(id.sort, body) };
  });
  const around = environmentsOf(next).map(({ key }) => linesAround(editsIn(state, next, key, write)));
  return digestOf(withoutTime({ written, around }, occasion.now));
}

/** The digest of a payload goes by the time that stands in it; the payload itself is told. */
function told(sort: Write['sort'], body: NonNullable<Write['body']>): object {
  return sort === 'shipment' ? { ...body, digest: undefined } : body;
}

/** Both ways from what is edited: an edit shows in those who ask it, and depends on those it asks. */
function linesAround({ after, edited }: Edits): (Flag | Segment)[] {
  const concerned = [...edited, ...dependentsOf(after, edited)];
  const nodes = new Map(concerned.map((node) => [addressOf(node), node]));
  const waiting = [...nodes.values()];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const fresh = askedBy(after, node).filter((asked) => !nodes.has(addressOf(asked)));
    for (const asked of fresh) nodes.set(addressOf(asked), asked);
    waiting.push(...fresh);
  }
  return [...nodes.keys()].sort().flatMap((address) => lineOf(after, nodes.get(address)) ?? []);
}

/** A line without what changes no answer: who owns it, and its revision. */
function lineOf({ flags, segments }: Edits['after'], node: Node | undefined): Flag | Segment | undefined {
  if (node === undefined) return undefined;
  const line = node.sort === 'flag' ? flags.get(node.key) : segments.get(node.key);
  if (line === undefined || !('metadata' in line)) return line;
  const { metadata: _, ...rest } = line;
  return rest;
}

function withoutTime(value: object, now: Date): unknown {
  const instant = now.toISOString();
  return JSON.parse(
    JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? member.replaceAll(instant, 'now') : member)),
  );
}
