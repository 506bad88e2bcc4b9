import type { Environment } from '@taffrail/schema';
import { useMemo } from 'react';
import type { Scope } from '../api/scope.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { useCompact } from '../ui/use-compact.ts';
import { useEnvironments } from './use-environments.ts';

export interface ShownEnvironments {
  readonly all: readonly Environment[];
  readonly shown: readonly Environment[];
  toggle(key: string): void;
}

const none: readonly Environment[] = [];
/** Production first, so it is among them. The others are a click away. */
const columnsAtFirst = 4;

/** Which environments have a column. The address remembers; a phone has room for one. */
export function useShownEnvironments(scope: Scope): ShownEnvironments {
  const all = useEnvironments(scope) ?? none;
  const chosen = useAddressQuery().get('env');
  const isCompact = useCompact();
  return useMemo(() => {
    const keys = chosen?.split(',') ?? [];
    const wanted = all.filter(({ key }) => keys.includes(key));
    const many = wanted.length > 0 ? wanted : all.slice(0, columnsAtFirst);
    const shown = isCompact ? many.slice(0, 1) : many;
    const toggle = (key: string) => setQuery({ env: isCompact ? key : toggled(all, shown, key) });
    return { all, shown, toggle };
  }, [all, chosen, isCompact]);
}

/** From all, a click leaves one; from one or some, it adds or takes away; with none left, the address forgets. */
export function toggled(all: readonly Environment[], shown: readonly Environment[], key: string): string | null {
  const keys = shown.map((environment) => environment.key);
  if (keys.length === all.length) return key;
  const next = keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key];
  const isUsual = next.length === all.length && all.length <= columnsAtFirst;
  return next.length === 0 || isUsual ? null : next.join(',');
}
