import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/**
 * Bytes, minified and gzip'd, of what a browser loads for an import of ours out of `dist`: the way an application's bundler makes it.
 * `code` is the application's module.
 */
export async function bundledBytes(code, resolveDir) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir, loader: 'js' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2020',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return gzipped(outputFiles[0].contents);
}

export const gzippedBytes = gzipped;
