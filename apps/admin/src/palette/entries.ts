import type { FlagRow, SegmentEntry } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { pages } from '../routes/pages.ts';
import { toggleTheme } from '../theme/theme.ts';
import { intentsOf, type Intent, type World } from './intent.ts';
import { bestMatches } from './match.ts';
import { intentWords } from './order.ts';
import { verbs } from './verbs.ts';

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
  readonly flags: readonly FlagRow[];
  readonly segments: readonly SegmentEntry[];
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
  const id = [intent.verb, intent.flag, intent.environment?.key, ...intent.keys, intent.percent].join(' ');
  const href = scope && hrefOf(intent, scope);
  return [{ id, title: intentWords(intent), hint: intent.verb, intent, ...(href ? { href } : {}) }];
}

/** Questions are answered on the flag's page. */
function hrefOf({ verb, flag, keys, kind, environment }: Intent, scope: Scope): string | undefined {
  const params = { ...scope, flag };
  if (verb === 'who') return pages.flag.href(params, { tab: 'activity' });
  if (verb === 'why') return pages.flag.href(params, { why: keys[0] && `${kind}:${keys[0]}`, env: environment?.key });
  return undefined;
}

function verbEntries(): Entry[] {
  return Object.entries(verbs).map(([verb, { usage, words }]) => ({ id: verb, title: usage, hint: words, fill: `${verb} ` }));
}

function thingEntries(line: string, { org, scope, flags, segments }: EntriesInput): Entry[] {
  const [first = ''] = line.split(/\s+/);
  const found = scope ? bestMatches(first, flags, (row) => row.definition.key, flagsOffered) : [];
  const flagEntries = found.map(({ definition: { key } }) => ({
    id: `flag ${key}`,
    title: key,
    hint: 'flag',
    href: scope ? pages.flag.href({ ...scope, flag: key }) : '',
  }));
  const segmentEntries = bestMatches(first, segments, ({ segment }) => segment.document.key, othersOffered).map(
    ({ segment: { document } }) => ({
      id: `segment ${document.key}`,
      title: document.key,
      hint: 'segment',
      href: scope ? pages.segment.href({ ...scope, segment: document.key }) : '',
    }),
  );
  return [...flagEntries, ...segmentEntries, ...bestMatches(line, pageEntries(org, scope), ({ title }) => title, othersOffered)];
}

function pageEntries(org: string, scope: Scope | undefined): Entry[] {
  const inProject: readonly (readonly [string, string])[] = scope
    ? [
        ['Flags', pages.flags.href(scope)],
        ['New flag', pages.flags.href(scope, { new: '1' })],
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
  const entries = [...inProject, ...inOrganization].map(([title, href]) => ({ id: `page ${title}`, title, hint: 'page', href }));
  return [...entries, { id: 'theme', title: 'Theme: light or dark', hint: 'here', run: toggleTheme }];
}
