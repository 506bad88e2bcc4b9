import type { Bucketing, Comparison, Condition, Json, Range, Serve } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';

const hashSpace = 100_000;

/** A flag's way to an answer in one environment, one sentence a line, in the order in which it is walked. */
export function flagSentences({ on, off, locked, prerequisites, pins, rules, fallthrough }: EnvironmentFlag): string[] {
  if (!on) return [`${locked ? 'killed: off and locked' : 'off'}, everybody gets ${off ?? 'the code default'}`];
  return [
    ...prerequisites.map(({ flag, variants }) => `only while ${flag} serves ${anyOf(variants)}`),
    ...pins.map(({ kind, keys, variant }) => `${kind} ${listed(keys)} → ${variant}`),
    ...rules.map(({ when, serve }) => `if ${conditionWords(when)} → ${serveWords(serve)}`),
    `else → ${serveWords(fallthrough)}`,
  ];
}

/** What is served, in words: `on`, `10 % of org on, else off`. */
export function serveWords(serve: Serve): string {
  if ('variant' in serve) return serve.variant;
  if ('codeDefault' in serve) return 'the code default';
  if ('switch' in serve) {
    return serve.switch.map((one) => `if ${conditionWords(one.when)}: ${serveWords(one.serve)}`).join('; ');
  }
  const arms = serve.arms.map((arm) => `${percentOf(arm.ranges)} of ${bucketWords(serve.split)} ${serveWords(arm.serve)}`);
  return [...arms, ...(serve.rest ? [`else ${serveWords(serve.rest)}`] : [])].join(', ');
}

function percentOf(ranges: readonly Range[]): string {
  const buckets = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  return `${Number(((buckets * 100) / hashSpace).toFixed(3))} %`;
}

const bucketWords = ({ kind, path }: Bucketing) => (path ? `${kind}.${path.join('.')}` : kind);

/** A condition in words. */
export function conditionWords(condition: Condition): string {
  if ('all' in condition) return joined(condition.all, 'and', 'always');
  if ('any' in condition) return joined(condition.any, 'or', 'never');
  if ('not' in condition) return `not (${conditionWords(condition.not)})`;
  if ('segment' in condition) return `in segment ${condition.segment}`;
  if ('flag' in condition) return `${condition.flag} serves ${anyOf(condition.variants)}`;
  if ('time' in condition) return timeWords(condition.time);
  if ('bucket' in condition) return `within ${percentOf(condition.ranges)} of ${bucketWords(condition.bucket)}`;
  return comparisonWords(condition);
}

function joined(conditions: readonly Condition[], word: string, none: string): string {
  const parts = conditions.map((one) => ('all' in one || 'any' in one ? `(${conditionWords(one)})` : conditionWords(one)));
  return parts.length === 0 ? none : parts.join(` ${word} `);
}

function timeWords(time: { before: string | number } | { after: string | number }): string {
  const [word, moment] = 'before' in time ? ['before', time.before] : ['after', time.after];
  return `${word} ${typeof moment === 'number' ? new Date(moment).toISOString() : moment}`;
}

function comparisonWords({ kind, path, op, values = [] }: Comparison): string {
  const subject = path.length === 1 && path[0] === 'key' ? kind : `${kind}.${path.join('.')}`;
  return [subject, op.replaceAll('_', ' '), ...(values.length === 0 ? [] : [anyOf(values)])].join(' ');
}

const shown = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
const anyOf = (values: readonly Json[]) => listed(values.map(shown), ' or ');

function listed(keys: readonly string[], last = ', '): string {
  const longest = 10;
  if (keys.length > longest) return `${keys.slice(0, longest).join(', ')} and ${keys.length - longest} more`;
  return keys.length < 2 ? keys.join('') : `${keys.slice(0, -1).join(', ')}${last}${keys.at(-1)}`;
}
