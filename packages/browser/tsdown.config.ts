import { defineConfig, type UserConfig } from 'tsdown';

const entries = (...names: readonly string[]): UserConfig => ({
  entry: names.map((name) => `src/${name}.ts`),
  format: ['esm', 'cjs'],
  platform: 'browser',
  target: 'es2022',
  dts: true,
  fixedExtension: true,
  deps: { onlyBundle: ['re2js'] },
});

// Hooks are apart, so that what everybody loads is not cut up for what few do.
export default defineConfig([
  entries('index', 'versions', 'network', 'matches', 'react'),
  { ...entries('hooks', 'sentry', 'opentelemetry'), clean: false },
]);
