import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { truthOf } from './truth/known-flag.ts';
import type { Shipped } from './truth/shipped.ts';

/** Files of a code base, by path. */
export type Files = Readonly<Record<string, string>>;

export function writeFiles(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const lines = (...all: string[]) => `${all.join('\n')}\n`;

/** A code base of several packages in which everything is right but for one case of each finding. */
export const monorepo: Files = {
  'taffrail.audit.json': JSON.stringify({
    calls: [{ callee: 'flagResolver.isEnabled', type: 'boolean' }],
    sets: [{ callee: 'mockFlags', flags: 0 }],
    readElsewhere: ['mobile-only'],
  }),
  'package.json': '{ "name": "acme", "workspaces": ["apps/*", "packages/*"] }',
  '.gitignore': 'dist/\n*.generated.ts\n!kept.generated.ts\n',
  'packages/flags/package.json': '{ "name": "@acme/flags" }',
  'packages/flags/src/index.ts': lines("export { flags, isOn } from './client.js';", "export * from './keys.js';"),
  'packages/flags/src/client.ts': lines(
    "import { createClient, type Client } from '@taffrail/node';",
    '',
    "export const flags: Client = createClient({ url: 'https://flags.example', key: 'k' });",
    'export const isOn = (key: string, org: string) => flags.isEnabled(key, { org });',
  ),
  'packages/flags/src/keys.ts': lines(
    "export const KEYS = { billing: 'new-billing', pageSize: 'page-size' } as const;",
    "export enum Old { Menu = 'old-menu' }",
  ),
  'apps/api/package.json': '{ "name": "api" }',
  'apps/api/src/billing.ts': lines(
    "import { flags, isOn, KEYS, Old } from '@acme/flags';",
    '',
    'export function bill(org: string) {',
    '  if (isOn(KEYS.billing, org)) return flags.value(KEYS.pageSize, 25, { org });',
    "  if (flags.isEnabled('new-biling', { org })) return 1;",
    '  return flags.isEnabled(Old.Menu) ? 2 : 3;',
    '}',
    '',
    'export const size = () => flags.value(KEYS.pageSize, 50);',
    "export const wrong = () => flags.value('theme', true);",
  ),
  'apps/api/src/beta.ts': lines(
    "import { flags } from '@acme/flags';",
    '',
    'const { isEnabled: on } = flags;',
    'export const beta = (name: string) => on(`beta-${name}`);',
    "export const nobodys = () => on('nobodys');",
    '// taffrail-audit-ignore-next-line unknown -- made by the next release',
    "export const next = () => on('next-release');",
    '// taffrail-audit-ignore-next-line unknown -- it was gone once',
    "export const billing = () => on('new-billing');",
  ),
  'apps/api/src/resolver.js': lines("export const legacy = (config) => config.flagResolver.isEnabled('legacy');"),
  'apps/api/src/openfeature.ts': lines(
    "import { OpenFeature } from '@openfeature/server-sdk';",
    '',
    'const client = OpenFeature.getClient();',
    "export const theme = () => client.getStringValue('theme', 'light');",
  ),
  'apps/api/src/beta.test.ts': lines(
    "import { withFlags } from '@taffrail/sdk-core/testing';",
    '',
    "withFlags({ 'new-billing': true, nobodys: true }, () => undefined);",
    "withFlags({ 'new-billing': false }, () => undefined);",
    'mockFlags({ nobodys: true });',
    "flags.isEnabled('tested-only');",
  ),
  'apps/web/src/page.tsx': lines(
    "import { Flag, useFlag } from '@taffrail/browser/react';",
    "import { KEYS } from '@acme/flags';",
    '',
    'export function Page() {',
    "  const theme = useFlag('theme', 'light');",
    '  return <Flag flag={KEYS.billing}>{theme}</Flag>;',
    '}',
  ),
  'apps/web/src/menu.vue': lines(
    '<template><nav /></template>',
    '<script setup lang="ts">',
    "import { flags } from '@acme/flags';",
    "const legacy = flags.isEnabled('legacy');",
    '</script>',
  ),
  'apps/web/src/list.ts': "export const listed = ['mentioned-only'];\n",
  'apps/web/src/other.ts': lines(
    'const settings = new Map();',
    "settings.value('no-flag', 1);",
    "settings.isEnabled('no-flag');",
  ),
  'apps/web/dist/bundle.js': "flags.isEnabled('built');\nflagResolver.isEnabled('built');\n",
  'apps/web/src/a.generated.ts': "flagResolver.isEnabled('generated');\n",
  'node_modules/lib/index.js': "flagResolver.isEnabled('of-a-package');\n",
};

/** The flags that there are. */
export const flags = truthOf('flags.ndjson', [
  { key: 'new-billing', type: 'boolean', owner: 'billing', expiresOn: '2027-03-01', off: false },
  { key: 'page-size', type: 'number', owner: 'web', off: 25 },
  { key: 'theme', type: 'string', owner: 'web' },
  { key: 'old-menu', type: 'boolean', owner: 'web', expiresOn: '2026-11-22' },
  { key: 'nobodys', type: 'boolean', owner: '' },
  { key: 'legacy', type: 'boolean', owner: 'core' },
  { key: 'mobile-only', type: 'boolean', owner: 'mobile' },
  { key: 'tested-only', type: 'boolean', owner: 'core' },
  { key: 'mentioned-only', type: 'boolean', owner: 'core' },
  { key: 'forgotten', type: 'boolean', owner: 'core' },
  { key: 'put-away', type: 'boolean', owner: 'core', archived: true },
  { key: 'in-releases-only', type: 'boolean', owner: 'core' },
]);

/** The releases that have left, the last of them supported no more on 2026-11-23. */
export const shipped: readonly Shipped[] = [
  { name: '8.4.0', supportedUntil: '2027-06-30', flags: new Set(['new-billing', 'in-releases-only', 'mobile-only']) },
  { name: '8.3.3', flags: new Set(['in-releases-only', 'put-away', 'never-a-flag']) },
  { name: '8.2.0', supportedUntil: '2026-11-22', flags: new Set(['forgotten', 'in-releases-only']) },
];
