import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/server.ts', 'src/web.ts'],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  fixedExtension: true,
});
