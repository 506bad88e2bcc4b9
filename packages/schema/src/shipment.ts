import { Type, type Static } from 'typebox';
import { flagKey, instant, record, slug, strict, text } from './atoms.ts';
import { limits } from './limits.ts';

/** Semver or CalVer, as the product writes it: `8.4.0`, `26.8.0-rc.1`. It stands in names of files. */
const releaseVersion = Type.String({
  pattern: '^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$',
  description: 'a version: letters, digits and . + -, at most 64',
});
const sha256 = Type.String({ pattern: '^sha256:[0-9a-f]{64}$', description: 'sha256: and 64 hexadecimal digits' });
const backOutId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' });

/** An advisory back-out changes what the shipment says; a required one also stands against overrides that do not acknowledge it. */
export const severity = Type.Enum(['advisory', 'required']);

/** A feature that is forced off in a release that has left. */
const backOut = Type.Object({
  /** `BO-17`. */
  id: backOutId,
  flags: Type.Array(flagKey, { minItems: 1, maxItems: limits.flagsPerProject, uniqueItems: true }),
  severity,
  reason: text,
  /** The revision of this release that brought it. */
  since: Type.Integer({ minimum: 1 }),
  link: Type.Optional(Type.String({ maxLength: 1_000 })),
});
export type BackOut = Static<typeof backOut>;

/** What became of a flag that the release no longer reads. */
const removal = Type.Object({
  /** The release that reads it no more. */
  in: releaseVersion,
  /** In words: `always on`. */
  now: Type.String({ maxLength: 200 }),
});

/**
 * What a shipment file carries, once its signatures are verified. A reader ignores what it does not know, unless `needs` names it.
 * The same release and the same decisions give the same bytes.
 */
export const shipment = Type.Object({
  product: slug,
  /** The series of releases that it belongs to: a product may have several at once, such as `lts` and `main`. */
  line: slug,
  release: releaseVersion,
  /** From 1, and higher with each back-out or restore. Bounded, so that nobody numbers it out of reach. */
  revision: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  /** The digest of the payload of the revision before; absent in the first. */
  prev: Type.Optional(sha256),
  issuedAt: instant,
  /** What a reader must understand, or refuse the whole. */
  needs: Type.Array(Type.String({ maxLength: 128 }), { maxItems: 100 }),
  backOuts: Type.Array(backOut, { maxItems: 1_000 }),
  removed: record(flagKey, removal),
  /** The lines of a snapshot, as they were before any back-out. */
  snapshot: Type.String(),
});
export type Shipment = Static<typeof shipment>;

/** `vendor-2026`. */
const keyid = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', description: 'letters, digits and . _ -, at most 64' });
/** The 32 bytes of an Ed25519 key, in base64. */
const publicKey = Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$', description: 'the 32 bytes of an Ed25519 key, in base64' });

/** The keys that a vendor signs shipments with, as its offline root signs them. */
export const keyList = Type.Object({
  product: slug,
  /** +1 with each change: a site never goes back. */
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  issuedAt: instant,
  keys: Type.Array(
    Type.Object({
      keyid,
      publicKey,
      /** For people: since when it signs. A release is dated by its tag, which may be older than the key. */
      validFrom: instant,
      /** Rotated out: it signs nothing that is issued from then on. */
      validUntil: Type.Optional(instant),
      /** It signs nothing that a site takes, whatever date that bears: whoever has the key can write any. */
      revokedAt: Type.Optional(instant),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});
export type KeyList = Static<typeof keyList>;

/** What a product's package tells a site to trust: it comes with the code, and is as good as the code. */
export const trust = strict({
  product: slug,
  line: slug,
  roots: Type.Array(strict({ keyid, publicKey }), { minItems: 1, maxItems: 10 }),
});
export type Trust = Static<typeof trust>;
