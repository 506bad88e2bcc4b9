import type { ConditionTrail, Resolution, ServeTrail, TrailStep } from '@taffrail/engine';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import type { Paint } from './row.ts';
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

function valueWords({ value, variant }: Resolution): string {
  if (variant === undefined) return 'the code default';
  if (typeof value === 'boolean') return value ? 'ON' : 'OFF';
  return `${JSON.stringify(value)} (${variant})`;
}

const keyOf = (entity: unknown) => (typeof entity === 'string' ? entity : String((entity as { key?: unknown } | null)?.key));
const whom = (context: Told['context']) =>
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

type Words = (step: TrailStep, shown: Told) => string;
const sentences: Record<TrailStep['step'], Words> = {
  override: ({ id, answer: holds }) => `override ${id}${holds === 'true' ? '' : ': not for this context now'}`,
  off: (_, { locked }) => (locked ? 'the flag was killed here' : 'the flag is off here'),
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

function stepWords(step: TrailStep, shown: Told): string {
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
