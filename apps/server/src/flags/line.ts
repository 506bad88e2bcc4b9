import { needsOf, type Flag } from '@taffrail/engine';
import type { EnvironmentFlag, FlagDefinition } from '@taffrail/schema';
import { refuseDamaged } from '../changes/damaged.ts';

/**
 * The one way from a flag's documents to its snapshot line: the definition gives what is the same everywhere, the environment's
 * document what evaluation reads. `key` comes first, empty lists are left out, so equal documents give equal bytes.
 * `revision`, the one that last changed the environment's document, is told to people in the resolution's metadata.
 * Throws for documents that are damaged.
 */
export function flagLine(definition: FlagDefinition, flag: EnvironmentFlag, revision?: number): Flag {
  refuseDamaged(definition, flag);
  const line = evaluated(definition, flag);
  const needs = needsOf(line);
  return { ...line, ...(needs.length > 0 && { needs }), metadata: metadataOf(definition, flag, revision) };
}

function evaluated({ type }: FlagDefinition, flag: EnvironmentFlag): Flag {
  const { key, on, off, variants, salt, fallthrough, prerequisites, pins, rules } = flag;
  return {
    key,
    type,
    on,
    variants,
    ...(off !== undefined && { off }),
    salt,
    fallthrough,
    ...(prerequisites.length > 0 && { prerequisites }),
    ...(pins.length > 0 && { pins }),
    ...(rules.length > 0 && { rules }),
  };
}

/** A kill is told as the layer that decides, so that no override where the flag is evaluated turns it on again. */
function metadataOf(
  { kind, owner }: FlagDefinition,
  { locked }: EnvironmentFlag,
  revision: number | undefined,
): NonNullable<Flag['metadata']> {
  return {
    kind,
    ...(owner !== '' && { owner }),
    ...(revision !== undefined && { revision }),
    ...(locked && { layer: 'kill' }),
  };
}
