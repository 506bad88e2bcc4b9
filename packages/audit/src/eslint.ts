import { knownFlags } from './eslint/known-flags.ts';

/** The plugin for ESLint's flat configuration: `plugins: { taffrail }`, `rules: { 'taffrail/known-flags': ['error', { flags: 'flags.json' }] }`. */
export const taffrail = {
  meta: { name: '@taffrail/audit', namespace: 'taffrail' },
  rules: { 'known-flags': knownFlags },
};

export { knownFlags };
