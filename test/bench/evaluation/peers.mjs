import { createRequire } from 'node:module';
import { pinned } from '../pinned.mjs';

/** What we are compared with. They stand in a cache and are installed when a benchmark asks. */
const peers = pinned('taffrail-bench', {
  '@growthbook/growthbook': '1.8.0',
  '@launchdarkly/node-server-sdk': '9.13.7',
  '@openfeature/core': '1.12.0',
  '@openfeature/flagd-core': '4.0.1',
  'configcat-node': '11.4.1',
  'unleash-client': '6.12.1',
});
const load = createRequire(`${peers.folder}package.json`);

/** A peer's module. */
export const peer = (name) => load(name);

export const { versions, install: installPeers } = peers;
