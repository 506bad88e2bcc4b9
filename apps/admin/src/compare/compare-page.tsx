import type { Environment } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { differencesQuery, projectsQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { inOrder } from '../flags/use-environments.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { InlineSelect } from '../ui/inline.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { Differences } from './differences.tsx';
import { pairOf, type Pair } from './pair.ts';

/** Two environments side by side: what differs, and a way to copy it. */
export function ComparePage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const places = useQuery(projectsQuery(org));
  const place = places.data?.find((each) => each.project.key === project);
  const environments = inOrder(place?.environments ?? []);
  const address = useAddressQuery();
  const pair = pairOf(environments, address.get('env'), address.get('from'));
  return (
    <Page title="Compare" tools={pair && <Chooser environments={environments} pair={pair} />}>
      <Loaded query={places} label="environments">
        {() =>
          pair ? (
            <Compared key={`${pair.target.key} ${pair.from.key}`} scope={scope} {...pair} />
          ) : (
            <Empty title="There is one environment only">There is nothing to compare it with.</Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

/** Choosing one that is the other already swaps them. */
function Chooser({ environments, pair }: { readonly environments: readonly Environment[]; readonly pair: Pair }) {
  const { target, from } = pair;
  const options = environments.map(({ key, name }) => ({ value: key, label: name }));
  return (
    <span>
      <InlineSelect
        label="Environment"
        options={options}
        value={target.key}
        onChange={(key) => setQuery({ env: key, from: key === from.key ? target.key : from.key })}
      />{' '}
      with{' '}
      <InlineSelect
        label="Compared with"
        options={options}
        value={from.key}
        onChange={(key) => setQuery({ env: key === target.key ? from.key : target.key, from: key })}
      />
    </span>
  );
}

function Compared({ scope, target, from }: Pair & { readonly scope: Scope }) {
  const differences = useQuery(differencesQuery(scope, target.key, from.key));
  return (
    <Loaded query={differences} label="differences">
      {(found) => <Differences scope={scope} target={target} from={from} found={found} />}
    </Loaded>
  );
}
