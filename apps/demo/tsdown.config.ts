import { defineConfig } from 'tsdown';

export default defineConfig([
  {
    entry: ['src/main.ts'],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    dts: false,
    fixedExtension: false,
  },
  {
    // What the page runs: one file with the browser SDK in it, so that no other host is asked for anything.
    entry: { page: 'src/page/main.ts' },
    outDir: 'dist/page',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    dts: false,
    fixedExtension: false,
    deps: { alwaysBundle: ['@taffrail/browser'] },
  },
]);
