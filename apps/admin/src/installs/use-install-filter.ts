import { useMemo } from 'react';
import { useQuery as useAddressQuery } from '../routes/location.ts';
import type { InstallFilter } from './queries.ts';
import { asStanding } from './standing-words.ts';

/** What the address says of the list: a link shows what its sender saw. */
export function useInstallFilter(): InstallFilter {
  const address = useAddressQuery();
  return useMemo(() => filterOf(address), [address]);
}

function filterOf(address: URLSearchParams): InstallFilter {
  const given = {
    line: address.get('line'),
    standing: asStanding(address.get('standing')),
    release: address.get('release'),
    search: address.get('q')?.trim(),
    retired: address.get('retired') === 'only' && 'only',
    after: address.get('after'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value));
}
