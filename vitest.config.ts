import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const fromSource = '@taffrail/source';
const setup = {
  resolve: { conditions: [fromSource, ...defaultClientConditions] },
  // Node knows no condition `module`: packages put there what only bundlers can load.
  ssr: { resolve: { conditions: [fromSource, ...defaultServerConditions.filter((name) => name !== 'module')] } },
};
// A package of ours that node loaded by itself would come from dist, beside the copy from src.
const server = { deps: { inline: [/@taffrail\//] } };

// What starts a server or a browser of its own may meet a busy machine; a test that hangs still ends.
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // One more than there are cores: most of the time goes to programs that a test has started and waits for.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { ...setup, test: { name: 'packages', include: ['packages/*/src/**/*.test.{ts,tsx}'], server } },
      { ...setup, test: { name: 'apps', include: ['apps/{server,demo}/src/**/*.test.ts'], server } },
      {
        ...setup,
        plugins: [react()],
        test: { name: 'admin', include: ['apps/admin/src/**/*.test.{ts,tsx}'], environment: 'happy-dom', server },
      },
      {
        ...setup,
        test: {
          name: 'crossing',
          include: ['test/{architecture,bench,conformance,e2e,tenancy}/**/*.test.ts'],
          ...patient,
          server,
        },
      },
      { ...setup, test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...patient, server } },
    ],
  },
});
