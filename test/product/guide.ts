import { expect } from 'vitest';
import type { Shell } from './shell.ts';

/** A block of code of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));
}

/** Runs the commands of a block in a shell. A request that says what is answered is made here, until it is answered so. */
export async function follow(text: string, shell: Shell): Promise<void> {
  for (const step of stepsOf(text)) {
    if ('commands' in step) await shell.run(step.commands);
    else await expect.poll(() => answerOf(step.url), { message: step.url, timeout: 10_000 }).toBe(step.answer);
  }
}

/** A request of the app that says what is answered, or the commands up to the next one. */
type Step = { readonly commands: string } | { readonly url: string; readonly answer: string };

function stepsOf(text: string): Step[] {
  return text.split(/^(curl .*\n)/m).flatMap((part): Step[] => {
    const [, url, answer] = /^curl '(.*)' *# (.*)\n/.exec(part) ?? [];
    if (url !== undefined && answer !== undefined) return [{ url, answer }];
    return part.trim() === '' ? [] : [{ commands: part }];
  });
}

async function answerOf(url: string): Promise<string> {
  const response = await fetch(url).catch(() => undefined);
  return response ? response.text() : 'nothing listens yet';
}
