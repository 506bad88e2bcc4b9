import { probe } from './probe.mjs';
import { watchTraffic } from './traffic.mjs';
import { viewport } from './setting.mjs';

const DRAWN_WITHIN_MS = 60_000;
/** A key that nobody answers is pressed again. */
const PRESS_EVERY_MS = 50;
/** What a page does after its first answer still blocks: it is waited for. */
const SETTLE_MS = 2000;
/** A task blocks for as long as it exceeds this. */
const UNNOTICED_MS = 50;

/** One visit to the list of flags by somebody whose browser has never been there. */
export async function coldLoad(browser, subject) {
  const context = await browser.newContext({ viewport, storageState: subject.storage });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const traffic = await watchTraffic(session, subject.url);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.addInitScript(probe, { watched: subject.watched, search: subject.search });
    await page.goto(subject.url + subject.list, { waitUntil: 'commit' });
    await page.waitForFunction(() => globalThis.taffrailBench.drawnMs, undefined, { timeout: DRAWN_WITHIN_MS });
    await pressUntilAnswered(page, subject.search);
    await page.waitForTimeout(SETTLE_MS);
    const { drawnMs, answeredMs, longTasksMs } = await page.evaluate('taffrailBench');
    const blockedMs = longTasksMs.reduce((sum, took) => sum + Math.max(0, took - UNNOTICED_MS), 0);
    return { drawnMs, answeredMs, blockedMs, cpuMs: await cpuMs(session), ...traffic() };
  } finally {
    await context.close();
  }
}

/** What the page's own thread has worked, whatever else the machine did. */
async function cpuMs(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

async function pressUntilAnswered(page, search) {
  await page.keyboard.press('a');
  while (!(await page.evaluate('taffrailBench.answeredMs'))) {
    await page.waitForTimeout(PRESS_EVERY_MS);
    if (await page.evaluate('taffrailBench.answeredMs')) return;
    await page.locator(search).focus();
    await page.keyboard.press('a');
  }
}
