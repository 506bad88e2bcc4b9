import { Type } from 'typebox';
import { id, instant, reason, revision, slug, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { acknowledgement, connection, install, installRow, installStanding } from '../install.ts';
import { limits } from '../limits.ts';
import { overrideReport } from '../override-report.ts';
import { version } from '../release.ts';

const { key, name, line, note } = install.properties;
const reasonBody = Type.Optional(reason);
const count = Type.Integer({ minimum: 0 });

/** Of a key of an install. Its secret is shown once. */
const installKeyRow = strict({
  id,
  name: Type.String(),
  createdAt: instant,
  createdBy: Type.String(),
  expiresAt: Type.Optional(instant),
  lastUsedAt: Type.Optional(instant),
  revokedAt: Type.Optional(instant),
});

export const installContracts = {
  'GET /orgs/:org/projects/:project/installs': {
    operation: 'listInstalls',
    summary: 'List installs: who runs what, who is behind, who is silent',
    permission: 'release.read',
    query: strict({
      line: Type.Optional(slug),
      standing: Type.Optional(installStanding),
      release: Type.Optional(version),
      /** In the name or key. */
      search: Type.Optional(Type.String({ maxLength: 200 })),
      /** The tag of a support code. */
      tag: Type.Optional(Type.String({ maxLength: 16 })),
      /** Those that are no more; absent: all others. */
      retired: Type.Optional(Type.Literal('only')),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.maxPageSize })),
      /** The `next` of the page before. */
      after: Type.Optional(slug),
    }),
    response: strict({
      /** By key. */
      installs: Type.Array(installRow),
      next: Type.Optional(slug),
      /** Of all that the query means, on whatever page. */
      total: count,
      /** Of all installs of the line, whatever else the query says. */
      counts: strict({
        current: count,
        behind: count,
        silent: count,
        'unknown-shipment': count,
        'air-gapped': count,
        online: count,
      }),
      /** How many run what, by `release` and `revision`, of the line; the last version first. */
      running: Type.Array(
        strict({
          release: version,
          revision: Type.Integer(),
          installs: count,
          newest: Type.Integer(),
          supported: Type.Boolean(),
        }),
      ),
      revision,
    }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/installs': {
    operation: 'createInstall',
    summary: 'Create an install: a customer site of a line',
    permission: 'install.manage',
    body: strict({ key, name, line: Type.Optional(line), connection: Type.Optional(connection), note, reason: reasonBody }),
    response: committed,
    errors: ['ALREADY_EXISTS', 'INVALID'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/installs/:install': {
    operation: 'getInstall',
    summary: 'Show an install: what it runs, what it acknowledged, its keys, what its operator shares',
    permission: 'release.read',
    response: strict({
      install,
      row: installRow,
      /** The last one first, at most 100. */
      acknowledged: Type.Array(
        strict({
          release: Type.Optional(version),
          revision: Type.Integer(),
          digest: Type.String(),
          appliedAt: instant,
          acknowledgedAt: instant,
        }),
      ),
      keys: Type.Array(installKeyRow),
      overrides: Type.Optional(strict({ at: instant, entries: Type.Array(overrideReport) })),
      /** Of the install's document, for `If-Match`. */
      revision,
    }),
    errors: [],
  },
  'PATCH /orgs/:org/projects/:project/installs/:install': {
    operation: 'editInstall',
    summary: 'Rename an install, say how shipments come to it, or that it is no more',
    permission: 'install.manage',
    body: strict({
      name: Type.Optional(name),
      connection: Type.Optional(connection),
      note,
      retired: Type.Optional(Type.Boolean()),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['CONFLICT', 'INVALID'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/installs/:install/keys': {
    operation: 'createInstallKey',
    summary: 'Create an install key: it reads the shipments of the line and acknowledges them. The secret is shown once',
    permission: 'install.manage',
    body: strict({ name, expiresAt: Type.Optional(instant) }),
    response: strict({ id, secret: Type.String(), revision }),
    errors: [],
  },
  'DELETE /orgs/:org/projects/:project/installs/:install/keys/:key': {
    operation: 'revokeInstallKey',
    summary: 'Revoke an install key: its streams end',
    permission: 'install.manage',
    response: committed,
    errors: ['CONFLICT'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/installs/:install/carried': {
    operation: 'carryShipment',
    summary: 'Say that a signed shipment was handed to somebody who carries it to an install',
    permission: 'install.manage',
    body: strict({ release: version, revision: Type.Integer({ minimum: 1 }), reason: reasonBody }),
    response: committed,
    errors: ['INVALID'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/install-timeline': {
    operation: 'getInstallTimeline',
    summary: 'Draw who ran what: how many installs were on each shipment over time',
    permission: 'release.read',
    query: strict({ line: Type.Optional(slug), from: Type.Optional(instant), to: Type.Optional(instant) }),
    response: strict({
      /** `8.4.0 r2`; the lowest first. */
      shipments: Type.Array(strict({ release: version, revision: Type.Integer() })),
      /** At most 200, evenly spaced; counts in the order of `shipments`. */
      points: Type.Array(strict({ at: instant, installs: Type.Array(count) })),
      revision,
    }),
    errors: [],
  },
  'GET /orgs/:org/projects/:project/back-outs/:backOut/progress': {
    operation: 'getBackOutProgress',
    summary: 'Show how far a back-out has come: which installs have it, and which have not',
    permission: 'release.read',
    response: strict({
      /** Installs that run a release which carries it. */
      concerned: count,
      /** Of those, that acknowledged a shipment which carries it. */
      applied: count,
      /** Of those, that are air-gapped. */
      airGapped: count,
      /** Milliseconds from the shipment's signing to its acknowledgement; absent where nobody has. */
      p50Ms: Type.Optional(Type.Integer()),
      p99Ms: Type.Optional(Type.Integer()),
      /** How many had it, over time; at most 200 points. */
      points: Type.Array(strict({ at: instant, applied: count })),
      /** The first ten that have not, by key. */
      waiting: Type.Array(installRow),
      revision,
    }),
    errors: [],
  },
} as const satisfies Record<ContractKey, Contract>;

const lineQuery = {
  /** The release that the site runs. */
  release: version,
  /** The revision in force there; absent: none. */
  revision: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  /** The version of its key list; absent: none. */
  keys: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
};

/** What sites call, relative to the root, with an install key. Files are text: envelopes, byte for byte as they were signed. */
export const siteContracts = {
  'GET /install/v1/shipments/:line': {
    operation: 'getNewestShipment',
    summary: "Read the newest key list and the newest signed shipment of a line's release, where they are newer",
    permission: 'install-key',
    query: strict(lineQuery),
    response: strict({ keys: Type.Optional(Type.String()), shipment: Type.Optional(Type.String()) }),
    errors: ['BUSY'],
  },
  'GET /install/v1/shipments/:line/stream': {
    operation: 'streamShipments',
    summary: "Follow the key list and the shipments of a line's release by server-sent events",
    permission: 'install-key',
    query: strict(lineQuery),
    response: Type.String({ description: 'events: hello, keys, shipment, beat, goodbye' }),
    errors: ['BUSY'],
    media: 'text/event-stream',
  },
  'POST /install/v1/acks': {
    operation: 'acknowledge',
    summary: 'Say that a shipment is in force at a site',
    permission: 'install-key',
    body: acknowledgement,
    response: strict({}),
    errors: ['BUSY', 'INVALID'],
  },
} as const satisfies Record<ContractKey, Contract>;
