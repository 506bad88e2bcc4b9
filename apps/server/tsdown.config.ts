import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/main.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: true,
  fixedExtension: false,
  deps: {
    // Loaded where REDIS_URL is set, and then nothing has to be installed for it: six packages less for everybody else.
    onlyBundle: ['redis', '@redis/bloom', '@redis/client', '@redis/json', '@redis/search', '@redis/time-series'],
    // The client asks for these, and does without.
    neverBundle: ['@opentelemetry/api', '@node-rs/xxhash'],
  },
});
