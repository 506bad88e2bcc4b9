import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { contextsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { attributeWords } from '../edit/attribute.ts';
import type { Suggestion } from '../ui/use-suggestions.ts';

const usualKinds = ['org', 'user'];
/** Attributes are learned from so many known contexts. */
const sampled = 100;

export interface KnownShape {
  readonly kinds: readonly string[];
  /** `org`, `org.plan`, …: what a condition can look at. */
  readonly attributes: readonly Suggestion[];
}

/** The kinds and attributes that the known contexts of an environment have. */
export function useKnownShape(scope: Scope, environment: string): KnownShape {
  const { data } = useQuery(contextsQuery(scope, environment, { limit: sampled }));
  return useMemo(() => shapeOf(data?.counts ?? {}, data?.contexts ?? []), [data]);
}

interface Known {
  readonly kind: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function shapeOf(counts: Readonly<Record<string, number>>, contexts: readonly Known[]): KnownShape {
  const kinds = [...new Set([...Object.keys(counts), ...usualKinds])];
  const named = contexts.flatMap(({ kind, attributes }) =>
    Object.keys(attributes).map((name) => attributeWords({ kind, path: [name] })),
  );
  const attributes = [...kinds.map((kind) => ({ value: kind, hint: 'key' })), ...[...new Set(named)].map((value) => ({ value }))];
  return { kinds, attributes };
}
