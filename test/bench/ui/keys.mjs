const PAUSE_MS = 40;
/** Event timing rounds to 8 ms and tells of nothing that took less than this. */
export const UNTOLD_MS = 16;
const text = 'team-3.flag-1';

/** How long each key of `presses` took from its press to the frame that answers it, in a list that is open. */
export async function keyTimes(page, presses) {
  await page.evaluate(watchEvents, UNTOLD_MS);
  const walked = await timed(page, [...Array(presses).fill('j'), ...Array(presses / 2).fill('k')]);
  await page.keyboard.press('/');
  const word = [...text, ...Array(text.length).fill('Backspace')];
  const typed = await timed(page, Array.from({ length: Math.ceil(presses / word.length) }, () => word).flat());
  return { walked, typed };
}

async function timed(page, keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(PAUSE_MS);
  }
  await page.waitForTimeout(PAUSE_MS * 5);
  const told = await page.evaluate('taffrailEvents.splice(0)');
  const longest = new Map();
  for (const [interaction, tookMs] of told) longest.set(interaction, Math.max(tookMs, longest.get(interaction) ?? 0));
  return [...longest.values(), ...Array(Math.max(0, keys.length - longest.size)).fill(UNTOLD_MS)];
}

/** Runs in the page. */
function watchEvents(durationThreshold) {
  const events = [];
  globalThis.taffrailEvents = events;
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId) events.push([interactionId, duration]);
  }).observe({ type: 'event', durationThreshold });
}
