import { useQuery } from '@tanstack/react-query';
import { differencesQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { inOrder, useEnvironments } from '../flags/use-environments.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { InlineSelect } from '../ui/inline.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { Differences } from './differences.tsx';

/** Two environments side by side: what differs, and a way to copy it. */
export function ComparePage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const environments = inOrder(useEnvironments(scope) ?? []);
  const address = useAddressQuery();
  const target = address.get('env') ?? environments.at(-1)?.key ?? '';
  const from = address.get('from') ?? environments.at(-2)?.key ?? '';
  const differences = useQuery({
    ...differencesQuery(scope, target, from),
    enabled: target !== '' && from !== '' && target !== from,
  });
  const options = environments.map(({ key, name }) => ({ value: key, label: name }));
  const tools = (
    <span>
      <InlineSelect label="Environment" options={options} value={target} onChange={(env) => setQuery({ env })} /> with{' '}
      <InlineSelect label="Compared with" options={options} value={from} onChange={(next) => setQuery({ from: next })} />
    </span>
  );
  return (
    <Page title="Compare" tools={tools}>
      {environments.length < 2 && <Empty title="There is one environment only">Nothing to compare it with.</Empty>}
      {environments.length > 1 && target === from && <Empty title="Choose two environments">These are the same.</Empty>}
      {target !== from && (
        <Loaded query={differences} label="differences">
          {(found) => <Differences key={`${target} ${from}`} scope={scope} target={target} from={from} found={found} />}
        </Loaded>
      )}
    </Page>
  );
}
