import type { DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { useQuery } from '@tanstack/react-query';
import { flagsQuery } from '../api/queries.ts';
import { type ReleaseDetail, releaseQuery, releasesQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import type { Vendor } from './bundle-rows.ts';
import type { Issued } from './code-facts.ts';
import type { Asked } from './use-code-facts.ts';

/** Asks for what the vendor has beside a bundle. */
export function useVendor(scope: Scope, { site }: DoctorBundle): Asked<Vendor> {
  const wanted = site.shipment?.release ?? site.release;
  const releases = useQuery(releasesQuery(scope));
  const isOurs = releases.data?.some(({ release }) => release === wanted) === true;
  const release = useQuery({ ...releaseQuery(scope, wanted ?? ''), enabled: isOurs });
  const flags = useQuery(flagsQuery(scope));
  const production = useEnvironments(scope)?.find((environment) => environment.production)?.key;
  const all = [releases, release, flags];
  const failed = all.find(({ error, data }) => error && data === undefined);
  const isThere = !failed && all.every(({ isFetching, data }) => data !== undefined || !isFetching);
  return {
    data: isThere ? { release: isOurs ? release.data : undefined, flags: flags.data?.flags ?? [], production } : undefined,
    error: failed?.error,
    refetch: () => all.forEach(({ error, refetch }) => void (error && refetch())),
  };
}

/** Whether the shipment that a bundle names is the very one that was issued. */
export function bundleIssued({ site: { shipment } }: DoctorBundle, release: ReleaseDetail | undefined): Issued {
  if (!shipment) return 'nothing-in-force';
  if (!release) return 'unknown-release';
  const ours = release.shipments.find(({ revision }) => revision === shipment.revision);
  if (!ours) return 'not-issued';
  return ours.digest === shipment.digest ? 'as-issued' : 'other-digest';
}
