import type { SupportCode } from '@taffrail/shipment/browser';
import { useQuery } from '@tanstack/react-query';
import { flagsQuery } from '../api/queries.ts';
import { releaseQuery, releasesQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { installQuery, installsQuery } from '../installs/queries.ts';
import { type CodeFacts, factsOf, sameVersion } from './code-facts.ts';

/** What is being asked for, as `Loaded` shows it. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  refetch(): void;
}

/** Asks for whatever the vendor knows that a code is about. */
export function useCodeFacts(scope: Scope, code: SupportCode): Asked<CodeFacts> {
  const releases = useQuery(releasesQuery(scope));
  const version = releases.data?.find(({ release }) => sameVersion(release, code.release))?.release;
  const release = useQuery({ ...releaseQuery(scope, version ?? ''), enabled: version !== undefined });
  const flags = useQuery(flagsQuery(scope));
  const tagged = useQuery({ ...installsQuery(scope, { tag: code.installTag ?? '' }), enabled: code.installTag !== undefined });
  const install = code.installTag === undefined ? undefined : tagged.data?.installs[0];
  const detail = useQuery({ ...installQuery(scope, install?.install ?? ''), enabled: install?.shares === true });
  const all = [releases, release, flags, tagged, detail];
  const failed = all.find(({ error, data }) => error && data === undefined);
  const isThere = !failed && all.every(({ isFetching, data }) => data !== undefined || !isFetching);
  const known = {
    release: version === undefined ? undefined : release.data,
    flags: flags.data?.flags ?? [],
    install,
    overrides: install?.shares ? detail.data?.overrides?.entries : undefined,
  };
  return {
    data: isThere ? factsOf(code, known) : undefined,
    error: failed?.error,
    refetch: () => all.forEach(({ error, refetch }) => void (error && refetch())),
  };
}
