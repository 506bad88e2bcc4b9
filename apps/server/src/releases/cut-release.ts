import { isDeepStrictEqual } from 'node:util';
import { limits, type Mistake, type Release } from '@taffrail/schema';
import { cut } from '@taffrail/shipment';
import { backOutsOf } from '../back-outs/find.ts';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { environmentOf, environmentsOf, suggestion } from '../environments/find.ts';
import { asJson } from '../flags/changes.ts';
import { lastShipment, releasesOf } from './find.ts';
import { frozen, mistakesInSegments, type Frozen, type FrozenFlags } from './frozen.ts';
import { gaVariant } from './general.ts';
import { issued, shipmentIn } from './issuing.ts';
import { byVersion } from './versions.ts';
import { warningsOfCut } from './warnings.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/releases'>;

const usualLine = 'main';

/**
 * Cuts a release: its manifest × the policy of each flag. What is `ga` is on, all else is dark, unless a policy says otherwise. Nothing
 * that is done later alters it; cutting it again from the same input changes nothing.
 */
export const cutRelease = command({
  name: 'release.cut',
  version: 1,
  permission: 'release.cut',
  apply(state: State, input: Input, occasion: Occasion): Outcome {
    const release = releaseFrom(state, input, occasion);
    if (isCut(state, release, input)) return { write: [], changes: [] };
    refuseFuture(release, occasion.now);
    refuseMore(state);
    const found = frozen({ state, environment: release.environment, release: release.key }, keysIn(release));
    refuseMistakes([...mistakesInManifest(state, release, found), ...mistakesInSegments(found)]);
    const whole = { ...release, entries: entriesOf(found) };
    const issue = issued(whole, shipmentFor(state, whole, found), 'release cut');
    const { key, environment, entries } = whole;
    const after = asJson({ entries });
    const change = { kind: 'release.cut', environment, sort: 'release', key, summary: sentenceOf(whole), after };
    return {
      write: [{ sort: 'release', key, body: whole }, issue.write],
      changes: [change, issue.change],
      warnings: warningsOfCut(state, whole, found, occasion.now),
    };
  },
});

const keysIn = ({ manifest }: Release): string[] => manifest.map(({ key }) => key);

function releaseFrom(state: State, input: Input, { now, actor }: Occasion): Release {
  const { version, commit, manifest, cutAt, line = usualLine, supportedUntil } = input;
  return {
    key: version,
    line,
    commit,
    cutAt: cutAt === undefined ? now.toISOString() : new Date(cutAt).toISOString(),
    cutBy: actor.name,
    ...(supportedUntil !== undefined && { supportedUntil }),
    environment: input.environment ?? productionOf(state),
    manifest: [...manifest].sort((a, b) => (a.key < b.key ? -1 : 1)),
    entries: [],
  };
}

function productionOf(state: State): string {
  const production = environmentsOf(state).filter(({ body }) => body.production);
  const [only] = production;
  if (only !== undefined && production.length === 1) return only.key;
  const which = production.length === 0 ? 'no environment is' : `${production.map(({ key }) => key).join(' and ')} are`;
  return refuseMistakes([{ at: '/body/environment', message: `${which} production: say where the stages of flags count` }]);
}

/** Whether a release was cut from the same input before. A release never changes: any other input is refused. */
function isCut(state: State, release: Release, { cutAt, supportedUntil }: Input): boolean {
  environmentOf(state, release.environment);
  const same = releasesOf(state).find(({ key }) => byVersion(key, release.key) === 0);
  if (same === undefined) return false;
  if (same.key !== release.key) fail('ALREADY_EXISTS', `${same.key} is the same version. Cut another one.`);
  const fields = ['line', 'commit', 'environment', 'manifest'] as const;
  const differing = [
    ...fields.filter((field) => !isDeepStrictEqual(same[field], release[field])),
    ...(cutAt !== undefined && same.cutAt !== release.cutAt ? ['date'] : []),
    ...(supportedUntil !== undefined && same.supportedUntil !== supportedUntil ? ['support'] : []),
  ];
  if (differing.length === 0) return true;
  const sentence = `${same.key} was cut at ${same.cutAt} from ${same.commit} with another ${differing.join(', ')}`;
  return fail('ALREADY_EXISTS', `${sentence}. A release never changes: cut another version.`);
}

/** Sites refuse a revision that is dated before the one that it replaces, so a date to come would hold off every back-out until then. */
function refuseFuture({ cutAt }: Release, now: Date): void {
  if (Date.parse(cutAt) <= now.getTime() + clocksDifferMs) return;
  const message = `${cutAt} is to come: by the server's clock it is ${now.toISOString()}. Cut it with the date of its tag`;
  refuseMistakes([{ at: '/body/cutAt', message }]);
}

/** How far the clock that dated a tag may be ahead. */
const clocksDifferMs = 300_000;

function refuseMore(state: State): void {
  if (releasesOf(state).length < limits.releasesPerProject) return;
  fail(
    'INVALID',
    `A project has at most ${limits.releasesPerProject} releases. Cut those of another line in a project of their own.`,
  );
}

function mistakesInManifest(state: State, { manifest, environment }: Release, { flags }: FrozenFlags): Mistake[] {
  const known = state.list('flag').map(({ key }) => key);
  return manifest.flatMap(({ key, type }, index) => {
    const at = `/body/manifest/${index}`;
    if (manifest[index - 1]?.key === key) return [{ at, message: `${key} is listed twice` }];
    const found = flags.get(key);
    if (found === undefined) return [{ at, message: `there is no flag '${key}' in ${environment}. ${suggestion(key, known)}` }];
    const { definition } = found;
    const isOther = type !== undefined && type !== definition.type;
    return isOther ? [{ at, message: `the code reads ${key} as ${type}, and it is ${definition.type}` }] : [];
  });
}

function entriesOf({ flags }: FrozenFlags): Release['entries'] {
  return [...flags].map(([key, { why }]) => ({ key, why })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function shipmentFor(state: State, release: Release, { flags, segments }: FrozenFlags) {
  const before = releasesOf(state)
    .filter(({ key }) => byVersion(key, release.key) < 0)
    .at(-1);
  const previous = before && shipmentIn(lastShipment(state, before.key));
  return cut({
    product: state.scope.project ?? '',
    line: release.line,
    release: release.key,
    issuedAt: release.cutAt,
    manifest: { flags: release.manifest },
    entries: [...flags.values()].map(({ entry }) => entry),
    segments: [...segments.values()],
    openBackOuts: backOutsOf(state, release.key),
    ...(previous && { previous, became: becameOf(state, release, before) }),
  });
}

/** What the code does without a flag that it has done with. */
function becameOf(state: State, { environment }: Release, { entries }: Release): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap(({ key }) => {
      const here = state.get('environment-flag', key, environment)?.body;
      return here === undefined ? [] : [[key, gaVariant(state, environment, here) === undefined ? 'always off' : 'always on']];
    }),
  );
}

function sentenceOf({ commit, entries, environment }: Release): string {
  const count = (...of: Frozen['why'][]) => entries.filter(({ why }) => of.includes(why)).length;
  const others = [
    { count: count('onprem:opt-in'), words: 'opt-in' },
    { count: count('onprem:rules'), words: 'by rules' },
  ].flatMap(({ count: found, words }) => (found > 0 ? [`, ${found} ${words}`] : []));
  const on = count('ga', 'onprem:on');
  return `cut from ${commit} as ${environment} is: ${entries.length} flags, ${on} on, ${count('dark')} dark${others.join('')}`;
}
