import type { RequestRow } from '@taffrail/schema';
import type { FeatureRow, SegmentEntry } from '../api/queries.ts';
import type { BackOutRow, ReleaseRow } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { wantsSomebody } from '../requests/request-words.ts';
import { pages } from '../routes/pages.ts';
import { toggleTheme } from '../theme/theme.ts';
import { intentsOf, type Intent, type World } from './intent.ts';
import { bestMatches } from './match.ts';
import { intentWords } from './order.ts';
import { type Verb, verbs, written } from './verbs.ts';

/** One line of the palette's list. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** What it would do. */
  readonly intent?: Intent;
  /** Where it leads. */
  readonly href?: string;
  /** What it writes into the line. */
  readonly fill?: string;
  /** What it does by itself, without a server. */
  readonly run?: () => void;
}

export interface EntriesInput {
  readonly line: string;
  readonly org: string;
  readonly scope: Scope | undefined;
  readonly world: World;
  readonly segments: readonly SegmentEntry[];
  readonly features: readonly FeatureRow[];
  readonly requests: readonly RequestRow[];
  readonly releases: readonly Pick<ReleaseRow, 'release'>[];
  readonly backOuts: readonly Pick<BackOutRow, 'backOut'>[];
}

const offered = 12;

const flagsOffered = 7;
const othersOffered = 4;

/** What a line offers: the acts it spells, then the flags, segments and pages that it names. With nothing written, the verbs. */
export function entriesOf(input: EntriesInput): readonly Entry[] {
  const line = input.line.trim();
  if (line === '') return [...verbEntries(), ...pageEntries(input.org, input.scope)].slice(0, offered + othersOffered);
  const acts = input.scope ? intentsOf(line, input.world).flatMap((intent) => actEntry(intent, input.scope)) : [];
  return [...acts, ...thingEntries(line, input)].slice(0, offered);
}

function actEntry(intent: Intent, scope: Scope | undefined): Entry[] {
  const id = [intent.verb, intent.flag, intent.feature, intent.environment?.key, ...intent.keys, intent.percent].join(' ');
  const href = scope && hrefOf(intent, scope);
  return [{ id, title: intentWords(intent), hint: written(intent.verb), intent, ...(href ? { href } : {}) }];
}

/** Questions are answered on the flag's page; what reaches sites is looked at in its sheet. */
function hrefOf({ verb, flag, feature, keys, kind, environment, releases }: Intent, scope: Scope): string | undefined {
  const params = { ...scope, flag };
  if (verb === 'who') return pages.flag.href(params, { tab: 'activity' });
  if (verb === 'why') return pages.flag.href(params, { why: keys[0] && `${kind}:${keys[0]}`, env: environment?.key });
  if (verb === 'backout') return pages.backOuts.href(scope, { new: '1', flag, feature, releases });
  return undefined;
}

function verbEntries(): Entry[] {
  return (Object.keys(verbs) as Verb[]).map((verb) => ({
    id: verb,
    title: verbs[verb].usage,
    hint: verbs[verb].words,
    fill: `${written(verb)} `,
  }));
}

function thingEntries(line: string, input: EntriesInput): Entry[] {
  const pagesFound = bestMatches(line, pageEntries(input.org, input.scope), ({ title }) => title, othersOffered);
  if (!input.scope) return [...pagesFound];
  return [...supportCodeEntries(line, input.scope), ...inProject(line, input, input.scope), ...pagesFound];
}

/** A support code that was pasted leads to what it means. */
function supportCodeEntries(line: string, scope: Scope): Entry[] {
  if (!/^tr1[\s-]/i.test(line)) return [];
  return [
    {
      id: 'support code',
      title: 'What this support code means',
      hint: 'support',
      href: pages.support.href(scope, { code: line }),
    },
  ];
}

/** The features, flags, segments, releases, back-outs and requests that a line names. */
function inProject(line: string, input: EntriesInput, scope: Scope): Entry[] {
  const { world, segments, features, requests, releases, backOuts } = input;
  const [first = ''] = line.split(/\s+/);
  const named = <T>(things: readonly T[], nameOf: (thing: T) => string, limit: number) =>
    bestMatches(first, things, nameOf, limit);
  const wanted = requests.filter((row) => wantsSomebody(row) && row.summary.toLowerCase().includes(line.toLowerCase()));
  return [
    ...named(features, ({ feature }) => feature.key, othersOffered).map(({ feature: { key } }) =>
      thing('feature', key, pages.feature.href({ ...scope, feature: key })),
    ),
    ...named(world.flags, (key) => key, flagsOffered).map((key) => thing('flag', key, pages.flag.href({ ...scope, flag: key }))),
    ...named(segments, ({ segment }) => segment.document.key, othersOffered).map(({ segment: { document } }) =>
      thing('segment', document.key, pages.segment.href({ ...scope, segment: document.key })),
    ),
    ...named(releases, ({ release }) => release, othersOffered).map(({ release }) =>
      thing('release', release, pages.release.href({ ...scope, release })),
    ),
    ...named(backOuts, ({ backOut }) => backOut.key, othersOffered).map(({ backOut: { key } }) =>
      thing('back-out', key, pages.backOut.href({ ...scope, backOut: key })),
    ),
    ...wanted
      .slice(0, othersOffered)
      .map(({ id, summary }) => ({ ...thing('request', id, pages.request.href({ ...scope, request: id })), title: summary })),
  ];
}

const thing = (sort: string, key: string, href: string): Entry => ({ id: `${sort} ${key}`, title: key, hint: sort, href });

function pageEntries(org: string, scope: Scope | undefined): Entry[] {
  const ofProject: readonly (readonly [string, string])[] = scope
    ? [
        ['Flags', pages.flags.href(scope)],
        ['New flag', pages.flags.href(scope, { new: '1' })],
        ['Features', pages.features.href(scope)],
        ['Releases', pages.releases.href(scope)],
        ['Cut a release', pages.releases.href(scope, { cut: 'open' })],
        ['Back-outs', pages.backOuts.href(scope)],
        ['Installs', pages.installs.href(scope)],
        ['New install', pages.installs.href(scope, { new: '1' })],
        ['Support', pages.support.href(scope)],
        ['Signing of lines', pages.lines.href(scope)],
        ['Requests', pages.requests.href(scope)],
        ['Compare environments', pages.compare.href(scope)],
        ['Activity', pages.activity.href(scope)],
        ['Roll back', pages.rollback.href(scope)],
        ['Segments', pages.segments.href(scope)],
        ['Known contexts', pages.contexts.href(scope)],
        ['SDK keys', pages.keys.href(scope)],
        ['Environments', pages.project.href(scope)],
      ]
    : [];
  const inOrganization: readonly (readonly [string, string])[] = [
    ['People', pages.people.href({ org })],
    ['Tokens', pages.tokens.href({ org })],
    ['Organization settings', pages.organization.href({ org })],
    ['Account', pages.account.href({})],
  ];
  const entries = [...ofProject, ...inOrganization].map(([title, href]) => ({ id: `page ${title}`, title, hint: 'page', href }));
  return [...entries, { id: 'theme', title: 'Theme: light or dark', hint: 'here', run: toggleTheme }];
}
