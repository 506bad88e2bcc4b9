import type { FlagMetadata, Resolution } from '@taffrail/engine';
import { answerIn, type Answer } from './file.ts';

/**
 * What a client adds to the engine's answer is no part of conformance: which state it is of; and, where that is not known to be the
 * newest, another reason, with the flag's own in the metadata.
 */
export function clientAnswer(resolution: Resolution): Answer {
  const { layer, reason: own, revision: _revision, environment: _environment, ...facts } = resolution.flagMetadata;
  const reason = (own ?? resolution.reason) as Resolution['reason'];
  const flagMetadata = (layer === 'environment' ? facts : { ...facts, layer }) as FlagMetadata;
  return answerIn({ ...resolution, reason, flagMetadata });
}
