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

/** What is known of the state below the layers, beside its flags. */
export interface Ground {
  /** Of the shipment in force. */
  readonly facts: () => Pick<Site, 'backOuts' | 'removed'>;
  /** What is in force, in words; empty where nobody needs to be told. */
  readonly told: () => string;
}

const hosted: Ground = { facts: () => ({}), told: () => '' };

/** The layers of a site: an override file as it changes, and `TAFFRAIL_OFF`. Undefined where nothing is said. */
export const siteLayers = (settings: SiteSettings, clock: Clock): LayerSource | undefined =>
  settings.file === undefined && settings.off.length === 0 ? undefined : layersOver(hosted, settings, clock);

/** The same above a shipment. `took` hears of the entries whenever they are others. */
export function layersOver(
  ground: Ground,
  { file, off }: SiteSettings,
  clock: Clock,
  took: (entries: readonly Entry[]) => void = () => {},
): LayerSource {
  return (sink) => {
    let site: Site = { entries: [], off };
    const reviews = createReviews(file ?? '', () => ({ ...site, ...ground.facts() }), {
      clock,
      say: sink.say,
      told: ground.told,
    });

    function use(entries: readonly Entry[]): void {
      site = { entries, off };
      reviews.soon();
      took(entries);
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

interface ReviewMeans extends Pick<Ground, 'told'> {
  readonly clock: Clock;
  readonly say: LayerSink['say'];
}

/** Says, a moment after a state came, what is in force and what of the site's words is without effect on it. */
function createReviews(file: string, site: () => Site, { clock, say, told }: ReviewMeans) {
  const tell = onceEach(say);
  let cancel: (() => void) | undefined;
  let flags: FlagSet | undefined;
  let delayMs = REVIEW_DELAY_MS;
  let toldOf = '';

  async function review(): Promise<void> {
    cancel = undefined;
    delayMs = REVIEW_EVERY_MS;
    const { entries, off } = site();
    // Nothing to say, and so nothing to load.
    if (entries.length === 0 && off.every((key) => flags?.item('f', key))) return tell('warn', told());
    const reader = await overrideReader();
    const problems = reader.review(site(), { file, nowMs: clock.nowMs(), flags });
    const isMistake = problems.some(({ severity }) => severity === 'error');
    const of = (stands: boolean): string =>
      someOf(problems.filter((problem) => (problem.stands === true) === stands).map(reader.problemText));
    tell(
      isMistake ? 'error' : 'warn',
      sentenceOf([
        ['', told()],
        ['overrides without effect: ', of(false)],
        ['', of(true)],
      ]),
    );
  }

  function soon(): void {
    cancel?.();
    cancel = undefined;
    delayMs = REVIEW_DELAY_MS;
  }

  return {
    soon,
    after(set: FlagSet): void {
      flags = set;
      if (toldOf !== (toldOf = told())) soon();
      cancel ??= clock.after(delayMs, () => void review().catch(() => {}));
    },
    close: () => cancel?.(),
  };
}

const sentenceOf = (parts: readonly (readonly [string, string])[]): string =>
  parts.flatMap(([lead, text]) => (text === '' ? [] : [lead + text])).join('; ');
