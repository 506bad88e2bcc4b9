import type { BodyOf, Contracts } from '@taffrail/schema';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { readManifestFile } from '../manifest-file.ts';
import { present } from '../present.ts';
import { row, type Call } from '../row.ts';
import { saidReason } from '../said-reason.ts';
import { day, wholeNumber } from '../values.ts';

const releases = '/orgs/:org/projects/:project/releases';
const onprem = '/orgs/:org/projects/:project/flags/:flag/onprem';

type NewRelease = BodyOf<Contracts[`POST ${typeof releases}`]>;
type Mode = BodyOf<Contracts[`PUT ${typeof onprem}`]>['mode'];

interface Cut {
  readonly version: string;
  readonly sha: string;
  readonly manifest: string;
  readonly date?: string;
  readonly line?: string;
  readonly supportedUntil?: string;
}

interface Support {
  readonly release: string;
  readonly day: string;
}

interface Policy {
  readonly flag: string;
  readonly mode: Mode | 'dark';
  readonly releases?: string;
}

/** No hosted flag changes what it serves by these: there is nothing to ask about. */
const unaffecting = { narrows: true } as const;

/** Cutting releases, and what is said of them. */
export const releaseCutRows = [
  row<Cut, 'project'>({
    name: 'release cut <version>',
    about: 'Cut a release: freeze what the flags are that its code reads, and issue its shipment',
    more: [
      'What is ga in the production environment is on, all else is dark, unless "taffrail flag onprem" said otherwise. Nothing that is',
      'done later alters it, and cutting it again from the same input changes nothing. Versions are ordered by their numbers, then a',
      'pre-release before its release: 8.4.0, 8.5.0-rc.1, 8.5.0, 24.04, 24.10.',
    ].join('\n'),
    example: 'release cut 8.4.0 --sha 4f2c1e9 --manifest flags.manifest.json --supported-until 540d',
    reach: 'project',
    writes: true,
    options: [
      { flags: '--sha <sha>', about: 'the commit that is released', required: true, parse: commitOf },
      {
        flags: '--manifest <file>',
        about: 'the flags that its code reads, as "taffrail audit --manifest" writes it',
        required: true,
      },
      { flags: '--date <date>', about: "the tag's date, such as 2026-12-18T09:00:00Z (now)", parse: instant },
      { flags: '--line <line>', about: 'the series of releases that it belongs to (main)' },
      { flags: '--supported-until <day>', about: 'the last day of its support: 2027-12-31, 360d or never' },
    ],
    run: cut,
  }),
  row<Support, 'project'>({
    name: 'release support <release> <day>',
    about: 'Say until which day a release is supported: 2027-12-31, 360d or never, which has no end',
    reach: 'project',
    writes: true,
    run(call) {
      const { release, day: typed } = call.input;
      const body = { supportedUntil: day(typed, new Date()), ...reasonOf(call.common) };
      return commit(call, `POST ${releases}/:release/support`, { params: { ...call.at, release }, body }, unaffecting);
    },
  }),
  row<{ release: string; revision: string }, 'project'>({
    name: 'release lost <release> <revision>',
    about: 'Say that a revision is out there which the server does not know, since it was restored: its number is left out',
    more: 'A support code of a site on no network tells which it has. Connected sites and the signer say it by themselves.',
    reach: 'project',
    writes: true,
    run(call) {
      const { release, revision } = call.input;
      const body = { revision: wholeNumber(revision.replace(/^r/, '')), ...reasonOf(call.common) };
      return commit(call, `POST ${releases}/:release/lost`, { params: { ...call.at, release }, body }, unaffecting);
    },
  }),
  row<Policy, 'project'>({
    name: 'flag onprem <flag> <mode>',
    about: 'Say what a flag that is not ga is in releases cut from now on: on, opt-in, rules, or dark again. Wants --reason',
    example: "flag onprem new-issue-stream on --reason 'sold to Globex'",
    reach: 'project',
    writes: true,
    options: [{ flags: '--releases <range>', about: "in these alone, such as '>=8.4 <8.6' (all)" }],
    run: setPolicy,
  }),
];

async function cut(call: Call<Cut, 'project'>) {
  return commit(call, `POST ${releases}`, { params: call.at, body: await bodyOf(call) }, { ...unaffecting, tells: true });
}

async function bodyOf({ input, common, terminal }: Call<Cut, 'project'>): Promise<NewRelease> {
  const { version, sha: commit, manifest, date: cutAt, line, supportedUntil } = input;
  const until = supportedUntil === undefined ? null : day(supportedUntil, new Date());
  return {
    version,
    commit,
    manifest: await readManifestFile(manifest, terminal),
    ...present({ cutAt, line, environment: common.environment }),
    ...(until !== null && { supportedUntil: until }),
    ...reasonOf(common),
  };
}

function commitOf(text: string): string {
  if (/^[0-9a-f]{7,64}$/i.test(text)) return text;
  const wanted = 'It has 7 to 64 hexadecimal digits, as "git rev-parse HEAD" writes it.';
  throw new Failure('USAGE', `"${text}" is no commit. ${wanted}`);
}

/** The moment of a tag, as git writes it with %cI. */
function instant(text: string): string {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text));
  if (isInstant) return new Date(text).toISOString();
  throw new Failure(
    'USAGE',
    `"${text}" is no moment. It looks like 2026-12-18T09:00:00Z, as "git log -1 --format=%cI" writes it.`,
  );
}

const modes: readonly string[] = ['on', 'opt-in', 'rules', 'dark'] satisfies Policy['mode'][];

function setPolicy(call: Call<Policy, 'project'>) {
  const { flag, mode, releases: range } = call.input;
  const params = { ...call.at, flag };
  if (!modes.includes(mode)) throw new Failure('USAGE', `"${mode}" is no policy. It is ${modes.join(', ')}.`);
  if (mode === 'dark') return commit(call, `DELETE ${onprem}`, { params }, unaffecting);
  const reason = saidReason(call.common.reason, `having ${flag} ${mode} in releases`);
  return commit(call, `PUT ${onprem}`, { params, body: { mode, ...present({ releases: range }), reason } }, unaffecting);
}
