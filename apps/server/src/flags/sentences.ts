import { isDeepStrictEqual } from 'node:util';
import type { Pin, Rule } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { serveInWords, servesVariant } from './serve-in-words.ts';

/** One field of a flag in an environment: what a change of it is called, and what to say of it. */
interface Row {
  readonly kind: string;
  readonly fields: readonly (keyof EnvironmentFlag)[];
  say(before: EnvironmentFlag, after: EnvironmentFlag): readonly string[];
}

/** In the order in which people want to hear of them. */
const rows: readonly Row[] = [
  { kind: 'flag.turned', fields: ['on', 'locked'], say: sayTurned },
  { kind: 'flag.variants-edited', fields: ['variants'], say: sayVariants },
  { kind: 'flag.variants-edited', fields: ['off'], say: (a, b) => [`off variant ${named(a.off)} → ${named(b.off)}`] },
  { kind: 'flag.pinned', fields: ['pins'], say: sayPins },
  { kind: 'flag.rules-edited', fields: ['rules'], say: (a, b) => sayRules(a.rules, b.rules) },
  { kind: 'flag.rolled-out', fields: ['fallthrough'], say: sayFallthrough },
  { kind: 'flag.prerequisites-edited', fields: ['prerequisites'], say: sayPrerequisites },
  {
    kind: 'flag.sent-to-browsers',
    fields: ['client'],
    say: (_, { client }) => [client ? 'sent to browsers from now on' : 'no longer sent to browsers'],
  },
  { kind: 'flag.edited', fields: ['salt'], say: () => ['drawn anew who is in which bucket'] },
];

const turns: Readonly<Record<string, readonly [kind: string, sentence: string]>> = {
  killed: ['flag.killed', 'killed'],
  unlocked: ['flag.unlocked', 'unlocked'],
  on: ['flag.turned-on', 'turned on'],
  off: ['flag.turned-off', 'turned off'],
};

/** What was done to a flag, to sort and filter by: one act by its name, several as an edit. */
export function kindOf(before: EnvironmentFlag, after: EnvironmentFlag): string {
  const [turn] = turnsBetween(before, after);
  const changed = rowsChanged(before, after);
  if (turn !== undefined && (turn === 'killed' || changed.length === 1)) return turns[turn]?.[0] ?? 'flag.edited';
  const kinds = new Set(changed.map(({ kind }) => kind));
  return kinds.size === 1 ? ([...kinds][0] ?? 'flag.edited') : 'flag.edited';
}

/** What was done to a flag in its environment, for people: `turned on, pinned acme to on`. */
export function sentenceOf(before: EnvironmentFlag, after: EnvironmentFlag): string {
  return rowsChanged(before, after)
    .flatMap((row) => row.say(before, after))
    .join(', ');
}

function rowsChanged(before: EnvironmentFlag, after: EnvironmentFlag): Row[] {
  return rows.filter(({ fields }) => fields.some((field) => !isDeepStrictEqual(before[field], after[field])));
}

function sayTurned(before: EnvironmentFlag, after: EnvironmentFlag): string[] {
  return turnsBetween(before, after).map((turn) => turns[turn]?.[1] ?? turn);
}

function turnsBetween(before: EnvironmentFlag, after: EnvironmentFlag): string[] {
  if (!before.locked && after.locked) return ['killed'];
  const unlocked = before.locked && !after.locked ? ['unlocked'] : [];
  return before.on === after.on ? unlocked : [...unlocked, after.on ? 'on' : 'off'];
}

function sayVariants({ variants: before }: EnvironmentFlag, { variants: after }: EnvironmentFlag): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    if (!Object.hasOwn(before, name)) return [`variant ${name} added`];
    if (!Object.hasOwn(after, name)) return [`variant ${name} removed`];
    return isDeepStrictEqual(before[name], after[name]) ? [] : [`value of ${name} changed`];
  });
}

function sayPins({ pins: before }: EnvironmentFlag, { pins: after }: EnvironmentFlag): string[] {
  const was = variantByKey(before);
  const is = variantByKey(after);
  const pinned = new Map<string, string[]>();
  for (const [key, variant] of is) if (was.get(key) !== variant) pinned.set(variant, [...(pinned.get(variant) ?? []), key]);
  const gone = [...was.keys()].filter((key) => !is.has(key));
  const sentences = [...pinned].map(([variant, keys]) => `pinned ${keysInWords(keys)} to ${variant}`);
  if (gone.length > 0) sentences.push(`took the pin of ${keysInWords(gone)} away`);
  return sentences.length > 0 ? sentences : ['pins reordered'];
}

/** By `kind NUL key`, since an organization and a user may have the same key. */
function variantByKey(pins: readonly Pin[]): Map<string, string> {
  return new Map(pins.flatMap(({ kind, variant, keys }) => keys.map((key) => [`${kind}\0${key}`, variant] as const)));
}

function keysInWords(addresses: readonly string[]): string {
  const keys = addresses.map((address) => address.slice(address.indexOf('\0') + 1));
  return keys.length > 3 ? `${keys.slice(0, 3).join(', ')} +${keys.length - 3}` : keys.join(', ');
}

function sayRules(before: readonly Rule[], after: readonly Rule[]): string[] {
  const was = new Map(before.map((rule) => [rule.id, rule]));
  const is = new Map(after.map((rule) => [rule.id, rule]));
  const added = after.filter(({ id }) => !was.has(id)).length;
  const removed = before.filter(({ id }) => !is.has(id)).length;
  const changed = after.filter((rule) => was.has(rule.id) && !isDeepStrictEqual(was.get(rule.id), rule)).length;
  const counts = [counted(added, 'added'), counted(removed, 'removed'), counted(changed, 'changed')].flat();
  return counts.length > 0 ? counts : ['rules reordered'];
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} rule${count === 1 ? '' : 's'} ${what}`];
}

function sayFallthrough(before: EnvironmentFlag, after: EnvironmentFlag): string[] {
  const variant = rolloutOf(after) ?? rolloutOf(before);
  if (variant === undefined) return [`for everybody else ${servedInWords(before)} → ${servedInWords(after)}`];
  const [was, is] = [shareInWords(before, variant), shareInWords(after, variant)];
  const [, whole = ''] = / %( of .*)$/.exec(is) ?? [];
  return [`rollout of ${variant} ${whole !== '' && was.endsWith(whole) ? was.slice(0, -whole.length) : was} → ${is}`];
}

/** What share a variant has: of nobody while the flag is off. */
function shareInWords(flag: EnvironmentFlag, variant: string): string {
  if (!flag.on || servesVariant(flag.fallthrough, flag.off)) return '0 %';
  return servesVariant(flag.fallthrough, variant) ? '100 %' : servedInWords(flag);
}

/** The one variant that a split gives beside the off variant, if it is one. */
function rolloutOf({ fallthrough, off }: EnvironmentFlag): string | undefined {
  if (!('split' in fallthrough)) return undefined;
  const given = fallthrough.arms.map(({ serve }) => serve).filter((serve) => !servesVariant(serve, off));
  const [only] = given;
  return given.length === 1 && only !== undefined && 'variant' in only ? only.variant : undefined;
}

function servedInWords({ fallthrough, off }: EnvironmentFlag): string {
  return serveInWords(fallthrough, off);
}

function sayPrerequisites({ prerequisites: before }: EnvironmentFlag, { prerequisites: after }: EnvironmentFlag): string[] {
  const was = new Set(before.map(({ flag }) => flag));
  const is = new Set(after.map(({ flag }) => flag));
  const needed = [...is].filter((flag) => !was.has(flag)).map((flag) => `now needs ${flag}`);
  const free = [...was].filter((flag) => !is.has(flag)).map((flag) => `no longer needs ${flag}`);
  return needed.length + free.length > 0 ? [...needed, ...free] : ['prerequisites changed'];
}

function named(variant: string | undefined): string {
  return variant ?? 'the code default';
}
