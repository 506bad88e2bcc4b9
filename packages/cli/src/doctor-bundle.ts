import type { DoctorBundle, DoctorCheck, LayerSaid as BundledLayer } from '@taffrail/schema/doctor-bundle';
import type { Entry } from '@taffrail/shipment';
import { entryTag } from '@taffrail/shipment/browser';
import type { LayerSaid, SiteExplanation, SiteView } from '@taffrail/shipment/explain';
import type { VerifiedShipment } from '@taffrail/shipment/signed';
import type { SiteInspection } from '@taffrail/shipment/site-store';
import type { DoctorFacts } from './doctor-facts.ts';
import { present } from './present.ts';

type Explain = (typeof import('@taffrail/shipment/explain'))['explainSite'];

/** One document of all that was found, in a fixed order. Nothing of it is a secret; redacted, nothing names a path or a person. */
export async function doctorBundle(facts: DoctorFacts, checks: readonly DoctorCheck[], redacted: boolean): Promise<DoctorBundle> {
  const { explainSite } = await import('@taffrail/shipment/explain');
  const { here, view, nowMs, versions } = facts;
  const bundle: DoctorBundle = {
    bundle: 1,
    madeAt: new Date(nowMs).toISOString(),
    redacted,
    versions,
    checks: [...checks],
    site: siteOf(facts, redacted),
    overrides: here.entries.map((entry) => reportOf(entry, redacted)),
    off: [...here.off].sort(),
    flags: view ? flagsOf(view, nowMs, explainSite) : [],
  };
  return redacted ? withoutPaths(bundle, facts) : bundle;
}

function siteOf({ here, fingerprints }: DoctorFacts, redacted: boolean): DoctorBundle['site'] {
  const { looked, file, found } = here;
  const { trust, release, shipment, packaged, highest, contact } = found;
  const roots = trust?.roots ?? [];
  const { site, package: folder, witness } = looked;
  const paths = present({ site, package: folder, witness, override: file });
  return {
    ...present({ product: trust?.product, line: trust?.line, release, highest }),
    ...(!redacted && { paths }),
    roots: roots.map(({ keyid }) => ({ keyid, fingerprint: fingerprints[keyid] ?? '' })),
    ...present({ keys: keysOf(found), shipment: shipmentOf(shipment), packaged: shipmentOf(packaged) }),
    backOuts: shipment?.shipment.backOuts ?? [],
    ...present({ lastContactAt: contact?.lastContactAt, installTag: contact?.install }),
  };
}

function keysOf({ keys: verified }: SiteInspection): DoctorBundle['site']['keys'] {
  if (!verified) return undefined;
  const { version, issuedAt, keys } = verified.list;
  const named = (isSo: (key: (typeof keys)[number]) => boolean): string[] => keys.filter(isSo).map(({ keyid }) => keyid);
  return {
    version,
    issuedAt,
    signing: named(({ validUntil, revokedAt }) => validUntil === undefined && revokedAt === undefined),
    rotatedOut: named(({ validUntil, revokedAt }) => validUntil !== undefined && revokedAt === undefined),
    revoked: named(({ revokedAt }) => revokedAt !== undefined),
  };
}

function shipmentOf(verified: VerifiedShipment | undefined): DoctorBundle['site']['shipment'] {
  if (!verified) return undefined;
  const { release, revision, issuedAt } = verified.shipment;
  return { release, revision, digest: verified.digest, issuedAt, verifiedBy: [...verified.keyids] };
}

/** What people noted is theirs to withhold; the tag stands for the entry all the same. */
function reportOf(entry: Entry, redacted: boolean): DoctorBundle['overrides'][number] {
  const { flag, value, orgs, expires, acknowledges, line, reason, ticket, setBy, setOn } = entry;
  const effect = { flag, value, ...present({ orgs, expires }), acknowledges, line, hash: entryTag(entry) };
  const notes = redacted ? {} : present({ reason, ticket, setBy, setOn });
  return { ...effect, ...notes } as DoctorBundle['overrides'][number];
}

/** Every flag that the shipment has or the site names, without an org and for each org that the site names. */
function flagsOf(view: SiteView, nowMs: number, explain: Explain): DoctorBundle['flags'] {
  const { entries, off, shipped } = view;
  const keys = new Set([...shipped.keys(), ...entries.map(({ flag }) => flag), ...off]);
  const orgs = [...new Set(entries.flatMap((entry) => entry.orgs ?? []))].sort();
  return [...keys].sort().map((flag) => ({
    flag,
    ...factsOf(view, flag),
    answers: [undefined, ...orgs].map((org) =>
      answerOf(explain(view, { flag, context: org === undefined ? {} : { org }, nowMs }), org),
    ),
  }));
}

function factsOf(
  { asCut }: SiteView,
  key: string,
): Pick<DoctorBundle['flags'][number], 'type' | 'policy' | 'owner' | 'overridable'> {
  const flag = asCut.flag(key);
  if (!flag) return {};
  const { why, source, owner, overridable } = flag.metadata ?? {};
  const said = { policy: why ?? source, owner };
  const texts = Object.entries(said).flatMap(([name, text]) => (text === undefined ? [] : [[name, String(text)]]));
  return { type: flag.type, ...(Object.fromEntries(texts) as object), overridable: overridable !== false };
}

function answerOf(told: SiteExplanation, org: string | undefined): DoctorBundle['flags'][number]['answers'][number] {
  const { resolution, layer, layers, wouldBe, code } = told;
  const { value, variant, reason } = resolution;
  const said = present({ org, value, variant, bySite: wouldBe.shipped });
  return { ...said, reason, layer, layers: layers.map(layerOf), code };
}

const layerOf = ({ layer, source, standing, value, needs }: LayerSaid): BundledLayer =>
  ({ layer, source, standing, ...present({ value, needs }) }) as BundledLayer;

/** Every path that anything names becomes the name of what is there. */
function withoutPaths<T>(bundle: T, { here: { looked, file } }: DoctorFacts): T {
  const { site, package: folder, witness } = looked;
  const named = Object.entries(present({ SITE: site, PACKAGE: folder, WITNESS: witness, OVERRIDE_FILE: file }));
  const longestFirst = named.sort(([, one], [, other]) => other.length - one.length);
  const hide = (text: string): string => longestFirst.reduce((rest, [name, path]) => rest.replaceAll(path, name), text);
  return deeply(bundle, hide) as T;
}

function deeply(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => deeply(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, deeply(member, change)]));
}
