import { useQuery } from '@tanstack/react-query';
import { contextsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import type { Suggestion } from '../ui/use-suggestions.ts';

const suggested = 8;

/** Known keys of a kind that begin with a text, for pickers. Null asks nothing. */
export function useKnownKeys(scope: Scope, environment: string, kind: string, text: string | null): readonly Suggestion[] {
  const search = text?.trim() ?? '';
  const { data } = useQuery({
    ...contextsQuery(scope, environment, { kind, limit: suggested, ...(search ? { search } : {}) }),
    enabled: text !== null && environment !== '' && kind !== '',
  });
  if (text === null) return [];
  return (data?.contexts ?? []).map(({ key, attributes }) => ({ value: key, ...hintOf(attributes) }));
}

/** The first attribute that is a text: usually a name or a plan. */
function hintOf(attributes: Readonly<Record<string, unknown>>): { hint?: string } {
  const text = [attributes['name'], ...Object.values(attributes)].find((value) => typeof value === 'string');
  return typeof text === 'string' ? { hint: text } : {};
}
