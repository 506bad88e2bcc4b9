import type { HistoryEntry } from '@taffrail/schema';
import type { Commits } from '../changes/commits.ts';
import type { Scope } from '../changes/document.ts';
import type { Credentials } from '../members/credentials.ts';
import { createHeldKeys, expiryOf } from './held-keys.ts';

/** What an install key opens: the shipments of its line, and what is said of its own install. */
export interface KnownInstallKey {
  readonly id: string;
  readonly org: string;
  readonly project: string;
  readonly install: string;
  readonly line: string;
}

/** Looks install keys up; what was found is kept until a commit takes it away. */
export interface InstallKeys {
  /** The key that a secret is, unless it is unknown, revoked or expired, or its install is no more. */
  find(secret: string, now: Date): KnownInstallKey | undefined;
  /** Keys found before that have expired by now, or that a commit took away. Each is named once. */
  lapsed(now: Date, committed?: { readonly scope: Scope; readonly entry: HistoryEntry }): readonly string[];
}

/** Install keys over the organization's documents and the installs of its projects. */
export function createInstallKeys(commits: Pick<Commits, 'state'>, credentials: Credentials): InstallKeys {
  const held = createHeldKeys<KnownInstallKey>(credentials, ({ id, org }) => {
    const document = commits.state({ org }).get('install-key', id)?.body;
    if (document === undefined || document.revokedAt !== undefined) return undefined;
    const { project, install: key } = document;
    const install = commits.state({ org, project }).get('install', key)?.body;
    if (install === undefined || install.retiredAt !== undefined) return undefined;
    return { key: { id, org, project, install: key, line: install.line }, ...expiryOf(document) };
  });
  return {
    find: held.find,
    lapsed(now, committed) {
      const taken = committed && takenBy(committed);
      return held.lapsed(now, (key) => taken?.(key) ?? false);
    },
  };
}

/** Which keys a commit takes away: there may be thousands, so only what it speaks of is looked at. */
function takenBy({ scope, entry }: { readonly scope: Scope; readonly entry: HistoryEntry }) {
  const keys = new Set(entry.changes.flatMap(({ kind, key }) => (kind === 'install-key.revoked' ? [key] : [])));
  const installs = new Set(entry.changes.flatMap(({ kind, key }) => (kind === 'install.retired' ? [key] : [])));
  return ({ id, org, project, install }: KnownInstallKey): boolean =>
    org === scope.org && (keys.has(id) || (project === scope.project && installs.has(install)));
}
