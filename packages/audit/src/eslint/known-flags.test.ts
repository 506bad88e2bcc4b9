import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint, RuleTester } from 'eslint';
import { afterAll, describe, expect, it } from 'vitest';
import { knownFlags, taffrail } from '../eslint.ts';

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester({ languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } });

const head = "import { createClient } from '@taffrail/node';\nconst flags = createClient({});\n";
const options = [{ flags: ['new-billing', 'page-size'] }];

tester.run('known-flags', knownFlags, {
  valid: [
    { name: 'a flag that there is', code: `${head}flags.isEnabled('new-billing');`, options },
    { name: 'something else of the same name', code: "new Map().value('nothing', 1);", options },
    { name: 'a key that is not told where no flags are named', code: `${head}flags.isEnabled('whatever');` },
    { name: 'a function for others to call', code: `${head}export const isOn = (key) => flags.isEnabled(key);`, options },
  ],
  invalid: [
    {
      name: 'a flag that there is not, with the nearest that is',
      code: `${head}flags.isEnabled('new-biling');`,
      options,
      errors: [
        { message: 'There is no flag "new-biling". Did you mean "new-billing"?', line: 3, column: 17, endLine: 3, endColumn: 29 },
      ],
    },
    {
      name: 'a key that is put together',
      code: `${head}export const f = (name) => flags.value(\`beta-\${name}\`, 1);`,
      options,
      errors: [{ messageId: 'dynamic', line: 3, column: 40 }],
    },
    {
      name: 'an alias, a constant, a wrapper, an element',
      code: [
        "import { Flag } from '@taffrail/browser/react';",
        head,
        "const KEY = 'gone';",
        'const { isEnabled: on } = flags;',
        'on(KEY);',
        'const wrap = (key) => on(key);',
        "wrap('lost');",
        'const page = <Flag flag="missing" />;',
      ].join('\n'),
      options,
      errors: [7, 9, 10].map((line) => ({ messageId: 'unknown', line })),
    },
    {
      name: 'a file of flags that is not there, once and without a stack',
      code: `${head}flags.isEnabled('new-billing');`,
      options: [{ flags: 'nowhere.ndjson' }],
      errors: [
        {
          message:
            'No flag is checked here. There is no file nowhere.ndjson. Write it with "taffrail export nowhere.ndjson", or name another.',
          line: 1,
        },
      ],
    },
    {
      name: 'calls that a team names',
      code: "export const f = (resolver) => resolver.ask('nope');",
      options: [{ ...options[0], calls: [{ callee: 'resolver.ask' }] }],
      errors: [{ messageId: 'unknown' }],
    },
  ],
});

describe('in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-eslint-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'lib'));
  writeFileSync(
    join(folder, 'lib/flags.ts'),
    `${head}export { flags };\nexport const KEYS = { a: 'left', b: 'right' } as const;`,
  );
  writeFileSync(join(folder, 'flags.json'), JSON.stringify({ format: 1, flags: [{ key: 'left', defaults: [], reads: [] }] }));
  writeFileSync(
    join(folder, 'use.js'),
    "import { flags, KEYS } from './lib/flags.js';\nflags.isEnabled(KEYS.a);\nflags.isEnabled(KEYS.b);",
  );

  it('follows imports, and reads the flags from a file', async () => {
    const config = [{ plugins: { taffrail }, rules: { 'taffrail/known-flags': ['error', { flags: 'flags.json' }] } }];
    const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: config as never });
    const [{ messages } = { messages: [] }] = await eslint.lintFiles(['use.js']);
    expect(messages.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '3:17 There is no flag "right".',
    ]);
  });
});
