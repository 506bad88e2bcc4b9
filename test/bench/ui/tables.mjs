import { aimed, atLeast, atMost, bytes, milliseconds, number } from '../report/numbers.mjs';
import { median, percentile } from '../statistics.mjs';
import { FLAGS } from './setting.mjs';

const aims = {
  answeredMs: 600,
  faster: 5,
  blockedMs: 100,
  requests: 8,
  codeBytes: 150_000,
  rows: 15,
  hosts: 0,
  keyMs: 50,
  seenMs: 300,
};
const clickAims = {
  'create a flag, on for one org': 4,
  '10 % in production': 3,
  'kill in production': 1,
  'undo the kill': 1,
};

/** `theirs` is absent where the peer could not be had. */
export function coldTable(ours, theirs) {
  const row = (title, figure, write, aim, better = least) => [
    title,
    spread(ours, figure, write),
    ...(theirs ? [spread(theirs, figure, write), times(better(medianOf(theirs, figure), medianOf(ours, figure)))] : []),
    aim(medianOf(ours, figure)),
  ];
  return {
    title: `The list of ${number(FLAGS)} flags, in a browser that has never been there`,
    columns: ['', 'Taffrail', ...(theirs ? ['Unleash', 'ratio'] : []), 'aim'],
    rows: [
      row('rows are painted', 'drawnMs', milliseconds, () => ''),
      row('… and a key is answered', 'answeredMs', milliseconds, (value) => interactive(value, theirs)),
      row('blocked by long tasks', 'blockedMs', milliseconds, below(aims.blockedMs, milliseconds)),
      row('CPU of the page’s thread', 'cpuMs', milliseconds, () => ''),
      row('requests', 'requests', number, below(aims.requests, number)),
      row('sent, all', 'bytes', bytes, () => ''),
      row('sent, scripts and styles', 'codeBytes', bytes, below(aims.codeBytes, bytes)),
      row('other hosts asked', 'hosts', number, below(aims.hosts, number)),
      row('rows in sight at 1440 × 900', 'rows', number, (value) => atLeast(aims.rows, value, number), most),
    ],
  };
}

const below = (bound, write) => (value) => atMost(bound, value, write);

function interactive(value, theirs) {
  const bound = atMost(aims.answeredMs, value, milliseconds);
  if (!theirs) return bound;
  return `${bound}, ${aimed(`≥ ${aims.faster} × faster`, medianOf(theirs, 'answeredMs') >= aims.faster * value)}`;
}

const medianOf = (loads, figure) => median(loads.map((load) => load[figure]));

function spread(loads, figure, write) {
  const values = loads.map((load) => load[figure]);
  const [from, to] = [Math.min(...values), Math.max(...values)].map(write);
  return from === to ? from : `${write(median(values))} (${from} – ${to})`;
}

/** How many times as good ours is, where the least or the most is the best. */
const least = (theirs, ours) => theirs / ours;
const most = (theirs, ours) => ours / theirs;
const times = (ratio) => (Number.isFinite(ratio) ? `${number(ratio)} ×` : '');

export function liveTable({ walked, typed, seen }, theirSeen) {
  const row = (title, taken, bound, peer) => [
    title,
    ...shares(taken),
    ...(theirSeen ? (peer ? shares(peer) : ['', '']) : []),
    aimed(`p95 ≤ ${milliseconds(bound)}`, percentile(taken, 0.95) <= bound),
  ];
  return {
    title: 'In an open page',
    columns: ['to the frame that shows it', 'p50', 'p95', ...(theirSeen ? ['Unleash p50', 'p95'] : []), 'aim'],
    rows: [
      row('`j` and `k` in the list', walked, aims.keyMs),
      row('a letter in the search', typed, aims.keyMs),
      row('another person’s change, from its request', seen, aims.seenMs, theirSeen),
    ],
  };
}

const shares = (taken) => [0.5, 0.95].map((share) => milliseconds(percentile(taken, share)));

export const clickTable = (clicks) => ({
  title: 'Clicks',
  columns: ['task', 'clicks', 'aim'],
  rows: Object.entries(clicks).map(([task, count]) => [task, number(count), atMost(clickAims[task], count, number)]),
});
