import { Type } from 'typebox';
import { flagKey, instant, reason, revision, slug, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { limits } from '../limits.ts';
import {
  backOutDocument,
  onpremMode,
  onpremPolicy,
  release,
  releaseManifest,
  releaseWhy,
  shipmentDocument,
  shipmentRow,
  version,
  versionRange,
} from '../release.ts';
import { shipment } from '../shipment.ts';

const reasonBody = Type.Optional(reason);
const written = Type.String({ minLength: 1, maxLength: limits.reasonLength, description: 'why, for the history' });
/** Releases that were cut before may have another. */
const commit = Type.String({
  pattern: '^[0-9A-Fa-f]{7,64}$',
  description: 'a commit: 7 to 64 hexadecimal digits, as git rev-parse HEAD writes it',
});
const lastDay = Type.String({ format: 'date' });

/** What is the same of a release wherever it is shown. */
const head = {
  release: version,
  line: slug,
  commit: Type.String(),
  cutAt: instant,
  cutBy: Type.String(),
  supportedUntil: Type.Optional(lastDay),
  /** Whether its support lasts still. */
  supported: Type.Boolean(),
  environment: slug,
  /** What is wrong with its revisions, as a sentence; absent: nothing. */
  warning: Type.Optional(Type.String()),
};

/** A release as the list shows it. */
export const releaseRow = strict({
  ...head,
  /** How many flags its code reads. */
  flags: Type.Integer(),
  /** How many of its entries are for everybody what they are when on, its back-outs counted. */
  on: Type.Integer(),
  /** Of its shipment: the last one. */
  shipment: shipmentRow,
});

/** What a flag is in a release, its back-outs counted. */
const standing = strict({
  flag: flagKey,
  why: releaseWhy,
  /** `on`, `off (dark)`, `off (BO-17)`, `by rules`. */
  summary: Type.String(),
  /** The back-out that holds it off. */
  backOut: Type.Optional(Type.String()),
});

const side = strict({ flag: flagKey, summary: Type.String() });

export const releaseContracts = {
  'GET /orgs/:org/projects/:project/releases': {
    operation: 'listReleases',
    summary: 'List releases in order of their versions, the last first',
    permission: 'release.read',
    query: strict({ supported: Type.Optional(Type.Enum(['only'])) }),
    response: strict({ releases: Type.Array(releaseRow), revision }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/releases': {
    operation: 'cutRelease',
    summary: 'Cut a release: freeze what its flags are, and issue the first revision of its shipment',
    permission: 'release.cut',
    body: strict({
      version,
      commit,
      manifest: releaseManifest,
      /** The tag's date; absent: now. */
      cutAt: Type.Optional(instant),
      line: Type.Optional(release.properties.line),
      /** Where the stages of flags count; absent: the one production environment. */
      environment: Type.Optional(slug),
      supportedUntil: Type.Optional(lastDay),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['ALREADY_EXISTS', 'INVALID', 'TOO_LARGE'],
    command: true,
    bodyLimitBytes: limits.readsBodyBytes,
  },
  'GET /orgs/:org/projects/:project/release-matrix': {
    operation: 'getReleaseMatrix',
    summary: 'Show releases beside each other: the flags that are not the same in all of them',
    permission: 'release.read',
    query: strict({
      line: Type.Optional(slug),
      supported: Type.Optional(Type.Enum(['only'])),
      /** Only flags whose key has this in it. */
      search: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    response: strict({
      /** The last version first. A cell for each flag: `on`, `off (dark)`, `off (BO-17)`, `by rules`; empty where it is not read. */
      releases: Type.Array(strict({ ...releaseRow.properties, cells: Type.Array(Type.String()) })),
      /** By key. */
      flags: Type.Array(flagKey),
      /** How many flags are the same in all of them. */
      same: Type.Integer(),
      revision,
    }),
    errors: [],
  },
  'GET /orgs/:org/projects/:project/releases/:release': {
    operation: 'getRelease',
    summary: 'Show a release: what each of its flags is and why, the revisions of its shipment, its back-outs',
    permission: 'release.read',
    response: strict({
      ...head,
      /** Of the release's document, for `If-Match`. */
      revision,
      manifest: releaseManifest,
      entries: Type.Array(standing),
      removed: shipment.properties.removed,
      /** The first one first. */
      shipments: Type.Array(shipmentRow),
      /** Those that its last shipment carries. */
      backOuts: Type.Array(backOutDocument),
    }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/releases/:release/support': {
    operation: 'supportRelease',
    summary: 'Say until which day a release is supported; null: until somebody says so',
    permission: 'release.cut',
    body: strict({ supportedUntil: Type.Union([lastDay, Type.Null()]), reason: reasonBody }),
    response: committed,
    errors: ['CONFLICT'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/releases/:release/differences': {
    operation: 'compareReleases',
    summary: 'List what an install gains, loses and sees changed that comes to this release from another',
    permission: 'release.read',
    query: strict({ from: version }),
    response: strict({
      /** Read by this release alone. */
      gained: Type.Array(side),
      /** Read by the other alone. */
      lost: Type.Array(side),
      /** Read by both, and not the same. */
      changed: Type.Array(strict({ flag: flagKey, from: Type.String(), to: Type.String(), sentence: Type.String() })),
      same: Type.Integer(),
      revision,
    }),
    errors: [],
  },
  'GET /orgs/:org/projects/:project/releases/:release/shipments/:revision': {
    operation: 'getShipment',
    summary: "Show a revision of a release's shipment with its payload, the very text that is signed",
    permission: 'release.read',
    response: shipmentDocument,
    errors: [],
  },
  'GET /orgs/:org/projects/:project/flags/:flag/releases': {
    operation: 'listReleasesOfFlag',
    summary: 'List the releases whose code reads a flag, what it is in each, and its policy for the next ones',
    permission: 'release.read',
    response: strict({
      releases: Type.Array(
        strict({ release: version, supported: Type.Boolean(), supportedUntil: Type.Optional(lastDay), ...standing.properties }),
      ),
      policy: Type.Optional(onpremPolicy),
      revision,
    }),
    errors: [],
  },
  'PUT /orgs/:org/projects/:project/flags/:flag/onprem': {
    operation: 'setOnprem',
    summary: 'Let a flag that is not ga be more than dark in releases cut from now on',
    permission: 'release.cut',
    body: strict({ mode: onpremMode, releases: Type.Optional(versionRange), reason: written }),
    response: committed,
    errors: ['CONFLICT', 'FLAG_ARCHIVED', 'INVALID'],
    command: true,
  },
  'DELETE /orgs/:org/projects/:project/flags/:flag/onprem': {
    operation: 'clearOnprem',
    summary: 'Have a flag dark in releases cut from now on until it is ga',
    permission: 'release.cut',
    response: committed,
    errors: ['CONFLICT'],
    command: true,
  },
} as const satisfies Record<ContractKey, Contract>;
