import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/flat-context.ts', 'src/versions.ts', 'src/network.ts', 'src/matches.ts'],
  format: 'esm',
  platform: 'neutral',
  target: 'es2020',
  dts: true,
  fixedExtension: false,
});
