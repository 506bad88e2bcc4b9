export { type FlagMatchers, flagMatchers, type Match } from './testing/matchers.ts';
export { createTestClient, type FlagValues, type TestClient, type TestClientOptions } from './testing/test-client.ts';
export { eachSide, type SidesOptions, withFlags } from './testing/with-flags.ts';
