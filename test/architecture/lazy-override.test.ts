import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const dist = new URL('../../packages/node/dist/', import.meta.url);

// As built: a process without an override file must not pay for a parser and a validator.
it.each([
  ['index.mjs', /import\("\.\/(override-file-[\w-]+\.mjs)"\)/],
  ['index.cjs', /then\(\(\) => require\("\.\/(override-file-[\w-]+\.cjs)"\)/],
])('%s of the Node SDK holds the override file’s reader apart, and loads it only when asked', (name, asked) => {
  const text = readFileSync(new URL(name, dist), 'utf8');
  const [, chunk = ''] = asked.exec(text) ?? [];
  expect(text.split(chunk)).toHaveLength(2);
  expect(text).not.toContain('YAMLParseError');
  expect(readFileSync(new URL(chunk, dist), 'utf8')).toContain('YAMLParseError');
});
