import type { Prerequisite, Rule } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { conditionWords } from './condition-words.ts';
import { listed } from './numbers.ts';
import { serveWords } from './serve-words.ts';

export function ruleWords({ when, serve, onMiss }: Rule): string {
  const stop = onMiss ? `, else stop with ${serveWords(onMiss.stop)}` : '';
  return `If ${conditionWords(when)} → ${serveWords(serve)}${stop}`;
}

export function prerequisiteWords({ flag, variants, unmet }: Prerequisite): string {
  const otherwise = unmet === 'codeDefault' ? ', else the code default' : '';
  return `needs ${flag} to serve ${listed(variants, 'or')}${otherwise}`;
}

export function offWords({ off }: Pick<EnvironmentFlag, 'off'>): string {
  return off ?? 'the code default';
}
