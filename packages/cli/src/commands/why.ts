import type { ConditionTrail, Json, Resolution, ServeTrail, TrailStep } from '@taffrail/engine';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import { Failure } from '../failure.ts';
import { answer, row, type Call, type Paint } from '../row.ts';
import { conditionWords, serveWords } from '../rule-words.ts';
import { table } from '../table.ts';
import { jsonOption, looseJson, minute, pairs } from '../values.ts';

const flag = '/orgs/:org/projects/:project/environments/:environment/flags/:flag';

interface Asked {
  readonly flag: string;
  readonly org?: string;
  readonly user?: string;
  readonly attr?: string[];
  readonly context?: object;
}

/** Why somebody gets what they get. */
export const whyRows = [
  row<Asked, 'environment'>({
    name: 'why <flag>',
    about: 'Evaluate a flag for somebody and say what decided',
    more: [
      'The attributes of known contexts are filled in. --attr plan=pro belongs to the user if there is one, else to the org;',
      '--attr org.plan=pro says to whom. Here --org is the customer; the organization of the flags is --organization.',
    ].join('\n'),
    reach: 'environment',
    options: [
      { flags: '--org <key>', about: 'for this org' },
      { flags: '--user <key>', about: 'for this user' },
      { flags: '--attr <name=value...>', about: 'an attribute' },
      {
        flags: '--context <json>',
        about: 'the whole context: {"org":{"key":"acme","plan":"pro"}}',
        parse: jsonOption('--context'),
      },
    ],
    run: explainFlag,
  }),
];

type Whole = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;

/** What the server found, what it was asked about, and what is known of the flag. */
interface Told {
  readonly flag: string;
  readonly environment: string;
  readonly resolution: Resolution;
  readonly trail: readonly TrailStep[];
  readonly context: Readonly<Record<string, unknown>>;
  readonly revision: number;
  readonly owner: string;
  readonly expiresOn?: string;
  readonly locked: boolean;
  readonly lastChange?: Whole['lastChange'];
}

async function explainFlag({ api, at, input }: Call<Asked, 'environment'>) {
  const context = contextOf(input);
  const [explained, whole] = await Promise.all([
    api.call(`POST ${flag}/why`, { params: { ...at, flag: input.flag }, body: { context } }),
    api.call('GET /orgs/:org/projects/:project/flags/:flag', { params: { ...at, flag: input.flag } }),
  ]);
  return answer(told(input.flag, at.environment, explained, whole), whyText);
}

function told(key: string, environment: string, explained: ResponseOf<Contracts[`POST ${typeof flag}/why`]>, whole: Whole): Told {
  const { owner, expiresOn } = whole.definition.document;
  return {
    flag: key,
    environment,
    ...(explained as Pick<Told, 'resolution' | 'trail' | 'context' | 'revision'>),
    owner,
    ...(expiresOn === undefined ? {} : { expiresOn }),
    locked: whole.environments[environment]?.document.locked ?? false,
    ...(whole.lastChange === undefined ? {} : { lastChange: whole.lastChange }),
  };
}

/** The context that was asked about: `--context`, with `--org` and `--user` on top, and attributes on top of these. */
function contextOf({ org, user, attr, context = {} }: Asked): Record<string, Json> {
  const base = { ...context, ...(org === undefined ? {} : { org }), ...(user === undefined ? {} : { user }) } as Record<
    string,
    Json
  >;
  const owner = 'user' in base ? 'user' : 'org';
  for (const [name, value] of Object.entries(pairs('--attr', attr))) setAttribute(base, name, looseJson(value) as Json, owner);
  if (Object.keys(base).length === 0) throw new Failure('USAGE', 'Say for whom: --org acme, --user u1, or --context with JSON.');
  return base;
}

function setAttribute(context: Record<string, Json>, name: string, value: Json, owner: string): void {
  const dot = name.indexOf('.');
  const kind = dot > 0 && name.slice(0, dot) in context ? name.slice(0, dot) : owner;
  const attribute = kind === owner && !name.startsWith(`${owner}.`) ? name : name.slice(dot + 1);
  const entity = context[kind];
  if (entity === undefined) throw new Failure('USAGE', `--attr ${name} needs a context: add --org or --user.`);
  context[kind] = { ...(typeof entity === 'string' ? { key: entity } : (entity as object)), [attribute]: value };
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
  off: (_, { locked }) => (locked ? 'the flag was killed here' : 'the flag is off here'),
  needs: (_, { resolution }) =>
    `it needs what this server does not know: ${resolution.flagMetadata.unsupported ?? 'unsupported'}`,
  prerequisite: ({ id, answer: unmet }) => `prerequisite ${id}: ${unmet === 'false' ? 'met' : 'not met'}`,
  pin: ({ id, answer: pinned }, { context }) =>
    `pins of ${id}: ${keyIn(context, id)} is ${pinned === 'true' ? '' : 'not '}pinned`,
  rule: ({ id, condition, answer: matches, serve }) =>
    `rule ${id}: ${condition ? conditionSeen(condition) : ''} is ${matches}${serve ? ` → ${serveSeen(serve)}` : ''}`,
  fallthrough: ({ serve }) => `${serve ? `else → ${serveSeen(serve)}` : 'else'}`,
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
