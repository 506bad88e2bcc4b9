import type { Serve } from '@taffrail/engine';
import { isSplit, percentOf, restPercent, type Split } from '../edit/percentages.ts';
import { bucketingWords, conditionWords } from './condition-words.ts';
import { percentWords } from './numbers.ts';

/** What is served, as people say it: `on`, `10 % of org on, else off`, `the code default`. */
export function serveWords(serve: Serve): string {
  if ('variant' in serve) return serve.variant;
  if (isSplit(serve)) return splitWords(serve);
  if ('switch' in serve)
    return serve.switch.map(({ when, serve: then }) => `${serveWords(then)} if ${conditionWords(when)}`).join(', else ');
  return 'the code default';
}

function splitWords(split: Split): string {
  const arms = split.arms.map((arm) => `${percentWords(percentOf(arm))} ${serveWords(arm.serve)}`);
  const [first = '', ...others] = arms;
  const head = first.replace(' %', ` % of ${bucketingWords(split.split)}`);
  const left = restPercent(split);
  const rest = left > 0 ? [`else ${serveWords(split.rest ?? { codeDefault: true })}`] : [];
  return [head, ...others, ...rest].join(', ');
}
