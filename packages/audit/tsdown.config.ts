import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { index: 'src/index.ts', eslint: 'src/eslint.ts', 'scan.child': 'src/scan/scan.child.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: { entry: ['src/index.ts', 'src/eslint.ts'] },
  fixedExtension: false,
});
