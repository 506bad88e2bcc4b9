import { defineConfig, type UserConfig } from 'tsdown';

const bundled = ['ajv', 'ajv-formats', 'fast-deep-equal', 'fast-uri', 'json-schema-traverse', 're2js', 'yaml'];

const entry = (name: string, onlyBundle: readonly string[]): UserConfig => ({
  entry: [`src/${name}.ts`],
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node20',
  dts: true,
  deps: { onlyBundle: [...onlyBundle] },
});

// Apart, so that no line of what only sites need comes into what everybody loads.
export default defineConfig([entry('index', bundled), { ...entry('on-prem', [...bundled, 'typebox']), clean: false }]);
