import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, type Audit } from './audit.ts';
import { writeFiles } from './monorepo.test-kit.ts';
import { formats } from './report/formats.ts';

const root = mkdtempSync(join(tmpdir(), 'taffrail-hostile-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const deep = 100_000;
const head = "import { createClient } from '@taffrail/node';\nconst flags = createClient({});\n";
/** Each brings a parser, or what walks its trees, to the end of its stack. */
const nested = {
  brackets: `x = ${'['.repeat(deep)}${']'.repeat(deep)};`,
  open: '['.repeat(deep),
  functions: `${'function f(){'.repeat(deep)}${'}'.repeat(deep)}`,
  sums: `x = ${'a+'.repeat(deep)}a;`,
  choices: `x = ${'a?b:'.repeat(deep)}c;`,
  arrows: `x = ${'a=>'.repeat(deep)}1;`,
  templates: `x = ${'`${'.repeat(deep)}1${'}`'.repeat(deep)};`,
  types: `type A = ${'B<'.repeat(deep)}C${'>'.repeat(deep)};`,
};
const chains = {
  members: `flags${'.a'.repeat(deep)}.isEnabled('x');`,
  calls: `flags${'()'.repeat(deep)};`,
};
/** Names that stand for names, each for two others: without a bound, 2^60 ways. */
const doubling = Array.from(
  { length: 60 },
  (_, index) => `const k${index} = x ? k${index + 1} + k${index + 1} : k${index + 1};`,
).join('\n');

const run = (folder: string) => audit({ root: folder, today: '2026-11-23', env: { PATH: process.env['PATH'] } });

describe('a repository that wants to do harm', () => {
  let found: Audit;
  let ran = '';

  beforeAll(async () => {
    ran = join(root, 'ran');
    const evil = `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`;
    writeFiles(root, {
      'taffrail.audit.json': '{ "calls": [{ "callee": "*.*.*.*.isEnabled" }], "ignore": ["*a*a*a*a*a*a*a*a*a*a*a*a*b"] }',
      '.gitignore': `${'*a'.repeat(200)}b\n${'**/'.repeat(200)}b\n`,
      ...Object.fromEntries(Object.entries({ ...nested, ...chains }).map(([name, code]) => [`deep/${name}.ts`, head + code])),
      'good.ts': `${head}flags.isEnabled('good');\n`,
      'doubling.ts': `${head}${doubling}\nconst k60 = k0;\nflags.isEnabled(k0);\n`,
      'circle-a.ts': "export * from './circle-b';\nexport { x as flags } from './circle-b';\n",
      'circle-b.ts': "import '@taffrail/node';\nexport * from './circle-a';\nexport { flags as x } from './circle-a';\n",
      'circle-c.ts': "import { flags } from './circle-a';\nflags.isEnabled('in circles');\n",
      [`${'a'.repeat(200)}.ts`]: `${head}flags.isEnabled('long name');\n`,
      'evil\u001b]0;owned\u0007\n::error::.ts': `${head}flags.isEnabled('\u001b[2Jkey\u202e' + x);\n`,
      'taffrail.config.js': evil,
      'eslint.config.js': evil,
      '.eslintrc.js': evil,
      'package.json': '{ "name": "evil", "scripts": { "preinstall": "touch ran" }, "main": "index.js" }',
      'index.js': `${evil}\n${head}`,
      'proto.ts': `${head}const o = { __proto__: { k: 'x' } };\nflags.isEnabled('__proto__');\nflags.isEnabled('constructor');\n`,
    });
    writeFileSync(
      join(root, 'no-utf8.ts'),
      Buffer.concat([Buffer.from(`${head}// `), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from("\nflags.isEnabled('after');\n")]),
    );
    writeFileSync(join(root, 'binary.ts'), Buffer.from(`${head}\0flags.isEnabled('binary');`));
    writeFileSync(join(root, 'huge.js'), '');
    truncateSync(join(root, 'huge.js'), 100_000_000);
    symlinkSync('.', join(root, 'loop'));
    symlinkSync('/', join(root, 'everything'));
    found = await run(root);
  }, 120_000);

  it('does not keep the audit from what is right in it', () => {
    const keys = found.reads.flatMap(({ key }) => key ?? []);
    expect(keys).toEqual(expect.arrayContaining(['good', 'long name', 'after', '__proto__', 'constructor']));
    expect(keys).not.toContain('binary');
  });

  it('is told what was left out', () => {
    const told = Object.fromEntries(found.notices.map(({ file, sentence }) => [file, sentence]));
    expect(told['huge.js']).toMatch(/It has 100000 kB/);
    for (const name of Object.keys(nested)) {
      expect({ name, told: told[`deep/${name}.ts`] }).toEqual({
        name,
        told: expect.stringMatching(/parser failed|cannot be parsed/),
      });
    }
  });

  it('has nothing of it run', async () => {
    const { existsSync } = await import('node:fs');
    expect(existsSync(ran)).toBe(false);
  });

  it.each(Object.keys(formats) as (keyof typeof formats)[])('has a terminal obey nothing of it, in %s', (format) => {
    // eslint-disable-next-line no-control-regex -- what a terminal would obey
    expect(formats[format](found)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

it('goes on while files change, come and go', async () => {
  const folder = join(root, 'restless');
  mkdirSync(folder);
  const script = `
    const fs = require('node:fs');
    for (let turn = 0; ; turn = (turn + 1) % 50) {
      const path = ${JSON.stringify(folder)} + '/' + turn + '.ts';
      fs.writeFileSync(path, ${JSON.stringify(`${head}flags.isEnabled('moving');\n`)}.repeat(turn * 20));
      if (turn % 3 === 0) fs.rmSync(path);
    }`;
  const restless = spawn(process.execPath, ['-e', script]);
  await new Promise((resolve) => restless.once('spawn', resolve));
  for (let times = 0; times < 3; times += 1) expect((await run(folder)).state).toBe('passed');
  restless.kill('SIGKILL');
}, 60_000);
