import { adminBytes } from './admin.mjs';
import { bindingBytes, browserSdkBytes } from './browser.mjs';
import { budgets } from './budgets.mjs';
import { atMost, bytes } from '../report/numbers.mjs';

/** What browsers load. A test holds budgets for them: `test/architecture/size.test.ts`. */
export async function sizes() {
  const { core, ...entries } = await browserSdkBytes();
  const { react, openfeature, hooks, sentry, opentelemetry, shared } = await bindingBytes();
  const { firstLoad, routes } = adminBytes();
  const [largest, largestBytes] = Object.entries(routes).sort(([, a], [, b]) => b - a)[0] ?? ['none', 0];
  return {
    title: 'Sizes',
    tables: [
      {
        columns: ['minified and gzip’d', '', 'aim'],
        rows: [
          row('browser SDK: local rules, fetch, stream, cache', core, budgets.browserCore),
          ...Object.entries(entries).map(([name, size]) => row(`… with \`${name}\`: ${bytes(size - core)} more`, size)),
          row('React bindings, on top of it', react, budgets.react),
          row('OpenFeature web provider, on top of it', openfeature, budgets.openfeature),
          row('one connection for all tabs, on top of it', shared, budgets.shared),
          row('hooks, on top of it', hooks, budgets.hooks),
          row('… that for Sentry', sentry, budgets.sentry),
          row('… that for OpenTelemetry', opentelemetry, budgets.opentelemetry),
          row('admin UI, first load with the list of flags, scripts and styles', firstLoad, budgets.adminFirstLoad),
          row(`admin UI, largest other page (${largest.replace(/-[\w-]{8}\.js$/, '')})`, largestBytes, budgets.adminRoute),
        ],
      },
    ],
    notes: ['The SDK is bundled by esbuild as an application would bundle it, out of its built package.'],
  };
}

const row = (what, size, budget) => [what, bytes(size), budget === undefined ? '' : atMost(budget.aim, size, bytes)];
