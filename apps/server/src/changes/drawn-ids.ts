import { createHash } from 'node:crypto';
import type { State } from './command.ts';

/**
 * Ids for what one commit makes. They follow from the revision that it makes, which is never given twice in an epoch: so a preview
 * draws the very ids, and the very buckets of a rollout, that its commit will draw if nobody comes in between.
 */
export function idsDrawnAfter({ scope, revision }: State, epoch: string): () => string {
  return idsDrawnFrom([epoch, scope.org, scope.project ?? '', revision + 1].join('\n'));
}

/** Ids that follow from a seed: no two things may be drawn from the same one. */
export function idsDrawnFrom(seed: string): () => string {
  let drawn = 0;
  return () => createHash('sha256').update(`${seed}\n${++drawn}`).digest('base64url').slice(0, idLength);
}

/** 22 characters of base64url hold 132 bits. */
const idLength = 22;
