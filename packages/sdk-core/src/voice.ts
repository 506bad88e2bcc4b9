import { WARNINGS } from './limits.ts';
import type { Logger } from './platform.ts';

/** How a client speaks to the people who run it. A logger that throws is not heard of again. */
export interface Voice {
  readonly warn: (sentence: string) => void;
  readonly error: (sentence: string) => void;
  /** Says each sentence once: a flag is asked for often, what is wrong with it is told once. */
  readonly remark: (sentence: string) => void;
}

export function createVoice(log: Logger): Voice {
  const said = new Set<string>();

  function say(level: keyof Logger, sentence: string): void {
    try {
      log[level](`Taffrail: ${sentence}`);
    } catch {
      // The application's logger is the application's business; its flags still have values.
    }
  }

  return {
    warn: (sentence) => say('warn', sentence),
    error: (sentence) => say('error', sentence),
    remark(sentence) {
      if (said.has(sentence) || said.size >= WARNINGS) return;
      said.add(sentence);
      say('warn', sentence);
    },
  };
}
