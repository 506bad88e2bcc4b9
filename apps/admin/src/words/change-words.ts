import type { Rule } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { same } from '../edit/same.ts';
import { offWords, prerequisiteWords, ruleWords } from './flag-words.ts';
import { someOf } from './numbers.ts';
import { serveWords } from './serve-words.ts';

/** One difference between two versions of a flag in an environment. */
export interface ChangeLine {
  /** What it is about: `Everyone else`, `Pins`, `Rule 2`. */
  readonly about: string;
  /** Absent when there was nothing. */
  readonly before?: string;
  /** Absent when nothing is left. */
  readonly after?: string;
}

type Describe = (before: EnvironmentFlag, after: EnvironmentFlag) => ChangeLine[];

/** In the order in which evaluation asks them. */
const describers: readonly Describe[] = [
  ({ on: was }, { on: is }) => when(was !== is, { about: 'State', before: was ? 'on' : 'off', after: is ? 'on' : 'off' }),
  ({ locked: was }, { locked: is }) =>
    when(was !== is, { about: 'Lock', before: was ? 'killed' : 'unlocked', after: is ? 'killed' : 'unlocked' }),
  (before, after) => whole('While off', offWords(before), offWords(after)),
  (before, after) =>
    lists('Prerequisite', before.prerequisites.map(prerequisiteWords), after.prerequisites.map(prerequisiteWords)),
  pinLines,
  ruleLines,
  (before, after) =>
    whole(
      'Everyone else',
      serveWords(before.fallthrough),
      serveWords(after.fallthrough),
      same(before.fallthrough, after.fallthrough),
    ),
  variantLines,
  ({ client: was }, { client: is }) =>
    when(was !== is, { about: 'Browsers', before: browserWords(was), after: browserWords(is) }),
];

/** Every difference, in words. */
export function changeLines(before: EnvironmentFlag, after: EnvironmentFlag): ChangeLine[] {
  return describers.flatMap((describe) => describe(before, after));
}

/** A line as one sentence: `Everyone else: 5 % of org on, else off → 10 % of org on, else off`. */
export function lineWords({ about, before, after }: ChangeLine): string {
  if (before === undefined) return `${about}: add ${after}`;
  if (after === undefined) return `${about}: remove ${before}`;
  return `${about}: ${before} → ${after}`;
}

function pinLines(before: EnvironmentFlag, after: EnvironmentFlag): ChangeLine[] {
  const [were, are] = [variantByPin(before), variantByPin(after)];
  const groups = new Map<string, { line: Omit<ChangeLine, 'about'>; kind: string; keys: string[] }>();
  for (const id of new Set([...were.keys(), ...are.keys()])) {
    const [was, is] = [were.get(id), are.get(id)];
    if (was === is) continue;
    const [kind, key] = splitPin(id);
    const line = { ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
    const group = groups.get(`${kind} ${was} ${is}`) ?? { line, kind, keys: [] };
    groups.set(`${kind} ${was} ${is}`, { ...group, keys: [...group.keys, key] });
  }
  return [...groups.values()].map(({ line, kind, keys }) => ({ about: `Pin ${kind} ${someOf(keys)}`, ...line }));
}

function variantByPin({ pins }: EnvironmentFlag): Map<string, string> {
  return new Map(pins.flatMap(({ kind, variant, keys }) => keys.map((key): [string, string] => [`${kind} ${key}`, variant])));
}

function splitPin(id: string): [string, string] {
  const at = id.indexOf(' ');
  return [id.slice(0, at), id.slice(at + 1)];
}

function ruleLines({ rules: were }: EnvironmentFlag, { rules: are }: EnvironmentFlag): ChangeLine[] {
  const removed = were.flatMap((rule, index) =>
    find(are, rule) ? [] : [{ about: `Rule ${index + 1}`, before: ruleWords(rule) }],
  );
  const kept = are.flatMap((rule, index) => {
    const old = find(were, rule);
    const about = `Rule ${index + 1}`;
    return old ? whole(about, ruleWords(old), ruleWords(rule), same(old, rule)) : [{ about, after: ruleWords(rule) }];
  });
  return [...removed, ...kept, ...orderLine(were, are)];
}

function orderLine(were: readonly Rule[], are: readonly Rule[]): ChangeLine[] {
  const [before, after] = [were.filter((rule) => find(are, rule)), are.filter((rule) => find(were, rule))];
  const moved = before.some(({ id }, index) => after[index]?.id !== id);
  const numbers = (rules: readonly Rule[]) => rules.map((rule) => were.findIndex(({ id }) => id === rule.id) + 1).join(', ');
  return when(moved, { about: 'Order of rules', before: numbers(before), after: numbers(after) });
}

function variantLines({ variants: were }: EnvironmentFlag, { variants: are }: EnvironmentFlag): ChangeLine[] {
  const names = [...new Set([...Object.keys(were), ...Object.keys(are)])];
  return names.flatMap((name) => {
    const about = `Variant ${name}`;
    const [before, after] = [were[name], are[name]];
    if (same(before, after)) return [];
    return [
      {
        about,
        ...(name in were ? { before: JSON.stringify(before) } : {}),
        ...(name in are ? { after: JSON.stringify(after) } : {}),
      },
    ];
  });
}

function lists(about: string, were: readonly string[], are: readonly string[]): ChangeLine[] {
  const gone = were.filter((words) => !are.includes(words)).map((before) => ({ about, before }));
  const come = are.filter((words) => !were.includes(words)).map((after) => ({ about, after }));
  return [...gone, ...come];
}

/** Two that read the same may differ in their buckets alone: that is said too, never hidden. */
function whole(about: string, before: string, after: string, unchanged = before === after): ChangeLine[] {
  return when(!unchanged, { about, before, after: before === after ? `${after} (other buckets)` : after });
}

function when(changed: boolean, line: ChangeLine): ChangeLine[] {
  return changed ? [line] : [];
}

const find = (rules: readonly Rule[], { id }: Rule) => rules.find((rule) => rule.id === id);
const browserWords = (client: boolean) => (client ? 'sent to browsers' : 'servers only');
