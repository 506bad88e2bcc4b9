export { type Evaluation, type Hook, type Hookable, withHooks } from '@taffrail/sdk-core/hooks';
