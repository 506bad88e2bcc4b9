import type { Environment } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { InlineSelect } from '../ui/inline.tsx';
import { OneOf } from '../ui/segmented.tsx';
import { useCompact } from '../ui/use-compact.ts';
import { useEnvironments } from './use-environments.ts';

/** The environment that the address names, else the first. */
export function useChosenEnvironment(scope: Scope): Environment | undefined {
  const environments = useEnvironments(scope);
  const chosen = useAddressQuery().get('env');
  return environments?.find(({ key }) => key === chosen) ?? environments?.[0];
}

/** So many stand side by side on a phone. */
const fewOnPhone = 3;

/** One environment of the project at a time. */
export function EnvironmentSwitch({ scope }: { readonly scope: Scope }) {
  const environments = useEnvironments(scope) ?? [];
  const chosen = useChosenEnvironment(scope);
  const isCompact = useCompact();
  if (!chosen || environments.length < 2) return null;
  const options = environments.map(({ key, name }) => ({ value: key, label: name }));
  if (isCompact && environments.length > fewOnPhone) {
    return <InlineSelect label="Environment" options={options} value={chosen.key} onChange={choose} />;
  }
  return <OneOf label="Environment" options={options} value={chosen.key} onChange={choose} />;
}

const choose = (env: string) => setQuery({ env, to: null });
