/** Where a site keeps what it takes, and what the product's package brings. Whoever installs the product knows better. */
export const folders = {
  site: '/var/lib/acme/flags',
  package: '/opt/acme/flags',
  override: '/etc/acme/flags.yaml',
  key: '/etc/acme/install-key',
} as const;

/** How a Node product reads its flags at a site, which asks a vendor at an address or nobody. */
export function onPremSnippet(vendor: string | undefined): string {
  const asked = [`  vendor: { url: '${vendor}', key: readFileSync('${folders.key}', 'utf8') },`];
  return [
    ...(vendor === undefined ? [] : [`import { readFileSync } from 'node:fs';`]),
    `import { createClient } from '@taffrail/node/on-prem';`,
    `const flags = createClient({`,
    `  package: '${folders.package}',`,
    `  site: '${folders.site}',`,
    `  overrideFile: '${folders.override}',`,
    ...(vendor === undefined ? [] : asked),
    `});`,
    `await flags.ready();`,
  ].join('\n');
}

/** How a product in any other language reads its flags at a site: from a relay beside it. */
export function relaySnippet(vendor: string | undefined): string {
  const options = [
    `--package ${folders.package}`,
    `--site ${folders.site}`,
    `--override ${folders.override}`,
    ...(vendor === undefined ? [] : [`--vendor ${vendor}`, `--vendor-key-file ${folders.key}`]),
  ];
  return ['taffrail relay', ...options.map((option) => `  ${option}`)].join(' \\\n');
}
