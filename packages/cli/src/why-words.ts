import type { ConditionTrail, Json, Resolution, ServeTrail, TrailStep } from '@taffrail/engine';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import { killWords, type Kill } from './kill-words.ts';
import { noteWords, standingWords } from './override-words.ts';
import type { Paint } from './row.ts';
import type { SiteTold } from './why-site.ts';
import { conditionWords, serveWords } from './rule-words.ts';
import { table } from './table.ts';
import { minute } from './values.ts';

type LastChange = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>['lastChange'];

/** What the server found, what it was asked about, and what is known of the flag. */
export interface Told {
  readonly flag: string;
  readonly environment: string;
  readonly resolution: Resolution;
  readonly trail: readonly TrailStep[];
  readonly context: Readonly<Record<string, unknown>>;
  readonly revision: number;
  readonly owner: string;
  readonly expiresOn?: string;
  readonly locked: boolean;
  readonly lastChange?: LastChange;
  /** Who killed it here, and why. */
  readonly kill?: Kill;
  /** What the site of a program says, if that was asked. */
  readonly site?: SiteTold;
}

/** The answer in the manner of a support line: the value, what decided, and whom to ask. */
export function whyText(shown: Told, paint: Paint): string {
  const { flag: key, environment, resolution, context, revision, trail, owner, expiresOn, lastChange } = shown;
  const title = `${paint.bold(key)} = ${paint.bold(valueWords(resolution))} for ${whom(context)}`;
  const steps = trail.map(
    (step, index) => stepWords(step, shown) + (index === trail.length - 1 ? paint.green('  <- decides') : ''),
  );
  const facts: [string, string][] = [
    ...steps.map((step, index): [string, string] => [index === 0 ? 'decided by' : '', step]),
    ...(resolution.errorMessage === undefined ? [] : [['but', resolution.errorMessage] as [string, string]]),
    ...siteFacts(shown),
    ['reason', [resolution.reason, resolution.errorCode ?? ''].join(' ').trim()],
    ['seen', seenWords(context)],
    ['owner', `${owner}${expiresOn === undefined ? '' : `, expires ${expiresOn}`}`],
    ...(lastChange
      ? [['last change', `${lastChange.summary} (${lastChange.by.name}, ${minute(lastChange.at)})`] as [string, string]]
      : []),
  ];
  return [
    `${title}  ${paint.dim(`${environment}, revision ${revision}`)}`,
    table(facts.map(([name, fact]) => [`  ${name}`, fact])),
  ].join('\n');
}

/** What the site says beside the step that decided. */
function siteFacts({ site }: Told): [string, string][] {
  if (!site) return [];
  const others = site.entries.filter(({ standing }) => standing !== 'wins');
  return [
    ...others.map((entry, index): [string, string] => [
      index === 0 ? 'no effect' : '',
      `override ${entry.source}: ${standingWords[entry.standing](entry, entry.backOuts)}${noteWords(entry)}`,
    ]),
    ['would be', `${valueWords(site.without)} by the environment's own rules (${site.without.reason})`],
    ...site.warnings.map((warning): [string, string] => ['mind', warning]),
  ];
}

/** What is served, as people say it. */
export function valueWords({ value, variant }: Pick<Resolution<Json | undefined>, 'value' | 'variant'>): string {
  if (variant === undefined) return 'the code default';
  if (typeof value === 'boolean') return value ? 'ON' : 'OFF';
  return `${JSON.stringify(value)} (${variant})`;
}

const keyOf = (entity: unknown) => (typeof entity === 'string' ? entity : String((entity as { key?: unknown } | null)?.key));
/** Whom it is for: `org berlin, user u1`. */
export const whom = (context: Told['context']) =>
  Object.entries(context)
    .map(([kind, entity]) => `${kind} ${keyOf(entity)}`)
    .join(', ');

function seenWords(context: Told['context']): string {
  return Object.entries(context)
    .map(([kind, entity]) => {
      const attributes =
        typeof entity === 'object' && entity !== null ? Object.entries(entity).filter(([name]) => name !== 'key') : [];
      const words = attributes.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
      return `${kind} ${keyOf(entity)}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
    })
    .join(', ');
}

/** What is to be known beside a step to say it. */
export interface Beside extends Partial<Pick<Told, 'locked' | 'kill' | 'site'>> {
  readonly resolution: Pick<Resolution, 'flagMetadata'>;
  readonly context: Told['context'];
}

type Words = (step: TrailStep, shown: Beside) => string;
const sentences: Record<TrailStep['step'], Words> = {
  override: ({ id, answer: holds, serve }, { site }) => {
    const entry = site?.entries.find(({ source }) => source === id);
    return `override ${id}${holds === 'true' && serve ? ` → ${serveSeen(serve)}${entry ? noteWords(entry) : ''}` : ' is not for this context now'}`;
  },
  off: (_, { locked, kill, resolution: { flagMetadata } }) => {
    if (flagMetadata.layer === 'off') return `${flagMetadata.source} turns the flag off`;
    if (locked) return `the flag was ${kill === undefined ? 'killed here' : killWords(kill)}`;
    return 'the flag is off here';
  },
  needs: (_, { resolution }) =>
    `it needs what this server does not know: ${resolution.flagMetadata.unsupported ?? 'unsupported'}`,
  prerequisite: ({ id, answer: unmet }) => `prerequisite ${id}: ${unmet === 'false' ? 'met' : 'not met'}`,
  pin: ({ id, answer: pinned }, { context }) =>
    `pins of ${id}: ${keyIn(context, id)} is ${pinned === 'true' ? '' : 'not '}pinned`,
  rule: ({ id, condition, answer: matches, serve }) =>
    `rule ${id}: ${condition ? conditionSeen(condition) : ''} is ${matches}${serve ? ` → ${serveSeen(serve)}` : ''}`,
  fallthrough: ({ serve }) => (serve ? `else → ${serveSeen(serve)}` : 'else'),
};

const keyIn = (context: Told['context'], kind = '') =>
  kind in context ? `${kind} ${keyOf(context[kind])}` : `no ${kind} is given and so`;

/** One step of an evaluation, with what it saw. */
export function stepWords(step: TrailStep, shown: Beside): string {
  return sentences[step.step](step, shown);
}

/** A condition with what it saw, where one comparison says it all. */
function conditionSeen({ condition, actual, answer: found, parts }: ConditionTrail): string {
  const words = `if ${conditionWords(condition)}`;
  if (parts !== undefined || !('op' in condition)) return words;
  if (found === 'unknown' && actual === undefined) return `${words} (nothing is known of it)`;
  return `${words} (it is ${JSON.stringify(actual)})`;
}

function serveSeen({ serve, bucket, chosen }: ServeTrail): string {
  const landed = bucket === undefined ? '' : ` (bucket ${bucket} of 100000)`;
  const got = chosen ? `: ${serveSeen(chosen)}` : '';
  return `${serveWords(serve)}${landed}${got}`;
}
