export {
  createTestClient,
  eachSide,
  type FlagMatchers,
  flagMatchers,
  type FlagValues,
  type Match,
  type SidesOptions,
  type TestClient,
  type TestClientOptions,
  withFlags,
} from '@taffrail/sdk-core/testing';
