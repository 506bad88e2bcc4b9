import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/versions.ts', 'src/network.ts', 'src/matches.ts', 'src/react.ts'],
  format: ['esm', 'cjs'],
  platform: 'browser',
  target: 'es2022',
  dts: true,
  fixedExtension: true,
  deps: { onlyBundle: ['re2js'] },
});
