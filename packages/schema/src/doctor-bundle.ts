import { Type, type Static } from 'typebox';
import { flagKey, instant, strict } from './atoms.ts';
import { flagType } from './documents.ts';
import { overrideReport } from './override-report.ts';
import { json } from './rules.ts';
import { severity } from './shipment.ts';

const text = Type.String();
const count = Type.Integer({ minimum: 0 });
const supportCode = Type.String({ pattern: '^TR1-', description: 'a support code' });

/** How good it is: as it should be; worth knowing; or wrong, and somebody must do something. */
export const checkLevel = Type.Enum(['good', 'mind', 'wrong']);
export type CheckLevel = Static<typeof checkLevel>;

/** One thing that `taffrail doctor` looked at. */
export const doctorCheck = strict({
  /** What it is about: `trust`, `keys`, `shipment`. */
  about: text,
  level: checkLevel,
  /** A sentence that says how it is and, where it is not good, what to do. */
  message: text,
});
export type DoctorCheck = Static<typeof doctorCheck>;

/** Where a site's flags come from, the layer that stands above all others first. */
export const siteLayerName = Type.Enum(['off', 'override', 'back-out', 'shipment', 'code-default']);
export type SiteLayerName = Static<typeof siteLayerName>;

/**
 * How a layer stands, for one context at one moment: it decides; a layer above it does; or it is inert: for another org, over, of
 * another type, without the acknowledgement that it needs, or of a flag that sites may not override.
 */
export const layerStanding = Type.Enum([
  'wins',
  'beaten',
  'beaten-by-off',
  'beaten-by-kill',
  'not-for-this-org',
  'expired',
  'wrong-type',
  'needs-acknowledgement',
  'not-overridable',
  'not-shipped',
]);
export type LayerStanding = Static<typeof layerStanding>;

/** What one layer says of a flag. */
export const layerSaid = strict({
  layer: siteLayerName,
  /** Where it says so: `TAFFRAIL_OFF`, `/etc/acme/flags.yaml:4`, `BO-17`, `dark`. */
  source: text,
  standing: layerStanding,
  /** What it serves, or would; absent: the code default. */
  value: Type.Optional(json),
  /** Of an override: the back-outs that it must acknowledge and does not. */
  needs: Type.Optional(Type.Array(Type.String())),
});
export type LayerSaid = Static<typeof layerSaid>;

/** What a flag serves to one org, or to nobody in particular, and why. */
const answer = strict({
  /** Absent: a context without an org. */
  org: Type.Optional(text),
  /** Absent: the code default. */
  value: Type.Optional(json),
  variant: Type.Optional(text),
  reason: text,
  layer: siteLayerName,
  layers: Type.Array(layerSaid),
  /** What it would be without override file and `TAFFRAIL_OFF`; absent: the code default. */
  bySite: Type.Optional(json),
  code: supportCode,
});

/** A flag of the shipment, or one that only the site names. */
const bundledFlag = strict({
  flag: flagKey,
  /** Absent: the shipment has not the flag. */
  type: Type.Optional(flagType),
  /** Why the release has it so: `ga`, `dark`, `opt-in`. */
  policy: Type.Optional(text),
  owner: Type.Optional(text),
  overridable: Type.Optional(Type.Boolean()),
  /** Without an org first, then by org. */
  answers: Type.Array(answer),
});

/** As long as it is in the file: a site that shares its entries with its vendor cuts them. */
const bundledOverride = strict({
  ...overrideReport.properties,
  orgs: Type.Optional(Type.Array(text)),
  expires: Type.Optional(text),
  acknowledges: Type.Optional(Type.Array(text)),
  reason: Type.Optional(text),
  ticket: Type.Optional(text),
  setBy: Type.Optional(text),
  setOn: Type.Optional(text),
});

const shipmentName = strict({
  release: text,
  revision: count,
  digest: text,
  issuedAt: instant,
  verifiedBy: Type.Array(Type.String()),
});

/**
 * All that a site tells its vendor's support, as one file that people send: `taffrail doctor --bundle`. It holds no key, no token and
 * no variable's value. Lists are in a fixed order, so that two bundles of one state differ in nothing but `madeAt`.
 */
export const doctorBundle = Type.Object({
  /** The version of this format. */
  bundle: Type.Integer({ minimum: 1 }),
  madeAt: instant,
  /** What people noted in the override file, and paths, are left out. */
  redacted: Type.Boolean(),
  versions: strict({ taffrail: text, node: text, platform: text }),
  checks: Type.Array(doctorCheck),
  site: strict({
    product: Type.Optional(text),
    line: Type.Optional(text),
    release: Type.Optional(text),
    /** By name: `site`, `package`, `override`. */
    paths: Type.Optional(Type.Record(Type.String(), text)),
    roots: Type.Array(strict({ keyid: text, fingerprint: text })),
    keys: Type.Optional(
      strict({
        version: count,
        issuedAt: instant,
        signing: Type.Array(text),
        rotatedOut: Type.Array(text),
        revoked: Type.Array(text),
      }),
    ),
    shipment: Type.Optional(shipmentName),
    /** What the product's package brings. */
    packaged: Type.Optional(shipmentName),
    /** The highest revision that was ever in force here. */
    highest: Type.Optional(count),
    backOuts: Type.Array(
      strict({
        id: text,
        flags: Type.Array(flagKey),
        severity,
        reason: text,
        since: count,
        link: Type.Optional(text),
      }),
    ),
    /** Absent: air-gapped, or never connected. */
    lastContactAt: Type.Optional(instant),
    /** Of the install's key. */
    installTag: Type.Optional(Type.String()),
  }),
  overrides: Type.Array(bundledOverride),
  /** The flags that `TAFFRAIL_OFF` names. */
  off: Type.Array(text),
  /** By key. */
  flags: Type.Array(bundledFlag),
});
export type DoctorBundle = Static<typeof doctorBundle>;
