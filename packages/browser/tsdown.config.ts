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

// What few need is apart, so that what everybody loads is not cut up for it.
export default defineConfig([
  entries('index', 'versions', 'network', 'matches', 'react'),
  { ...entries('hooks', 'sentry', 'opentelemetry'), clean: false },
  { ...entries('shared', 'bootstrap'), clean: false },
  // There is one React context, and it is the one of the entry that applications load.
  { ...entries('testing', 'react-testing'), clean: false, external: ['@taffrail/browser/react'] },
]);
