import type { HistoryEntry } from '@taffrail/schema';
import type { Commits } from '../changes/commits.ts';
import type { InstallKeys } from '../tokens/install-keys.ts';
import type { SdkKeys } from '../tokens/sdk-keys.ts';

/** Tells what is open that something was revoked. */
export interface Revocations {
  onRevoked(listener: (id: string) => void): () => void;
  announce(...ids: string[]): void;
  close(): void;
}

/** Changes after which what their document's id opened must be closed. */
const revoking: ReadonlySet<string> = new Set(['token.revoked', 'member.removed', 'member.grants-replaced']);
/** How late an expiry is noticed at the most. */
const sweepMs = 2_000;

interface Keys {
  readonly sdkKeys: SdkKeys;
  readonly installKeys: InstallKeys;
}

/** Listens to commits for revocations, and to the clock for expiries. */
export function createRevocations(commits: Pick<Commits, 'onCommit'>, keys: Keys, clock: () => Date): Revocations {
  const { sdkKeys, installKeys } = keys;
  const listeners = new Set<(id: string) => void>();
  const announce = (...ids: string[]) => ids.forEach((id) => listeners.forEach((listener) => listener(id)));
  const stop = commits.onCommit(({ scope }, entry) => {
    if (scope.project === undefined) announce(...revokedBy(entry), ...sdkKeys.lapsed(clock(), scope.org));
    announce(...installKeys.lapsed(clock(), { scope, entry }));
  });
  const sweep = setInterval(() => announce(...sdkKeys.lapsed(clock()), ...installKeys.lapsed(clock())), sweepMs).unref();
  return {
    onRevoked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    announce,
    close() {
      clearInterval(sweep);
      stop();
    },
  };
}

const revokedBy = ({ changes }: HistoryEntry): string[] => changes.filter(({ kind }) => revoking.has(kind)).map(({ key }) => key);
