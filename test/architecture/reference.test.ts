import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { parse } from '../../packages/cli/src/program.ts';
import { apiPage } from './reference/api.ts';
import { cliPage } from './reference/cli.ts';
import { withConfig } from './reference/config.ts';
import { withLimits } from './reference/limits.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

/** What the code says of itself is written into the docs by `npm run docs`, which runs this with `--update`. */
it.each([
  ['operating.md', () => withLimits(withConfig(readFileSync(`${docs}operating.md`, 'utf8')))],
  ['reference/cli.md', cliPage],
  ['reference/api.md', apiPage],
])('%s says what the code says', async (page, write) => {
  const path = docs + page;
  const text = await format(write(), { ...(await resolveConfig(path)), parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(path);
});

/** Of the README and the hand-written pages: each line of a shell that calls the CLI, without its comment and in the foreground. */
const commandLines = ['../README.md', ...readdirSync(docs).filter((name) => name.endsWith('.md'))].flatMap((page) =>
  [...readFileSync(docs + page, 'utf8').matchAll(/^(?:npx )?taffrail (.*?)(?: &)?(?: +#.*)?$/gm)].map(([, line = '']) => line),
);

/** A line's words as a shell has them, up to a pipe: what stands in quotes is one. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)];
  const pipe = words.findIndex(([word]) => word === '|');
  return words.slice(0, pipe === -1 ? words.length : pipe).map(([word, double, single]) => double ?? single ?? word);
}

it.each(commandLines)('the docs say taffrail %s, which is understood', (line) => {
  expect(parse(wordsOf(line), '')).toHaveProperty('row');
});
