import { openChromium } from '../product/chromium.mjs';
import { number } from '../report/numbers.mjs';
import { countClicks } from './clicks.mjs';
import { coldLoad } from './cold.mjs';
import { keyTimes, UNTOLD_MS } from './keys.mjs';
import { rowsInSight, withOpenPage } from './open-page.mjs';
import { seenAfter } from './seen.mjs';
import { clickTable, coldTable, liveTable } from './tables.mjs';
import { withTaffrail } from './taffrail.mjs';
import { installUnleash, versions, withUnleash } from './unleash.mjs';

const whole = { loads: 7, presses: 100, changes: 40, polledChanges: 6 };
const quickly = { loads: 3, presses: 20, changes: 10, polledChanges: 2 };
/** Unleash asks for its list every 15 s: changes come at different moments in between. */
const POLL_MS = 15_000;

export async function ui({ quick, say }) {
  const browser = await openChromium();
  if (!browser) throw new Error('There is no Chromium: set CHROMIUM_PATH.');
  try {
    const counts = quick ? quickly : whole;
    return await withTaffrail(browser, (ours) =>
      withPeer(browser, say, (theirs, trouble) => measure({ browser, ours, theirs, counts, say }, trouble)),
    );
  } finally {
    await browser.close();
  }
}

/** Without the peer, `trouble` says why. */
async function withPeer(browser, say, use) {
  say('installs and fills the peer');
  if (!installUnleash()) return use(undefined, 'it could not be installed');
  let isThere = false;
  try {
    return await withUnleash(browser, (theirs) => {
      isThere = true;
      return use(theirs);
    });
  } catch (error) {
    if (isThere) throw error;
    return use(undefined, error.message.split('\n')[0].replace(/\.$/, ''));
  }
}

async function measure({ browser, ours, theirs, counts, say }, trouble) {
  const subjects = theirs ? [ours, theirs] : [ours];
  const loads = await coldLoads(browser, subjects, counts.loads, say);
  say('keys, changes of others and clicks');
  const live = await withOpenPage(browser, ours, (page) => livePage(page, ours, counts));
  say(theirs ? 'changes of others in the peer, which polls' : `the peer is missing: ${trouble}`);
  const theirLive = theirs && (await withOpenPage(browser, theirs, (page) => polledPage(page, theirs, counts)));
  const peersLoads = theirs && withRows(loads[1], theirLive);
  return {
    title: 'Admin UI',
    tables: [coldTable(withRows(loads[0], live), peersLoads), liveTable(live, theirLive?.seen), clickTable(live.clicks)],
    notes: notes(counts, theirs, trouble),
  };
}

const withRows = (loads, { rows }) => loads.map((load) => ({ ...load, rows }));

/** Interleaved: what slows the machine for a while slows everyone. The first visit of each warms its server and does not count. */
async function coldLoads(browser, subjects, count, say) {
  const loads = subjects.map(() => []);
  for (let round = 0; round <= count; round++) {
    say(`cold visits, round ${round} of ${count}`);
    for (const [place, subject] of subjects.entries()) {
      const load = await coldLoad(browser, subject);
      if (round > 0) loads[place].push(load);
    }
  }
  return loads;
}

async function livePage(page, subject, { presses, changes }) {
  const rows = await rowsInSight(page, subject);
  const seen = await seenAfter(page, subject, changes);
  const { walked, typed } = await keyTimes(page, presses);
  return { rows, seen, walked, typed, clicks: await countClicks(page) };
}

async function polledPage(page, subject, { polledChanges }) {
  const rows = await rowsInSight(page, subject);
  return { rows, seen: await seenAfter(page, subject, polledChanges, (each) => (POLL_MS * (each + 0.5)) / polledChanges) };
}

const notes = ({ loads, presses, changes, polledChanges }, theirs, trouble) => [
  `Medians of ${loads} visits, each in a fresh profile of Chromium, with least and most; the servers, the browser and the measuring process share the machine. Signed in already; Unleash’s two guides of a first visit are closed.`,
  'A key is answered when a letter is painted in the search field; the way of the key from the measuring process to the browser is counted. Blocked: what tasks took beyond 50 ms each, until 2 s after the answer.',
  `What was sent is as the browser received it: compressed by each server as it chooses, with headers. Other hosts cannot be reached, which costs no time.`,
  `${number(presses)} presses; Chromium rounds them to 8 ms and tells of none below ${UNTOLD_MS} ms, which count as ${UNTOLD_MS}. ${number(changes)} changes through the API${theirs ? `; in Unleash, whose list asks every ${POLL_MS / 1000} s, ${polledChanges}` : ''}. Clicks are counted while the mouse does the task.`,
  theirs
    ? `Peer: ${versions[0]} on PostgreSQL, with as many flags, its list of a project (25 rows a page).`
    : `Unleash is missing: ${trouble}.`,
];
