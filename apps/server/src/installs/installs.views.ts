import { limits } from '@taffrail/schema';
import type { Contracts, Install, InstallKey, InstallStanding, QueryOf, ResponseOf } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Credentials } from '../members/credentials.ts';
import { isSupported } from '../releases/find.ts';
import { byVersion } from '../releases/versions.ts';
import { installOf, installsOf } from './find.ts';
import { instant, rowOf, saidIn, type Seen } from './rows.ts';
import type { Sites } from './sites.ts';
import { newestRevision, shipmentRunBy, standingOf } from './standing.ts';
import { hasTag, keysOf } from './tags.ts';

type Key = 'GET /orgs/:org/projects/:project/installs';
type Board = ResponseOf<Contracts[Key]>;
type Query = QueryOf<Contracts[Key]>;
type Detail = ResponseOf<Contracts[`${Key}/:install`]>;

/** Who runs what. Of thousands only those on the page are made into rows. */
export function installBoard(seen: Seen, query: Query): Board {
  const { state, sites } = seen;
  const counts: Board['counts'] = { current: 0, behind: 0, silent: 0, 'unknown-shipment': 0, 'air-gapped': 0, online: 0 };
  const matches = matching(seen, query);
  const found: Install[] = [];
  for (const install of installsIn(state, query)) {
    const site = sites.get(install.key);
    const standing = standingOf(state, install, site);
    counts[standing] += 1;
    if (site !== undefined && site.streams > 0) counts.online += 1;
    if (matches(install, standing)) found.push(install);
  }
  const { after, limit = limits.pageSize } = query;
  const rest = after === undefined ? found : found.filter(({ key }) => key > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    installs: page.map((install) => rowOf(seen, install)),
    ...(last !== undefined && rest.length > limit && { next: last.key }),
    total: found.length,
    counts,
    running: runningOf(seen, query),
    revision: state.revision,
  };
}

/** Those of the line that are there still; or those that are no more. */
function installsIn(state: State, { line, retired }: Query): readonly Install[] {
  const all = retired === undefined ? installsOf(state) : retiredOf(state);
  return line === undefined ? all : all.filter((install) => install.line === line);
}

function retiredOf(state: State): Install[] {
  return state.list('install').flatMap(({ body }) => (body.retiredAt === undefined ? [] : [body]));
}

/** Everything but the line. */
function matching({ state, organization, sites }: Seen, { standing, release, search, tag }: Query) {
  const words = search?.toLowerCase();
  const project = state.scope.project ?? '';
  return (install: Install, is: InstallStanding): boolean =>
    (standing === undefined || is === standing) &&
    (release === undefined || shipmentRunBy(state, sites.get(install.key))?.release === release) &&
    (words === undefined || install.key.includes(words) || install.name.toLowerCase().includes(words)) &&
    (tag === undefined || hasTag(keysOf(organization, project, install.key), tag));
}

/** How many run what, the last version first. */
function runningOf({ state, sites, now }: Seen, query: Query): Board['running'] {
  const running = new Map<string, { release: string; revision: number; installs: number }>();
  for (const { key } of installsIn(state, query)) {
    const shipment = shipmentRunBy(state, sites.get(key));
    if (shipment === undefined) continue;
    const row = running.get(shipment.digest) ?? { release: shipment.release, revision: shipment.revision, installs: 0 };
    row.installs += 1;
    running.set(shipment.digest, row);
  }
  return [...running.values()]
    .sort((a, b) => byVersion(b.release, a.release) || b.revision - a.revision)
    .map((row) => ({ ...row, newest: newestRevision(state, row.release) ?? row.revision, supported: supports(state, row, now) }));
}

function supports(state: State, { release }: { readonly release: string }, now: Date): boolean {
  const found = state.get('release', release)?.body;
  return found !== undefined && isSupported(found, now);
}

/** One install: what it acknowledged, its keys, and what its operator shares. */
export function installDetail(
  seen: Seen,
  key: string,
  { credentials, overrides }: { readonly credentials: Credentials; readonly overrides: ReturnType<Sites['overrides']> },
): Detail {
  const { state, organization, sites } = seen;
  const { body: install, revision } = installOf(state, key);
  const said = sites.get(key)?.acknowledged ?? [];
  return {
    install,
    row: rowOf(seen, install),
    acknowledged: said.reduceRight<Detail['acknowledged']>((list, one) => [...list, saidIn(state, one)], []),
    keys: keysOf(organization, state.scope.project ?? '', key).map((one) => keyRow(one, credentials.lastUse(one.id))),
    ...(overrides && { overrides: { at: instant(overrides.atMs), entries: overrides.entries } }),
    revision,
  };
}

function keyRow(key: InstallKey, lastUsedAt: string | undefined): Detail['keys'][number] {
  const { id, name, createdAt, createdBy, expiresAt, revokedAt } = key;
  const ends = { ...(expiresAt !== undefined && { expiresAt }), ...(revokedAt !== undefined && { revokedAt }) };
  return { id, name, createdAt, createdBy, ...ends, ...(lastUsedAt !== undefined && { lastUsedAt }) };
}
