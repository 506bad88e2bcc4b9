import type { Standing } from '../api/queries.ts';
import { withMoments } from '../words/time.ts';

type Gate = Standing['gates'][number];

/** What a gate says to who reads it here: the next step by hand, and moments as people read them. */
export function gateWords({ name, open, sentence }: Gate, { fullSince }: Pick<Standing, 'fullSince'>): string {
  const said = pageWords(sentence);
  const isBeforeFull = name === 'hours at 100 %' && !open && fullSince === undefined;
  return isBeforeFull ? said.replace(/\.$/, ': go to 100 % first.') : said;
}

/** Without the commands for which there is a page here. */
export function pageWords(text: string): string {
  return withMoments(text.replace(commandsWithPage, ''));
}

const commandsWithPage = /, as with "taffrail (segment|feature) [^"]*"/g;
