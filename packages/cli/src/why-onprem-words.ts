import type { Json } from '@taffrail/engine';
import type { LayerSaid } from '@taffrail/shipment/explain';
import { noteWords, standingWords } from './override-words.ts';
import type { Paint } from './row.ts';
import { table, tableOf } from './table.ts';
import { minute } from './values.ts';
import type { everyFlagHere, SiteSaid, WhyHere } from './why-onprem.ts';
import { stepWords, valueWords, whom } from './why-words.ts';

type Fact = readonly [name: string, fact: string];

/** Why a site serves what it serves of a flag: every layer, what would be, whom to ask, and the code for the vendor's support. */
export function whyHereText(shown: WhyHere, nowMs: number, paint: Paint): string {
  const { flag, context, site, code } = shown;
  const title = `${paint.bold(flag)} = ${paint.bold(titleWords(shown))} ${forWhom(context)}`;
  const facts: Fact[] = [
    ...decidedBy(shown, paint),
    ...because(shown),
    ...(shown.known === 'shipped' ? [['would be', wouldBeWords(shown)] as Fact] : []),
    ['reason', reasonWords(shown)],
    ...ownerFacts(shown),
    ...shown.skips.map((key): Fact => ['mind', `overridden, it does not ask for what it needs: ${key}`]),
    ...unknownFacts(shown),
    ...site.problems.map((problem): Fact => ['not right', problem]),
    ['vendor', contactWords(site, nowMs)],
    ['support code', `${code}  ${paint.dim("(for the vendor's support page)")}`],
  ];
  return [`${title}  ${paint.dim(shipmentWords(site))}`, table(facts.map(([name, fact]) => [`  ${name}`, fact]))].join('\n');
}

const titleWords = ({ resolution, codeDefaults }: WhyHere): string =>
  resolution.variant === undefined ? codeDefaultWords(codeDefaults) : valueWords(resolution);

/** `the code default (OFF)`, where the package tells what that is. */
const codeDefaultWords = (defaults: WhyHere['codeDefaults']): string =>
  defaults ? `the code default (${defaults.map((value) => valueOf({ value })).join(' or ')})` : 'the code default';

const forWhom = (context: WhyHere['context']): string =>
  Object.keys(context).length === 0 ? 'for everybody' : `for ${whom(context)}`;

/** `release 8.4.0  shipment r2 (BO-17, 2026-12-18)  verified vendor-2026`. */
function shipmentWords({ release, shipment }: SiteSaid): string {
  if (!shipment) return `release ${release}  no shipment`;
  const { revision, backOuts, issuedAt, keyids } = shipment;
  const facts = [...backOuts, issuedAt.slice(0, 10)].join(', ');
  return `release ${release}  shipment r${revision} (${facts})  verified ${keyids.join(', ')}`;
}

function decidedBy({ layers, site }: WhyHere, paint: Paint): Fact[] {
  const told = layers.filter(({ layer, standing }) => layer !== 'code-default' || standing === 'wins');
  return told.map((said, index) => [
    index === 0 ? 'decided by' : '',
    layerWords(said, site) + (said.standing === 'wins' ? paint.green('  <- wins') : ''),
  ]);
}

const layers: Readonly<Record<LayerSaid['layer'], (said: LayerSaid, site: SiteSaid) => string>> = {
  off: ({ standing }) => `TAFFRAIL_OFF turns the flag off${standing === 'not-shipped' ? ', which this release has not' : ''}`,
  override: (said) => `override ${said.source}: ${valueOf(said)}${inertWords(said)}${said.entry ? noteWords(said.entry) : ''}`,
  'back-out': ({ source, backOut }, site) =>
    `shipment ${revisionWords(site)}: back-out ${source} ${backOut?.severity}, since r${backOut?.since}: "${backOut?.reason}"`,
  shipment: (said, site) => `shipment ${revisionWords(site)}: ${valueOf(said)} (${said.source})`,
  'code-default': (_, { shipment }) =>
    `the code default: ${shipment ? 'the shipment has not the flag' : 'no shipment is in force here'}`,
};
const layerWords = (said: LayerSaid, site: SiteSaid): string => layers[said.layer](said, site);

const revisionWords = ({ shipment }: SiteSaid): string => `r${shipment?.revision}`;

function inertWords({ standing, entry, needs }: LayerSaid): string {
  if (standing === 'wins' || !entry) return '';
  if (standing === 'not-shipped' || standing === 'beaten') return ', which this release has not';
  return `, ${standingWords[standing](entry, needs)}`;
}

/** A value as people say it. */
const valueOf = ({ value }: { readonly value?: Json | undefined }): string => {
  if (value === undefined) return 'the code default';
  return typeof value === 'boolean' ? (value ? 'ON' : 'OFF') : JSON.stringify(value);
};

/** The way of the evaluation, where the flag's own rules or what it needs had a say. */
function because({ layer, trail, resolution, context }: WhyHere): Fact[] {
  if (layer !== 'shipment') return [];
  const steps = trail.filter(({ step }) => ['rule', 'pin', 'prerequisite', 'needs'].includes(step));
  return steps.map((step, index) => [index === 0 ? 'because' : '', stepWords(step, { resolution, context })]);
}

function wouldBeWords({ layer, layers: said, wouldBe, site, codeDefaults }: WhyHere): string {
  const revision = revisionWords(site);
  const bySite =
    layer === 'override' || layer === 'off' ? [`${valueOf({ value: wouldBe.shipped })} by shipment ${revision}`] : [];
  const isHeld = said.some((one) => one.layer === 'back-out');
  const asCut = isHeld ? [`${valueOf({ value: wouldBe.asCut })} as ${site.release} was cut, without back-outs`] : [];
  return [...bySite, ...asCut, `without a shipment ${codeDefaultWords(codeDefaults)}`].join('; ');
}

function reasonWords({ resolution: { reason, errorCode, flagMetadata } }: WhyHere): string {
  return [reason, errorCode, flagMetadata['override']].filter((word) => word !== undefined).join(' ');
}

function ownerFacts({ owner, link, layers: said, isOverridable }: WhyHere): Fact[] {
  const links = [link, ...said.map(({ backOut }) => backOut?.link)].filter((one) => one !== undefined);
  return [
    ...(owner === undefined ? [] : [['owner', owner] as Fact]),
    ...(links.length === 0 ? [] : [['docs', [...new Set(links)].join('  ')] as Fact]),
    ...(isOverridable ? [] : [['mind', 'the release says that no site changes this flag'] as Fact]),
  ];
}

function unknownFacts({ known, removed, flag, nearest, site }: WhyHere): Fact[] {
  if (removed) return [['but', `${flag} was removed in ${removed.in}: ${removed.now}`]];
  if (known === 'shipped' || !site.shipment) return [];
  return [['but', `there is no flag ${flag} in ${site.release}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`]];
}

/** `last heard of 3 days ago (2026-12-15 09:00Z)`. */
export function contactWords({ lastContactAt }: SiteSaid, nowMs: number): string {
  if (lastContactAt === undefined) return 'never heard of: air-gapped, or not connected yet';
  return `last heard of ${agoWords(nowMs - Date.parse(lastContactAt))} (${minute(lastContactAt)})`;
}

const units: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

/** How long ago, in the largest unit that fits. */
function agoWords(ms: number): string {
  const [unitMs, name] = units.find(([size]) => ms >= size) ?? [];
  if (unitMs === undefined) return 'just now';
  const count = Math.floor(ms / unitMs);
  return `${count} ${name}${count === 1 ? '' : 's'} ago`;
}

/** All flags of a site, a line each. */
export function everyFlagText({ site, context, flags }: Awaited<ReturnType<typeof everyFlagHere>>, nowMs: number): string {
  const rows = flags.map(({ flag, value, layer, source, code }) => [
    flag,
    valueOf({ value: value as Json | undefined }),
    layer,
    source,
    code,
  ]);
  return [
    `${shipmentWords(site)}  ${forWhom(context)}`,
    `vendor ${contactWords(site, nowMs)}`,
    ...site.problems.map((problem) => `not right: ${problem}`),
    '',
    tableOf(['flag', 'serves', 'by', 'where', 'support code'], rows),
  ].join('\n');
}
