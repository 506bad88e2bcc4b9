import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/browser.ts', 'src/explain.ts', 'src/override-file.ts', 'src/signed.ts', 'src/site-store.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: true,
  fixedExtension: false,
  // One package less for whoever installs the server.
  deps: { onlyBundle: ['yaml'] },
});
