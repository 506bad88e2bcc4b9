import { defineConfig, type UserConfig } from 'tsdown';

const entries = (...names: readonly string[]): UserConfig => ({
  entry: names.map((name) => `src/${name}.ts`),
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  fixedExtension: false,
});

// What few need is apart, so that what everybody loads is not cut up for it.
export default defineConfig([entries('index'), { ...entries('hooks', 'sentry', 'opentelemetry', 'testing'), clean: false }]);
