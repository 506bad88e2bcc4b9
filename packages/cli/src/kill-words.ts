import type { Contracts, ResponseOf } from '@taffrail/schema';
import { minute } from './values.ts';

type Shown = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;

/** Who killed a flag somewhere, and why. */
export type Kill = NonNullable<Shown['kills']>[string];

/** As `killed here by Ana, 2026-03-01 12:00: rows are lost`. */
export function killWords({ feature, by, at, reason }: Kill): string {
  const what = feature === undefined ? 'killed here' : `killed here as feature ${feature} was backed out,`;
  return `${what} by ${by.name}, ${minute(at)}${reason === undefined ? '' : `: ${reason}`}`;
}
