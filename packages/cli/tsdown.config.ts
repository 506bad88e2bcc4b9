import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/main.ts', 'src/api.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: { entry: 'src/api.ts' },
  fixedExtension: false,
});
