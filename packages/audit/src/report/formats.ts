import type { Audit } from '../audit.ts';
import type { Colours } from './colours.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text.ts';

/** Writes what an audit came to. The text may hold names out of the code base: escape it for where it goes. */
export type Report = (audit: Audit, colours?: Colours) => string;

/** The ways to write an audit down. */
export const formats = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  github: githubReport,
} as const satisfies Record<string, Report>;
export type Format = keyof typeof formats;
