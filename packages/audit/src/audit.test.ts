import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verdictOf, type Audit } from './audit.ts';
import { readConfig } from './config/read-config.ts';
import { scanRequest } from './config/scan-request.ts';
import { manifestText } from './manifest.ts';
import { flags, monorepo, shipped, writeFiles, type Files } from './monorepo.test-kit.ts';
import { placeText } from './report/text.ts';
import { perform } from './scan/perform.ts';
import type { Truth } from './truth/known-flag.ts';
import type { Shipped } from './truth/shipped.ts';

const root = mkdtempSync(join(tmpdir(), 'taffrail-audit-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;

/** Audits files as they would stand in a folder. */
async function audited(files: Files, truth?: Truth, releases?: readonly Shipped[]): Promise<Audit> {
  const folder = join(root, String((folders += 1)));
  writeFiles(folder, files);
  const { config } = await readConfig(folder);
  const keys = [...(truth?.flags.keys() ?? [])];
  const scan = perform(scanRequest(folder, config, { staged: false, keys }));
  return verdictOf(scan, config, { truth, shipped: releases, today: '2026-11-23', whole: true });
}

const told = ({ findings }: Audit) =>
  findings.map(({ severity, check, place, message }) => `${place ? placeText(place) : '-'} ${severity} ${check}: ${message}`);

describe('a code base with one case of each finding', () => {
  let audit: Audit;
  beforeAll(async () => {
    audit = await audited(monorepo, flags, shipped);
  });

  it('has these findings at these places, and no others', () => {
    expect(told(audit)).toEqual([
      'apps/api/src/beta.test.ts:3:34 note one-position: Tests see "nobodys" only on: let one see it off.',
      'apps/api/src/beta.test.ts:6:17 warning unused: Only tests read the flag "tested-only".',
      'apps/api/src/beta.ts:4:42 warning dynamic-key: Which flag on reads here is not known before the program runs: `beta-${name}`. Name the flag, or list the flags and choose among them.',
      'apps/api/src/beta.ts:5:33 warning ownerless: Nobody answers for "nobodys": give it an owner.',
      'apps/api/src/beta.ts:8:1 warning suppression: There is nothing here for "unknown" to find: take the comment away.',
      'apps/api/src/billing.ts:5:23 error unknown: There is no flag "new-biling". Did you mean "new-billing"?',
      'apps/api/src/billing.ts:6:26 error expired: "old-menu" expired on 2026-11-22: take it out of the code, or give it another last day. It is web\'s.',
      'apps/api/src/billing.ts:9:39 warning default-differs: The code default of "page-size" is 50 here and 25 elsewhere.',
      'apps/api/src/billing.ts:10:40 error wrong-type: "theme" is a string flag, and flags.value asks for a boolean here.',
      'apps/api/src/billing.ts:10:40 warning default-differs: The code default of "theme" is true here and "light" elsewhere.',
      'apps/web/src/list.ts:1:25 warning unused: Nothing reads the flag "mentioned-only": its key stands here, but no read of it was seen.',
      '- warning unused: Nothing reads the flag "forgotten".',
      '- note gone-from-code: "in-releases-only" is gone from the code, but 8.4.0 (supported until 2027-06-30), 8.3.3 still read it: keep the flag until that support ends.',
      '- error archived-too-soon: "put-away" was archived, but 8.3.3 still reads it: restore it with "taffrail flag restore put-away".',
    ]);
  });

  it('fails by its errors, counts what was suppressed, and leaves nothing unchecked', () => {
    expect(audit).toMatchObject({ state: 'failed', suppressed: 1, unmade: [], notices: [] });
  });

  it('is parsed only where it says something of flags', () => {
    expect(audit.files).toBe(12);
    expect(audit.parsed).toBe(11);
  });

  it('gives a manifest of what the product reads, the same bytes each time', async () => {
    const text = manifestText(audit.reads);
    expect(manifestText((await audited(monorepo)).reads)).toBe(text);
    const { flags: listed } = JSON.parse(text);
    expect(listed.map(({ key }: { key: string }) => key)).toEqual([
      'legacy',
      'new-biling',
      'new-billing',
      'next-release',
      'nobodys',
      'old-menu',
      'page-size',
      'theme',
    ]);
    expect(listed[6]).toEqual({
      key: 'page-size',
      type: 'number',
      defaults: [25, 50],
      reads: [
        { file: 'apps/api/src/billing.ts', line: 4, column: 51 },
        { file: 'apps/api/src/billing.ts', line: 9, column: 39 },
      ],
    });
  });

  it('is judged by what needs no flags where none are known', async () => {
    const alone = await audited(monorepo);
    expect(new Set(alone.findings.map(({ check }) => check))).toEqual(
      new Set(['dynamic-key', 'default-differs', 'one-position']),
    );
    const unmade = ['unknown', 'wrong-type', 'expired', 'unused', 'gone-from-code', 'archived-too-soon'];
    expect(alone).toMatchObject({ state: 'passed', unmade: [...unmade, 'ownerless'] });
  });
});

const head = "import { createClient } from '@taffrail/node';\nexport const flags = createClient({});\n";
const keysOf = ({ reads }: Audit) => reads.map(({ key, why }) => key ?? `? ${why}`);

describe('a read is found', () => {
  it.each<[string, string, string[]]>([
    ['by an alias of a method', "const on = flags.isEnabled; on('a');", ['a']],
    ['by a method taken out', "const { details } = flags; details('a', 1);", ['a']],
    ['for one context', "const mine = flags.forContext({}); mine.isEnabled('a');", ['a']],
    [
      'of a client at a site',
      "import { createClient as open } from '@taffrail/node/on-prem'; const site = open(); site.isEnabled('a');",
      ['a'],
    ],
    [
      'by the type of a client at a site',
      "import type { OnPremClient } from '@taffrail/node/on-prem'; export const f = (c: OnPremClient) => c.isEnabled('a');",
      ['a'],
    ],
    ['through a constant', "const KEY = 'a'; flags.isEnabled(KEY);", ['a']],
    ['through texts put together', "const AREA = 'a'; flags.isEnabled(AREA + '-' + `b-${1}`);", ['a-b-1']],
    ['through a choice of two', "flags.isEnabled(Math.random() > 1 ? 'a' : 'b');", ['a', 'b']],
    ['through a wrapper that is called', "function on(key) { return flags.isEnabled(key); } on('a');", ['a']],
    ['through a wrapper of a wrapper', "const one = (k) => flags.isEnabled(k); const two = (k) => one(k); two('a');", ['a']],
    ['through an object that is passed', "const on = ({ key }) => flags.isEnabled(key); on({ key: 'a' });", ['a']],
    ['through an object of constants', "const K = Object.freeze({ x: { y: 'a' } }); flags.isEnabled(K.x['y']);", ['a']],
    ['after an assignment', "let late; late = flags; late.isEnabled('a');", ['a']],
    ['in a class that holds a client', "class A { #f = flags; go() { return this.#f.isEnabled('a'); } }", ['a']],
    ['by a method of a class', "class A { on(k) { return flags.isEnabled(k); } } new A().on('a');", ['a']],
    ['on what is awaited', "const get = async () => flags; (await get()).isEnabled('a');", ['a']],
    ['through optional chaining and assertions', "flags?.isEnabled('a'); (flags as any)!.value('b', 1);", ['a', 'b']],
    ['as a key that is not known', 'for (const k of list) flags.isEnabled(k);', ['? k']],
    ['in a wrapper that nobody calls', 'export const on = (key) => flags.isEnabled(key);', ['? key']],
  ])('%s', async (_, code, keys) => {
    expect(keysOf(await audited({ 'a.ts': head + code }))).toEqual(keys);
  });

  it.each<[string, string]>([
    ['of another thing with such a method', "const cache = new Map(); cache.isEnabled('a'); cache.value('a', 1);"],
    ['where the name stands for something nearer', "{ const flags = new Map(); flags.isEnabled('a'); }"],
    ['without a key', 'flags.isEnabled();'],
    ['in a comment or a text', "// flags.isEnabled('a')\nconst text = \"flags.isEnabled('a')\";"],
  ])('but not %s', async (_, code) => {
    expect(keysOf(await audited({ 'a.ts': head + code }))).toEqual([]);
  });
});

describe('a read in another file is found', () => {
  it.each<[string, Files, string[]]>([
    ['by the name of a client that is handed on', { 'b.ts': "export const f = ({ flags }) => flags.isEnabled('b');" }, ['b']],
    [
      'by the type of a parameter',
      { 'b.ts': "import type { Client } from '@taffrail/node'; export const f = (c: Client) => c.isEnabled('b');" },
      ['b'],
    ],
    [
      'by the type of a member',
      {
        'deps.ts': "import type { Client } from '@taffrail/node'; export interface Deps { f: Client }",
        'b.ts': "import type { Deps } from './deps'; export const f = (d: Deps) => d.f.isEnabled('b');",
      },
      ['b'],
    ],
    ['by another name', { 'b.ts': "import { flags as f } from './a'; f.isEnabled('b');" }, ['b']],
    [
      'through a barrel of barrels',
      {
        'x/index.ts': "export * from '../a';",
        'y.ts': "export { flags } from './x';",
        'b.ts': "import { flags } from './y.js'; flags.isEnabled('b');",
      },
      ['b'],
    ],
    [
      'by a default export',
      {
        'c.ts': "import { flags } from './a'; export default (k: string) => flags.isEnabled(k);",
        'b.ts': "import isOn from './c'; isOn('b');",
      },
      ['b'],
    ],
    [
      'in CommonJS',
      {
        'c.cjs': "const { createClient } = require('@taffrail/node'); module.exports = { f: createClient({}) };",
        'b.js': "const { f } = require('./c.cjs'); f.isEnabled('b');",
      },
      ['b'],
    ],
    [
      'from the source folder, by an alias',
      {
        'src/lib/on.ts': "import { flags } from '../../a'; export const on = (k: string) => flags.isEnabled(k);",
        'src/b.ts': "import { on } from '@/lib/on'; on('b');",
      },
      ['b'],
    ],
  ])('%s', async (_, files, keys) => {
    expect(keysOf(await audited({ 'a.ts': head, ...files }))).toEqual(keys);
  });
});
