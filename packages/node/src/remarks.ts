import type { LayerSink } from '@taffrail/sdk-core';

type Say = LayerSink['say'];

/** Problems that one line of a log tells; the command line tells all. */
const TOLD = 10;

/** What is looked at every few seconds is said when it begins, not each time it is seen. */
export function onceEach(say: Say): Say {
  let said = '';
  return (level, sentence) => {
    if (sentence !== said && sentence !== '') say(level, sentence);
    said = sentence;
  };
}

/** As many problems as one line of a log can hold. */
export function someOf(problems: readonly string[]): string {
  const more = problems.length - TOLD;
  return problems.slice(0, TOLD).join('; ') + (more > 0 ? `; and ${more} more, see taffrail override check` : '');
}
