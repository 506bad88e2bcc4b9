import { createClient } from '@taffrail/node';
import { vi } from 'vitest';
import { clientAnswer } from './client-answer.ts';
import type { Answer, Question } from './file.ts';

const key = 'tf_srv_aaaaaaaa_0';
const logger = { warn() {}, error() {} };
/** A network on which nothing is ever heard. */
const silence: typeof fetch = () => new Promise(() => {});
const alone = { url: 'http://127.0.0.1:1', key, cacheFolder: false, overrideFile: false, logger, fetch: silence } as const;

/** Asks a client that begins with the snapshot, and never hears of another. */
export function askNode(text: string, questions: readonly Question[], nowMs: number): readonly Answer[] {
  const now = vi.spyOn(Date, 'now').mockReturnValue(nowMs);
  const client = createClient({ ...alone, bootstrap: text });
  try {
    return questions.map(({ flag, codeDefault, context }) => clientAnswer(client.details(flag, codeDefault, context)));
  } finally {
    void client.close();
    now.mockRestore();
  }
}
