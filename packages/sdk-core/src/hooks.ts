export type { Evaluation, Hook } from './hooks/hook.ts';
export { type Hookable, withHooks } from './hooks/with-hooks.ts';
