import type { FlagSet } from '@taffrail/engine';
import type { Clock, LayerSink, LayerSource } from '@taffrail/sdk-core';
import { type Entry, type Site, siteLayer } from '@taffrail/shipment';
import { createEffect } from './effect.ts';
import { followOverrides, overrideReader } from './overrides.ts';
import { onceEach, someOf } from './remarks.ts';
import type { SiteSettings } from './site.ts';

/** The site's words are compared with the flags a moment after they are new, and now and then while flags change. */
const REVIEW_DELAY_MS = 250;
const REVIEW_EVERY_MS = 10_000;

/** The layers of a site: an override file as it changes, and `TAFFRAIL_OFF`. Undefined where nothing is said. */
export function siteLayers({ file, off }: SiteSettings, clock: Clock): LayerSource | undefined {
  if (file === undefined && off.length === 0) return undefined;
  return (sink) => {
    let site: Site = { entries: [], off };
    const reviews = createReviews(file ?? '', () => site, clock, sink.say);

    function use(entries: readonly Entry[]): void {
      site = { entries, off };
      reviews.soon();
      sink.lay(siteLayer(site));
    }

    use([]);
    const followed = file === undefined ? undefined : followOverrides(file, clock, createEffect(file, use, sink.say));
    return {
      loaded: followed?.loaded ?? Promise.resolve(),
      saw: reviews.after,
      close() {
        followed?.close();
        reviews.close();
      },
    };
  };
}

/** Says, a moment after a state came, what of the site's words is without effect on it. */
function createReviews(file: string, site: () => Site, clock: Clock, say: LayerSink['say']) {
  const tell = onceEach(say);
  let cancel: (() => void) | undefined;
  let flags: FlagSet | undefined;
  let delayMs = REVIEW_DELAY_MS;

  async function review(): Promise<void> {
    cancel = undefined;
    delayMs = REVIEW_EVERY_MS;
    const { entries, off } = site();
    // Nothing to say, and so nothing to load.
    if (entries.length === 0 && off.every((key) => flags?.item('f', key))) return tell('warn', '');
    const reader = await overrideReader();
    const problems = reader.review(site(), { file, nowMs: clock.nowMs(), flags });
    const isMistake = problems.some(({ severity }) => severity === 'error');
    const sentences = someOf(problems.map(reader.problemText));
    tell(isMistake ? 'error' : 'warn', sentences === '' ? '' : `overrides without effect: ${sentences}`);
  }

  return {
    soon(): void {
      cancel?.();
      cancel = undefined;
      delayMs = REVIEW_DELAY_MS;
    },
    after(set: FlagSet): void {
      flags = set;
      cancel ??= clock.after(delayMs, () => void review().catch(() => {}));
    },
    close: () => cancel?.(),
  };
}
