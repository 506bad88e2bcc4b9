import { WARNINGS } from './limits.ts';
import type { Logger } from './platform.ts';

/** How a client speaks to the people who run it. */
export interface Voice {
  readonly say: (level: keyof Logger, sentence: string, ...cause: unknown[]) => void;
  /** Says each sentence once: a flag is asked for often, what is wrong with it is told once. */
  readonly remark: (sentence: string) => void;
}

export function createVoice(log: Logger): Voice {
  const said = new Set<string>();

  function say(level: keyof Logger, sentence: string, ...cause: unknown[]): void {
    try {
      log[level](`Taffrail: ${sentence}`, ...cause);
    } catch {
      // The application's logger is the application's business; its flags still have values.
    }
  }

  return {
    say,
    remark(sentence) {
      if (said.size < WARNINGS && said.size < said.add(sentence).size) say('warn', sentence);
    },
  };
}
