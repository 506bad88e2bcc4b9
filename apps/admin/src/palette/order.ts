import type { CommandOperation, RequestOf } from '../api/call.ts';
import type { FlagDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { offVariant, onVariant } from '../edit/variants.ts';
import { targetWords } from '../features/stage-words.ts';
import { listed, percentWords } from '../words/numbers.ts';
import type { Intent } from './intent.ts';
import type { Verb } from './verbs.ts';

/** A command that can be previewed and sent. */
export interface PaletteOrder {
  readonly operation: CommandOperation;
  readonly request: RequestOf<CommandOperation>;
  readonly done: string;
}

type Build = (intent: Intent, scope: Scope, detail: FlagDetail | undefined) => PaletteOrder | undefined;

const inEnvironment = 'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag' as const;

const ofFeature = 'POST /orgs/:org/projects/:project/environments/:environment/features/:feature' as const;

/** The command of each verb that commits; the others lead somewhere. */
const builders: Partial<Record<Verb, Build>> = {
  on: (intent, scope, detail) => (intent.keys.length > 0 ? pinned(intent, scope, detail, true) : turned(intent, scope, true)),
  off: (intent, scope, detail) => (intent.keys.length > 0 ? pinned(intent, scope, detail, false) : turned(intent, scope, false)),
  kill: (intent, scope) => placedOrder(intent, scope, 'kill', {}),
  rollout: (intent, scope) =>
    intent.percent === undefined
      ? undefined
      : placedOrder(intent, scope, 'rollout', { percent: intent.percent, kind: intent.kind }),
  new: created,
  advance: advanced,
  'back-out': backedOut,
  archive: ({ flag }, scope) =>
    order('POST /orgs/:org/projects/:project/flags/:flag/archive', { params: { ...scope, flag }, body: {} }, `Archived ${flag}`),
};

/** What an intent sends. Undefined while something is missing, or when it only leads somewhere. */
export function paletteOrder(intent: Intent, scope: Scope, detail: FlagDetail | undefined): PaletteOrder | undefined {
  return builders[intent.verb]?.(intent, scope, detail);
}

/** Whether the flag has to be read before the order is known: its variants have names of their own. */
export function needsDetail({ verb, keys }: Intent): boolean {
  return (verb === 'on' || verb === 'off') && keys.length > 0;
}

/** An intent in words, as the list offers it. */
export function intentWords({
  verb,
  flag,
  environment,
  keys,
  kind,
  percent,
  feature = '',
  stage,
  reason,
  releases,
}: Intent): string {
  const where = environment ? ` in ${environment.name}` : '';
  const whom = keys.length > 0 ? ` for ${kind} ${listed(keys)}` : '';
  const words: Record<Verb, string> = {
    on: `Turn ${flag} on${whom}${where}`,
    off: `Turn ${flag} off${whom}${where}`,
    kill: `Kill ${flag}${where}`,
    rollout: `Roll ${flag} out to ${percent === undefined ? '… %' : percentWords(percent)} of ${kind}${where}`,
    why: `Why does ${kind} ${keys[0] ?? '…'} get ${flag}${where}?`,
    who: `Who changed ${flag}`,
    new: `Create ${flag}${whom ? `, on${whom}${where}` : ''}`,
    advance: `Take ${feature} to ${stage === 'percent' && percent === undefined ? '… %' : targetWords(stage ?? 'dark', percent ?? 0)}${where}`,
    'back-out': `Back ${feature} out${environment ? ` of ${environment.name}` : ''}${reason ? `: ${reason}` : ''}`,
    backout: `Back ${flag || feature} out of releases${releases ? ` ${releases}` : ''}`,
    archive: `Archive ${flag}`,
    undo: 'Undo the newest change',
  };
  return words[verb];
}

function turned(intent: Intent, scope: Scope, on: boolean): PaletteOrder | undefined {
  return placedOrder(intent, scope, 'turn', { on });
}

function pinned(intent: Intent, scope: Scope, detail: FlagDetail | undefined, on: boolean): PaletteOrder | undefined {
  const flag = detail?.environments[intent.environment?.key ?? '']?.document;
  const variant = flag && (on ? onVariant(flag) : offVariant(flag));
  if (variant === undefined) return undefined;
  return placedOrder(intent, scope, 'pin', {
    kind: intent.kind,
    keys: [...intent.keys],
    variant,
    ...(on ? { turnOn: true } : {}),
  });
}

function created({ flag, environment, keys, kind }: Intent, scope: Scope): PaletteOrder {
  const pins = [{ kind, variant: 'on', keys: [...keys] }];
  const environments =
    environment && keys.length > 0
      ? { environments: { [environment.key]: { on: true, fallthrough: { variant: 'off' }, pins } } }
      : {};
  return order(
    'POST /orgs/:org/projects/:project/flags',
    { params: { ...scope }, body: { key: flag, ...environments } },
    `Created ${flag}`,
  );
}

function advanced(intent: Intent, scope: Scope): PaletteOrder | undefined {
  const { feature, environment, stage, percent } = intent;
  if (!feature || !environment || !stage || (stage === 'percent' && percent === undefined)) return undefined;
  const params = { ...scope, environment: environment.key, feature };
  const body = { stage, ...(percent !== undefined && { percent }) };
  return order(`${ofFeature}/stage`, { params, body }, `${intentWords(intent)}: done`);
}

function backedOut(intent: Intent, scope: Scope): PaletteOrder | undefined {
  const { feature, environment, reason } = intent;
  if (!feature || !environment || !reason) return undefined;
  const params = { ...scope, environment: environment.key, feature };
  return order(`${ofFeature}/back-out`, { params, body: { reason } }, `Backed ${feature} out of ${environment.name}`);
}

/** What an intent still lacks, for who writes it. */
export function lackWords({ verb }: Intent): string {
  const lacks: Partial<Record<Verb, string>> = {
    rollout: 'Say how many percent.',
    advance: 'Say how many percent.',
    'back-out': 'Say why, after the environment: it is kept in the history.',
  };
  return lacks[verb] ?? 'One moment…';
}

function placedOrder(
  intent: Intent,
  scope: Scope,
  act: 'kill' | 'turn' | 'pin' | 'rollout',
  body: object,
): PaletteOrder | undefined {
  const { environment, flag } = intent;
  if (!environment) return undefined;
  return order(
    `${inEnvironment}/${act}`,
    { params: { ...scope, environment: environment.key, flag }, body },
    `${intentWords(intent)}: done`,
  );
}

function order<K extends CommandOperation>(operation: K, request: RequestOf<K>, done: string): PaletteOrder {
  return { operation, request: request as RequestOf<CommandOperation>, done };
}
