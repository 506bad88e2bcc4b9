import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/validate.ts', 'src/openapi.ts', 'src/override-file.ts', 'src/shipment.ts', 'src/doctor-bundle.ts'],
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  fixedExtension: false,
  // All of typebox takes 120 ms to load and 20 MB; what is used of it takes 2 ms.
  noExternal: ['typebox'],
});
