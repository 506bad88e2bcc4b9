const PAUSE_MS = 150;
const SEEN_WITHIN_MS = 60_000;

/** How long after its request another person's change is painted in an open page, one change after the other. */
export async function seenAfter(page, subject, changes, pauseOf = () => PAUSE_MS) {
  const tookMs = [];
  for (let each = 0; each < changes; each++) {
    const on = each % 2 === 0;
    await page.waitForTimeout(pauseOf(each));
    const seen = page.evaluate(`(${String(paintedWhen)})(() => (${subject.isOn}) === ${on}, ${SEEN_WITHIN_MS})`);
    const sentMs = epochMs();
    await subject.turn(on);
    tookMs.push((await seen) - sentMs);
  }
  return tookMs;
}

/** The clock of pages, in this process. */
const epochMs = () => performance.timeOrigin + performance.now();

/** Runs in the page: when the first frame was painted that shows what is waited for. */
function paintedWhen(isShown, withinMs) {
  return new Promise((resolve, reject) => {
    const untilMs = performance.now() + withinMs;
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(performance.timeOrigin + performance.now()), { once: true });
    port1.start();
    const look = () => {
      if (performance.now() > untilMs) reject(new Error(`not seen within ${withinMs} ms`));
      else if (isShown()) port2.postMessage(null);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
