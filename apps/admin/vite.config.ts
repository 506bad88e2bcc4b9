import react from '@vitejs/plugin-react';
import { packAssets } from './pack-assets.ts';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** `light-dark()`, `:has()` and native dialogs are used as they are: nothing is lowered for older browsers. */
const target = ['chrome123', 'edge123', 'firefox121', 'safari17.5'];

const firstLoad = new Set<string>();

export default defineConfig({
  plugins: [react(), findFirstLoad(), packAssets()],
  resolve: { conditions: ['@taffrail/source', ...defaultClientConditions] },
  server: { proxy: { '/api': 'http://localhost:4400' } },
  build: {
    target,
    cssTarget: target,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // One file for what every page needs, one for what most others share: a page is two requests more, not twenty.
        codeSplitting: {
          groups: [
            { name: 'first', test: (id: string) => firstLoad.has(id), priority: 2 },
            {
              name: 'parts',
              test: /src\/(ui|words|edit|contexts|conditions|publish)\/|packages\/engine\//,
              priority: 1,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
});

/** The modules that the entry imports, directly or not, without waiting. */
function findFirstLoad(): Plugin {
  return {
    name: 'taffrail:first-load',
    buildEnd() {
      const waiting = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry);
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (firstLoad.has(id)) continue;
        firstLoad.add(id);
        waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
  };
}
