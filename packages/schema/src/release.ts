import { Type, type Static } from 'typebox';
import { flagKey, instant, slug, strict, text } from './atoms.ts';
import { flagType } from './documents.ts';
import { limits } from './limits.ts';
import { json } from './rules.ts';
import { severity } from './shipment.ts';

/** One to four numbers and perhaps a pre-release: semantic and calendar versions alike. Builds (`+7`) are no releases of their own. */
export const versionPattern = '^\\d{1,15}(\\.\\d{1,15}){0,3}(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$';

/**
 * The version of a release. Versions are ordered by their numbers, those not written being 0; then a pre-release comes before its
 * release, as Semantic Versioning 2.0.0 has it. Leading zeros do not count, so that `24.04` comes before `24.10`.
 */
export const version = Type.String({ pattern: versionPattern, maxLength: 64, description: 'such as 8.4.0, 8.5.0-rc.1 or 24.04' });

/** Comparators joined by spaces, all of which must hold, and such groups joined by `||`: `>=8.4 <8.6 || =9.0.1`. */
export const versionRange = Type.String({
  minLength: 1,
  maxLength: 200,
  description: "a range of versions, such as '>=8.4 <8.6'",
});

const day = Type.String({ format: 'date' });

/** The flags that the code of a release reads: what `taffrail audit --manifest` writes, its places counted. */
export const releaseManifest = Type.Array(
  strict({
    key: flagKey,
    /** Absent where the code does not tell. */
    type: Type.Optional(flagType),
    /** The code defaults, as far as the code tells; one, if its places agree. */
    defaults: Type.Array(json, { maxItems: 100 }),
    /** In how many places it is read. */
    places: Type.Integer({ minimum: 0 }),
  }),
  { maxItems: limits.flagsPerProject },
);
export type ReleaseManifest = Static<typeof releaseManifest>;

/** What lets a flag be more than dark in releases without being `ga`. */
export const onpremMode = Type.Enum(['on', 'opt-in', 'rules']);
export type OnpremMode = Static<typeof onpremMode>;

/**
 * What a flag is in releases cut from now on: `on` for everybody, `opt-in` for sites that ask for it in their override file, or
 * `rules`: as its rules say. Without this document a flag that is not `ga` is dark.
 */
export const onpremPolicy = strict({
  /** The flag's. */
  key: flagKey,
  mode: onpremMode,
  /** In these releases alone; absent: in all. */
  releases: Type.Optional(versionRange),
  since: instant,
  by: Type.String(),
});
export type OnpremPolicy = Static<typeof onpremPolicy>;

/** Why a flag is in a release what it is there. */
export const releaseWhy = Type.Enum(['ga', 'dark', 'onprem:on', 'onprem:opt-in', 'onprem:rules']);
export type ReleaseWhy = Static<typeof releaseWhy>;

/** Why a flag is in a release what it is. Its line stands in the shipment. */
export const releaseEntry = strict({ key: flagKey, why: releaseWhy });
export type ReleaseEntry = Static<typeof releaseEntry>;

/** A version of the product that leaves the building. All of it but `supportedUntil` is frozen when it is cut. */
export const release = strict({
  /** Its version. */
  key: version,
  /** The series of releases that it belongs to: `main`, unless somebody says otherwise. */
  line: slug,
  commit: Type.String({ minLength: 1, maxLength: 128 }),
  cutAt: instant,
  cutBy: Type.String(),
  /** The last day of its support, to its end in UTC; absent: until somebody says so. */
  supportedUntil: Type.Optional(day),
  /** Where the flags' stages were looked at. */
  environment: slug,
  manifest: releaseManifest,
  /** The manifest's flags and all that those ask, in order of their keys. */
  entries: Type.Array(releaseEntry),
});
export type Release = Static<typeof release>;

/** One revision of a release's shipment. It holds what is signed, never a signature: who signs is not the server. */
export const shipmentRow = strict({
  release: version,
  revision: Type.Integer({ minimum: 1 }),
  issuedAt: instant,
  /** Why there is this revision. */
  reason: text,
  /** SHA-256 of the payload's bytes, as `sha256:` and 64 hexadecimal digits. */
  digest: Type.String(),
  /** How many bytes the payload has. */
  bytes: Type.Integer(),
  /** The back-outs that it carries. */
  backOuts: Type.Array(Type.String()),
  /** The keys that signed it, and when that came here; absent: nobody has, and no site gets it. */
  signed: Type.Optional(strict({ by: Type.Array(Type.String()), at: instant })),
});
export type ShipmentRow = Static<typeof shipmentRow>;

/** A shipment with its payload, the text that is signed: UTF-8 of exactly this. */
export const shipmentDocument = strict({ ...shipmentRow.properties, payload: Type.String() });
export type ShipmentDocument = Static<typeof shipmentDocument>;

/** `BO-17`: counted in a project from 1. */
export const backOutKey = Type.String({ pattern: '^BO-[1-9]\\d{0,8}$', description: 'such as BO-17' });

/** The recorded decision that flags are forced off in a range of releases. Releases cut later carry it too. */
export const backOutDocument = strict({
  key: backOutKey,
  flags: Type.Array(flagKey, { minItems: 1, maxItems: limits.flagsPerFeature, uniqueItems: true }),
  /** The feature that it was said of. */
  feature: Type.Optional(flagKey),
  releases: versionRange,
  severity,
  reason: Type.String({ minLength: 1, maxLength: limits.reasonLength }),
  link: Type.Optional(Type.String({ format: 'uri', pattern: '^https?://', maxLength: 1_000 })),
  since: instant,
  by: Type.String(),
  /** Releases in which it is fixed need it no more. */
  resolved: Type.Optional(
    strict({
      /** Each a version, and all after it, or a range. */
      fixedIn: Type.Array(versionRange, { minItems: 1, maxItems: 50 }),
      at: instant,
      by: Type.String(),
    }),
  ),
});
export type BackOutDocument = Static<typeof backOutDocument>;
