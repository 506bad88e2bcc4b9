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

/** A line's words as a shell has them: what stands in double quotes is one. */
const wordsOf = (line: string) => [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);

it.each(commandLines)('the docs say taffrail %s, which is understood', (line) => {
  expect(parse(wordsOf(line), '')).toHaveProperty('row');
});
