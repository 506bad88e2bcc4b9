import { Type, type Static } from 'typebox';
import { id, instant, slug, strict, text } from './atoms.ts';
import { limits } from './limits.ts';
import { version } from './release.ts';
import { overrideReport } from './override-report.ts';

/** How shipments come to a site: over the network, or carried there by people. */
export const connection = Type.Enum(['connected', 'air-gapped']);
export type Connection = Static<typeof connection>;

/** One customer site that runs a product line. What it says of itself stands elsewhere: it is nobody's edit. */
export const install = strict({
  key: slug,
  /** As people say it: `Globex, Berlin`. */
  name: Type.String({ minLength: 1, maxLength: limits.nameLength }),
  line: slug,
  connection,
  note: Type.Optional(text),
  createdAt: instant,
  createdBy: Type.String(),
  /** When it was said to be no more; its keys are good no more. */
  retiredAt: Type.Optional(instant),
});
export type Install = Static<typeof install>;

/** A key of an install, as people may see it: never its secret. */
export const installKey = strict({
  id,
  name: Type.String({ minLength: 1, maxLength: limits.nameLength }),
  project: slug,
  install: slug,
  createdAt: instant,
  createdBy: Type.String(),
  expiresAt: Type.Optional(instant),
  revokedAt: Type.Optional(instant),
});
export type InstallKey = Static<typeof installKey>;

/** That a signed shipment was handed to somebody who carries it to a site. */
export const carriedOut = strict({ release: version, revision: Type.Integer({ minimum: 1 }), at: instant, by: Type.String() });
export type CarriedOut = Static<typeof carriedOut>;

/** What a site says when a shipment is in force there, and nothing else unless its operator opted in. */
export const acknowledgement = strict({
  revision: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  /** Of the payload: it tells the release too. */
  digest: Type.String({ pattern: '^sha256:[0-9a-f]{64}$', description: 'sha256: and 64 hexadecimal digits' }),
  appliedAt: instant,
  /** Only where the operator shares it: the override file's entries. */
  overrides: Type.Optional(Type.Array(overrideReport, { maxItems: 1_000 })),
});
export type Acknowledgement = Static<typeof acknowledgement>;

/**
 * How an install stands: it has the newest shipment of its release; an older one; it is connected and has never acknowledged any;
 * it runs what this server never issued; or it is air-gapped, and only people know.
 */
export const installStanding = Type.Enum(['current', 'behind', 'silent', 'unknown-shipment', 'air-gapped']);
export type InstallStanding = Static<typeof installStanding>;

/** An install as the board shows it. */
export const installRow = strict({
  install: slug,
  name: Type.String(),
  line: slug,
  connection,
  standing: installStanding,
  /** Whether a stream of it is open now. */
  online: Type.Boolean(),
  /** When it was last heard of; absent: never. */
  lastSeenAt: Type.Optional(instant),
  /** What it said last that it runs. Without a release: this server never issued it. */
  runs: Type.Optional(
    strict({
      release: Type.Optional(version),
      revision: Type.Integer(),
      digest: Type.String(),
      appliedAt: instant,
      acknowledgedAt: instant,
    }),
  ),
  /** The newest signed shipment of the release that it runs. */
  newest: Type.Optional(Type.Integer()),
  /** Whether the release that it runs is supported still. */
  supported: Type.Optional(Type.Boolean()),
  /** What was last handed to somebody who carries it there. */
  carried: Type.Optional(carriedOut),
  /** Whether its operator shares what its override file says. */
  shares: Type.Boolean(),
  /** Stands in its support codes: five characters. Absent before it has a key. */
  tag: Type.Optional(Type.String()),
});
export type InstallRow = Static<typeof installRow>;
