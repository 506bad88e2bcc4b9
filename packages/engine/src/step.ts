import type { Test } from './answer.ts';
import type { Pin, Prerequisite, Rule, Serve } from './model.ts';
import type { Serving } from './serving.ts';

/** Where in the flag a step comes from. */
type Source =
  | { readonly step: 'off' | 'needs'; readonly source: undefined }
  | { readonly step: 'prerequisite'; readonly source: Prerequisite }
  | { readonly step: 'pin'; readonly source: Pin }
  | { readonly step: 'rule'; readonly source: Rule }
  | { readonly step: 'fallthrough'; readonly source: Serve };

/** Where its test is *true*, or it has none, a step serves. Where nothing comes of that, `miss` serves, or the next step is taken. */
export type Action = readonly [test: Test | undefined, serve: Serving, miss?: Serving | undefined];

/** One thing that may decide a flag. */
export type Step = Source & { readonly test: Action[0]; readonly serve: Serving; readonly miss: Action[2] };
