export { shared } from './shared/shared.ts';
export type { Share } from './options.ts';
