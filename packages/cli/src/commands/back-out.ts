import { compareVersions, parseVersion } from '@taffrail/engine/versions';
import type { BodyOf, Contracts, ResponseOf } from '@taffrail/schema';
import { Refusal, type Api } from '../api.ts';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { nearest } from '../nearest.ts';
import type { Places } from '../place.ts';
import { present } from '../present.ts';
import { answer, row, type Call } from '../row.ts';
import { saidReason } from '../said-reason.ts';
import { tableOf } from '../table.ts';
import { installsText } from './install.ts';

const project = '/orgs/:org/projects/:project';
const backOuts = `${project}/back-outs` as const;

type Body = BodyOf<Contracts[`POST ${typeof backOuts}`]>;
type List = ResponseOf<Contracts[`GET ${typeof backOuts}`]>;
type Progress = ResponseOf<Contracts[`GET ${typeof backOuts}/:backOut/progress`]>;

interface BackOut {
  readonly what: string;
  readonly releases?: string;
  readonly severity?: Body['severity'];
  readonly link?: string;
}

/** Forcing flags off in releases that have left. It is not undone: it is resolved. */
const unaffecting = { narrows: true, tells: true } as const;

export const backOutRows = [
  row<BackOut, 'project'>({
    name: 'backout <what>',
    about: 'Force a flag, or all flags of a feature, off in a range of releases. Wants --reason',
    more: [
      'Each supported release in the range that has the flag gets a new revision of its shipment, and releases cut later carry the',
      'back-out until it is resolved. --reason is told at every site. With an advisory back-out, a site may still turn the flag on; with',
      'a required one only by acknowledging it. See first what it does with --preview.',
    ].join('\n'),
    example: "backout new-issue-stream --releases '>=8.4 <8.6' --severity required --reason 'it loses rows' --preview",
    reach: 'project',
    writes: true,
    options: [
      { flags: '--releases <range>', about: "such as '>=8.4 <8.6'" },
      { flags: '--severity <severity>', about: 'advisory or required', parse: severity },
      { flags: '--link <url>', about: 'where a site reads more' },
    ],
    run: backOut,
  }),
  row<{ open?: true }, 'project'>({
    name: 'backout list',
    about: 'List back-outs, the last first, and which releases carry them',
    reach: 'project',
    options: [{ flags: '--open', about: 'without those that are over: fixed, and in no supported release' }],
    async run({ api, at, input: { open } }) {
      const query = open ? { open: 'only' as const } : {};
      return answer(await api.call(`GET ${backOuts}`, { params: at, query }), listText);
    },
  }),
  row<{ backOut: string }, 'project'>({
    name: 'backout progress <backOut>',
    about: 'Show how far a back-out has come: which installs have it, and which have not',
    reach: 'project',
    run: async ({ api, at, input }) =>
      answer(await api.call(`GET ${backOuts}/:backOut/progress`, { params: { ...at, ...input } }), progressText),
  }),
  row<{ backOut: string; fixedIn: string }, 'project'>({
    name: 'backout resolve <backOut>',
    about: 'Say where what was backed out is fixed: those releases get a shipment without it, the others keep it',
    more: 'A version that is beyond all releases is asked about first, or wants --yes: releases that are there stay as they are.',
    example: 'backout resolve BO-1 --fixed-in 8.4.2',
    reach: 'project',
    writes: true,
    options: [
      {
        flags: '--fixed-in <version>',
        about: 'a version, and all after it; or a range, for one line of releases',
        required: true,
      },
    ],
    run: resolve,
  }),
];

async function resolve(call: Call<{ backOut: string; fixedIn: string }, 'project'>) {
  const { backOut: key, fixedIn } = call.input;
  const body = { fixedIn, ...reasonOf(call.common) };
  const manner = { ...unaffecting, doubt: await beyondAll(call, fixedIn) };
  return commit(call, `POST ${backOuts}/:backOut/resolve`, { params: { ...call.at, backOut: key }, body }, manner);
}

/** That no release is as new as a version: the fix may come with the next one, and more often it is a slip. */
async function beyondAll({ api, at }: Call<unknown, 'project'>, fixedIn: string): Promise<string | undefined> {
  const fixed = parseVersion(fixedIn);
  if (fixed === undefined) return undefined;
  const { releases } = await api.call(`GET ${project}/releases`, { params: at });
  const [newest] = releases;
  const last = newest && parseVersion(newest.release);
  if (!newest || !last || compareVersions(fixed, last) <= 0) return undefined;
  return `There is no release ${fixedIn}, and the newest is ${newest.release}: every release stays as it is.`;
}

function severity(text: string): string {
  if (text === 'advisory' || text === 'required') return text;
  throw new Failure('USAGE', `"${text}" is no severity. It is advisory or required.`);
}

async function backOut(call: Call<BackOut, 'project'>) {
  const { what, releases, severity: weight, link } = call.input;
  if (releases === undefined || weight === undefined) {
    throw new Failure('USAGE', "Say where and how: --releases '>=8.4 <8.6' --severity advisory or required.");
  }
  const because = saidReason(call.common.reason, `backing ${what} out`);
  const body: Body = {
    ...(await whatIs(call)),
    releases,
    severity: weight,
    ...present({ link }),
    because,
    reason: because,
  };
  return commit(call, `POST ${backOuts}`, { params: call.at, body }, unaffecting);
}

/** A flag if there is one of that name, else a feature. */
async function whatIs({ api, at, input: { what } }: Call<BackOut, 'project'>): Promise<Pick<Body, 'flags' | 'feature'>> {
  const isFlag = await isThere(api.call(`GET ${project}/flags/:flag`, { params: { ...at, flag: what } }));
  const isFeature = await isThere(api.call(`GET ${project}/features/:feature`, { params: { ...at, feature: what } }));
  if (isFlag && isFeature)
    throw new Failure('USAGE', `${what} is a flag and a feature. Back out the flags of the feature one by one.`);
  if (isFeature) return { feature: what };
  if (isFlag) return { flags: [what] };
  const near = nearest(what, await namesIn(api, at));
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw new Failure('NOTHING_FOUND', `There is no flag and no feature "${what}" in ${at.project}.${hint}`);
}

async function namesIn(api: Api, params: Places['project']): Promise<string[]> {
  const [{ flags }, { features }] = await Promise.all([
    api.call(`GET ${project}/flags`, { params }),
    api.call(`GET ${project}/features`, { params }),
  ]);
  return [...flags.map(({ definition }) => definition.key), ...features.map(({ feature }) => feature.key)];
}

async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}

function progressText({ concerned, applied, airGapped, p50Ms, p99Ms, waiting }: Progress): string {
  if (concerned === 0) return 'No install runs a release that carries it, as far as they say.';
  const carried = airGapped === 0 ? '' : `; ${airGapped} are air-gapped, and only people know`;
  const took =
    p50Ms === undefined || p99Ms === undefined ? [] : [`From signing to acknowledgement: p50 ${p50Ms} ms, p99 ${p99Ms} ms.`];
  const left = waiting.length === 0 ? [] : ['', `Not yet, the first ${waiting.length}:`, installsText(waiting)];
  return [`${applied} of ${concerned} installs have it${carried}.`, ...took, ...left].join('\n');
}

function listText({ backOuts: found }: List): string {
  if (found.length === 0) return 'No back-outs.';
  const rows = found.map((line) => {
    const { key, flags, releases, severity: weight, reason } = line.backOut;
    const carriers = line.releases.map(({ release, revision }) => `${release} r${revision}`);
    return [key, flags.join(', '), releases, weight, stateText(line), carriers.join(', '), reason];
  });
  return tableOf(['BACK-OUT', 'FLAGS', 'RELEASES', 'SEVERITY', 'STATE', 'CARRIED BY', 'REASON'], rows);
}

/** `open`, `fixed in 8.5.0, still in force in 8.4.0` or `over: fixed in 8.5.0`. */
function stateText({ backOut: { resolved }, inForce, releases }: List['backOuts'][number]): string {
  if (resolved === undefined) return 'open';
  if (!inForce) return `over: fixed in ${resolved.fixedIn.join(', ')}`;
  const held = releases.filter(({ supported }) => supported).map(({ release }) => release);
  return `fixed in ${resolved.fixedIn.join(', ')}, still in force in ${held.join(', ')}`;
}
