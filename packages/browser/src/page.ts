import type { Platform } from '@taffrail/sdk-core';

/** A page that nobody has seen for so long gives its connection back. */
const HIDDEN_MS = 5 * 60_000;

/**
 * Sleeps while the page is hidden for long, or put aside by the browser; wakes when it is shown again, and makes its connection
 * anew when the network returns. Without a page there is nothing to attend to.
 */
export const attend: NonNullable<Platform['attend']> = ({ sleep, wake }) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsleep = false;

  const rest = (): void => {
    isAsleep = true;
    sleep();
  };
  const rise = (): void => {
    if (isAsleep) wake();
    isAsleep = false;
  };
  const look = (): void => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(rest, HIDDEN_MS);
    else rise();
  };
  const reconnect = (): void => {
    if (!isAsleep) wake();
  };

  const ears: readonly (readonly [string, () => void])[] = [
    ['visibilitychange', look],
    ['pagehide', rest],
    ['pageshow', rise],
    ['online', reconnect],
  ];
  for (const [event, act] of ears) addEventListener(event, act);
  return () => {
    clearTimeout(timer);
    for (const [event, act] of ears) removeEventListener(event, act);
  };
};
