/** Where a site keeps what it takes, and what the product's package brings. Whoever installs the product knows better. */
const folders = { site: '/var/lib/acme/flags', package: '/opt/acme/flags', override: '/etc/acme/flags.yaml' } as const;

/** What a connected site asks; an air-gapped one asks nobody. */
export interface Vendor {
  readonly url: string;
  readonly key: string;
}

/** How a Node product reads its flags at a site. */
export function onPremSnippet(vendor: Vendor | undefined): string {
  const asked = vendor && [`  vendor: { url: '${vendor.url}', key: process.env.TAFFRAIL_INSTALL_KEY },`];
  return [
    `import { createClient } from '@taffrail/node/on-prem';`,
    `const flags = createClient({`,
    `  package: '${folders.package}',`,
    `  site: '${folders.site}',`,
    `  overrideFile: '${folders.override}',`,
    ...(asked ?? []),
    `});`,
    `await flags.ready();`,
  ].join('\n');
}

/** How a product in any other language reads its flags at a site: from a relay beside it. */
export function relaySnippet(vendor: Vendor | undefined): string {
  const options = [
    ...(vendor ? [`--url ${vendor.url}`] : []),
    `--package ${folders.package}`,
    `--site ${folders.site}`,
    `--override ${folders.override}`,
  ];
  return ['taffrail relay', ...options.map((option) => `  ${option}`)].join(' \\\n');
}
