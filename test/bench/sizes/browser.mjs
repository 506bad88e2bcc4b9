import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const resolveDir = fileURLToPath(new URL('../..', import.meta.url));

/** What an application imports, by what it then can do. */
const imports = {
  core: '',
  versions: "import * as versions from '@taffrail/browser/versions';",
  network: "import * as network from '@taffrail/browser/network';",
  matches: "import * as matches from '@taffrail/browser/matches';",
};

/** What stands on top of the core, and what an application that uses it has anyway. */
const bindings = {
  react: { entry: '@taffrail/browser/react', external: ['react'] },
  shared: { entry: '@taffrail/browser/shared', external: [] },
  openfeature: { entry: '@taffrail/openfeature/web', external: ['@openfeature/*'] },
  hooks: { entry: '@taffrail/browser/hooks' },
  sentry: { entry: '@taffrail/browser/sentry' },
  opentelemetry: { entry: '@taffrail/browser/opentelemetry' },
};

/**
 * Bytes, minified and gzip'd, of what stands on top of the core, by itself.
 *
 * @returns {Promise<Record<string, number>>}
 */
export async function bindingBytes() {
  const sizes = Object.entries(bindings).map(async ([name, { entry, external }]) => [
    name,
    await gzippedBytes(`import * as bound from '${entry}'; globalThis.bound = bound;`, external),
  ]);
  return Object.fromEntries(await Promise.all(sizes));
}

/**
 * Bytes, minified and gzip'd, that the browser SDK adds to an application: the core, and the core with one entry more.
 *
 * @returns {Promise<Record<string, number>>}
 */
export async function browserSdkBytes() {
  const sizes = Object.entries(imports).map(async ([name, more]) => [name, await bundledBytes(more, name)]);
  return Object.fromEntries(await Promise.all(sizes));
}

/** Whatever an entry exports is used. */
function bundledBytes(more, name) {
  const used = more === '' ? '' : `rows: Object.values(${name}),`;
  return gzippedBytes(
    `${more} import { createClient } from '@taffrail/browser'; globalThis.flags = createClient({ ${used} ...globalThis.options });`,
  );
}

/** Built out of `dist`, the way an application's bundler does it. */
async function gzippedBytes(contents, external = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2021',
    legalComments: 'none',
    logLevel: 'silent',
    external,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
