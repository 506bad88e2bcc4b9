import { defineConfig, type UserConfig } from 'tsdown';

const bundled = ['ajv', 'ajv-formats', 'fast-deep-equal', 'fast-uri', 'json-schema-traverse', 're2js', 'yaml'];

const entries = (names: readonly string[], onlyBundle: readonly string[]): UserConfig => ({
  entry: names.map((name) => `src/${name}.ts`),
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node20',
  dts: true,
  deps: { onlyBundle: [...onlyBundle] },
});

// Apart, so that no line of what few need comes into what everybody loads.
export default defineConfig([
  entries(['index'], bundled),
  { ...entries(['on-prem'], [...bundled, 'typebox']), clean: false },
  { ...entries(['hooks', 'sentry', 'opentelemetry'], []), clean: false },
  { ...entries(['testing'], []), clean: false },
  { ...entries(['bootstrap'], []), clean: false },
]);
