import { platform } from 'node:os';
import type { CheckLevel, DoctorCheck } from '@taffrail/schema/doctor-bundle';
import type { SiteProblem } from '@taffrail/shipment/site-store';
import type { DoctorFacts, Place } from './doctor-facts.ts';
import { problemLine } from './override-files.ts';
import { contactWords } from './why-onprem-words.ts';
import { siteSaid } from './why-onprem.ts';

const DAY_MS = 86_400_000;
/** A connected site hears of its vendor many times an hour. */
const SILENT_MS = DAY_MS;
/** The product of a shipment is seldom older; a clock is often wrong by more. */
const OLD_MS = 3 * 365 * DAY_MS;

type Said = readonly [level: CheckLevel, message: string];
type Look = (facts: DoctorFacts) => readonly Said[];

/** What is looked at, in the order in which one thing depends on another. */
const looks: Readonly<Record<string, Look>> = {
  versions: ({ versions: { taffrail, node, platform: on } }) => [['good', `taffrail ${taffrail}, Node ${node}, ${on}`]],
  trust: (facts) => [...wrong(facts, 'trust'), ...trustWords(facts)],
  release: (facts) => [...wrong(facts, 'release'), ...releaseWords(facts)],
  keys: (facts) => [...wrong(facts, 'keys'), ...keysWords(facts)],
  shipment: (facts) => [...wrong(facts, 'shipment'), ...shipmentWords(facts)],
  package: (facts) => [...wrong(facts, 'package'), ...packageWords(facts)],
  ratchet: ratchetWords,
  folders: folderWords,
  overrides: overrideWords,
  entries: entryWords,
  'back-outs': ({ view }) =>
    (view?.backOuts ?? []).map(({ id, severity, flags, since, reason }) => [
      'good',
      `${id}, ${severity}, since r${since}, turns off ${flags.join(', ')}: "${reason}"`,
    ]),
  'opt-in': optInWords,
  off: ({ here: { off } }) => (off.length === 0 ? [] : [['good', `TAFFRAIL_OFF turns off ${off.join(', ')}`]]),
  vendor: vendorWords,
  clock: clockWords,
};

/** Everything that was looked at, and how it is. */
export const checksOf = (facts: DoctorFacts): DoctorCheck[] =>
  Object.entries(looks).flatMap(([about, look]) => look(facts).map(([level, message]) => ({ about, level, message })));

const wrong = ({ here }: DoctorFacts, about: SiteProblem['about']): Said[] =>
  here.found.problems.filter((problem) => problem.about === about).map(({ message }): Said => ['wrong', message]);

const day = (instant: string): string => instant.slice(0, 10);

function trustWords({ here: { found }, fingerprints }: DoctorFacts): Said[] {
  if (!found.trust) return [];
  const { product, line, roots } = found.trust;
  const named = roots.map(({ keyid }) => `${keyid} (by phone: ${fingerprints[keyid]})`);
  return [['good', `${product}, line ${line}, as signed by ${named.join(', ')}`]];
}

function releaseWords({ here: { found } }: DoctorFacts): Said[] {
  const { release, releases } = found;
  if (release === undefined) return [];
  const others = releases.filter((one) => one !== release);
  return [['good', `${release}${others.length === 0 ? '' : `; the site also has shipments of ${others.join(', ')}`}`]];
}

function keysWords({ here: { found } }: DoctorFacts): Said[] {
  if (!found.keys) return [];
  const { version, issuedAt, keys } = found.keys.list;
  const standing = keys.map(({ keyid, validUntil, revokedAt }) => {
    if (revokedAt !== undefined) return `${keyid} was revoked`;
    return validUntil === undefined ? `${keyid} signs` : `${keyid} was rotated out`;
  });
  return [['good', `key list ${version} of ${day(issuedAt)}: ${standing.join(', ')}`]];
}

function shipmentWords({ here: { found } }: DoctorFacts): Said[] {
  if (!found.shipment) return [];
  const { shipment, digest, keyids } = found.shipment;
  const name = `${shipment.release} r${shipment.revision} of ${day(shipment.issuedAt)}`;
  return [['good', `${name}, verified ${keyids.join(', ')}, ${digest}`]];
}

function packageWords({ here: { found } }: DoctorFacts): Said[] {
  if (!found.packaged) return [];
  const { release, revision } = found.packaged.shipment;
  const name = `it brings ${release} r${revision}`;
  const inForce = found.shipment?.shipment.revision ?? 0;
  if (revision > (found.highest ?? 0)) return [['good', `${name}, which a product takes when it starts`]];
  return [['good', inForce > revision ? `${name}; the site has taken r${inForce} since` : name]];
}

function ratchetWords({ here: { found, looked } }: DoctorFacts): Said[] {
  // What is wrong with these has been said.
  if (found.problems.some(({ about }) => about !== 'package')) return [];
  if (looked.site === undefined) return [['mind', 'no site folder is named: --site FOLDER, or TAFFRAIL_SITE']];
  const { highest, shipment } = found;
  if (highest === undefined)
    return [['mind', 'the site has taken nothing yet: a product takes what its package brings when it starts']];
  const revision = shipment?.shipment.revision ?? 0;
  const witness = looked.witness === undefined ? '; no witness on another volume is named' : '';
  return revision < highest ? [] : [['good', `r${highest} is the highest that was in force here${witness}`]];
}

const WRITABLE_BY_ALL = 0o002;
/** There the mode says nothing of other users. */
const HAS_MODES = platform() !== 'win32';

function folderWords({ places }: DoctorFacts): Said[] {
  const site = places.find(({ name }) => name === 'site');
  const missing = places.filter(({ name, mode }) => (name === 'site' || name === 'package') && mode === undefined);
  const said = [
    ...missing.map(({ name, path }): Said => [name === 'site' ? 'mind' : 'wrong', missingWords(name, path)]),
    ...(HAS_MODES ? places.flatMap((place) => modeWords(place, site)) : []),
  ];
  return said.length === 0 ? [['good', 'nobody else may write what the product trusts']] : said;
}

const missingWords = (name: Place['name'], path: string): string =>
  name === 'site'
    ? `there is no ${path} yet: a product makes it when it starts, if it may`
    : `there is no ${path}: name the folder that came with the product`;

function modeWords({ path, mode, uid, name }: Place, site: Place | undefined): Said[] {
  if (mode === undefined) return [];
  if ((mode & WRITABLE_BY_ALL) !== 0) return [['wrong', `everybody on this machine may write ${path}: run chmod o-w ${path}`]];
  if (name !== 'kept' || site === undefined || uid === site.uid) return [];
  const owners = `${path} belongs to user ${uid}, and ${site.path} to user ${site.uid}`;
  return [['mind', `${owners}: the product may not be able to take newer files; run chown -R ${site.uid} ${site.path}`]];
}

function overrideWords({ here: { file, entries, refused } }: DoctorFacts): Said[] {
  if (file === undefined) return [['good', 'no override file is named']];
  if (refused.length > 0) {
    const kept = `${file} would be refused as a whole, and a product that runs keeps what the last good one said: put this right`;
    return [['wrong', kept], ...refused.map((problem): Said => ['wrong', problemLine(problem)])];
  }
  const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
  return [['good', entries.length === 0 ? `${file} says nothing, or is not there` : `${file} has ${count}`]];
}

function entryWords({ remarks }: DoctorFacts): Said[] {
  return remarks.map((remark) => [remark.severity === 'error' ? 'wrong' : 'mind', problemLine(remark)]);
}

function optInWords({ view, here: { entries } }: DoctorFacts): Said[] {
  const keys = [...(view?.asCut.keys() ?? [])].filter((key) => view?.asCut.flag(key)?.metadata?.['source'] === 'opt-in');
  const free = keys.filter((key) => entries.every(({ flag }) => flag !== key));
  return free.length === 0 ? [] : [['good', `this site may turn on ${free.join(', ')} by its override file`]];
}

function vendorWords({ here, nowMs }: DoctorFacts): Said[] {
  const { lastContactAt } = siteSaid(here);
  const said = contactWords(siteSaid(here), nowMs);
  const isSilent = lastContactAt !== undefined && nowMs - Date.parse(lastContactAt) > SILENT_MS;
  return [
    isSilent ? ['mind', `${said}: the site goes on with what it has; see whether the network lets it out`] : ['good', said],
  ];
}

function clockWords({ here: { found }, nowMs }: DoctorFacts): Said[] {
  const issuedAt = found.shipment?.shipment.issuedAt;
  if (issuedAt === undefined) return [];
  const sinceMs = nowMs - Date.parse(issuedAt);
  const now = day(new Date(nowMs).toISOString());
  if (sinceMs < -DAY_MS)
    return [['mind', `it is ${now} here, and the shipment is of ${day(issuedAt)}: set the clock, for overrides end by it`]];
  if (sinceMs > OLD_MS)
    return [['mind', `it is ${now} here, long after the shipment of ${day(issuedAt)}: look whether the clock is right`]];
  return [['good', `it is ${now} here, and the shipment is of ${day(issuedAt)}`]];
}
