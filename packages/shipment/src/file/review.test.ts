import { describe, expect, it } from 'vitest';
import type { Entry } from '../entry.ts';
import { entry, flag, NOW_MS, seen } from '../site.test-kit.ts';
import type { BackOut } from '@taffrail/schema/shipment';
import { backedOut } from '../release/back-out.ts';
import { problemText } from './problem.ts';
import { review } from './review.ts';

const flags = seen([
  flag('dark'),
  flag('dead', { on: false, metadata: { layer: 'kill' } }),
  flag('shut', { on: false, metadata: { layer: 'off' } }),
  flag('title', { type: 'string', variants: { a: 'A' } }),
  flag('size', { type: 'number', variants: { a: 1 } }),
]);

const backOuts: BackOut[] = [
  { id: 'BO-17', flags: ['dark'], severity: 'required', reason: 'it loses rows', since: 2 },
  { id: 'BO-18', flags: ['title'], severity: 'advisory', reason: 'it is ugly', since: 3 },
];

/** What is said of an entry where a shipment is in force. */
function saidOf(one: Entry): string[] {
  const removed = { 'old-ui': { in: '8.6.0', now: 'always on' } };
  const lines = [
    backedOut(backOuts.slice(0, 1))(flag('dark')),
    backedOut(backOuts.slice(1))(flag('title', { type: 'string', variants: { a: 'A' } })),
    flag('fixed', { metadata: { overridable: false } }),
  ];
  const site = { entries: [one], off: one.flag === 'old-ui' ? ['old-ui'] : [], backOuts, removed };
  return review(site, { file: 'flags.yaml', nowMs: NOW_MS, flags: seen(lines) }).map(
    (problem) => `${problem.severity}${problem.stands ? ' stands' : ''} ${problem.message}`,
  );
}

const said = (entries: readonly Entry[], off: readonly string[] = [], known: typeof flags | undefined = flags): string[] =>
  review({ entries, off }, { file: 'flags.yaml', nowMs: NOW_MS, flags: known }).map(
    (problem) => `${problem.severity} ${problemText(problem)}`,
  );

const expired = { untilMs: NOW_MS, expires: '2026-12-23' };

describe('a review', () => {
  it.each<[string, Entry, string[]]>([
    ['is content with what fits', entry({ flag: 'dark', value: 'on' }), []],
    [
      'knows the nearest flag',
      entry({ flag: 'drak', value: true }),
      ['warning flags.yaml:3:5: there is no flag drak here; did you mean dark?'],
    ],
    [
      'does not guess',
      entry({ flag: 'billing', value: true }),
      ['warning flags.yaml:3:5: there is no flag billing here: check the key and the environment'],
    ],
    [
      'wants text in quotes',
      entry({ flag: 'title', value: 8.1 }),
      ['error flags.yaml:3:5: title serves text, and this value is a number: put it in quotes'],
    ],
    [
      'knows lists',
      entry({ flag: 'size', value: [1] }),
      ['error flags.yaml:3:5: size serves a number, and this value is a list'],
    ],
    [
      'knows objects',
      entry({ flag: 'dark', value: { a: 1 } }),
      ['error flags.yaml:3:5: dark serves true or false, and this value is an object'],
    ],
    [
      'knows the day',
      entry({ flag: 'dark', value: true, ...expired }),
      ['warning flags.yaml:3:5: the override of dark expired on 2026-12-23: take it out, or renew it'],
    ],
    [
      'knows kills',
      entry({ flag: 'dead', value: true }),
      ['warning flags.yaml:3:5: dead was killed, and stays off until it is unlocked: take the override out'],
    ],
    [
      'knows what a relay was told to turn off',
      entry({ flag: 'shut', value: true }),
      [
        'warning flags.yaml:3:5: shut is turned off by TAFFRAIL_OFF at the site that serves it, and stays off: take the override out',
      ],
    ],
  ])('%s', (_, one, problems) => expect(said([one])).toEqual(problems));

  it('goes by the order of the file, then through TAFFRAIL_OFF', () => {
    const entries = [entry({ flag: 'later', value: true, line: 9 }), entry({ flag: 'earlier', value: true, line: 4 })];
    expect(said(entries, ['dark', 'drak'])).toEqual([
      expect.stringContaining('flags.yaml:4:5'),
      expect.stringContaining('flags.yaml:9:5'),
      'warning TAFFRAIL_OFF: there is no flag drak here; did you mean dark?',
    ]);
  });

  it('looks only at days where the flags are not known', () => {
    const problems = review(
      { entries: [entry({ flag: 'drak', value: true }), entry({ flag: 'dark', value: 25, ...expired })], off: ['gone'] },
      { file: 'flags.yaml', nowMs: NOW_MS },
    );
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('expired on 2026-12-23')]);
  });

  it.each<[string, Entry, string[]]>([
    [
      'says what an entry has to acknowledge, and why',
      entry({ flag: 'dark', value: true }),
      [
        'warning OVERRIDE_NEEDS_ACK BO-17: dark is backed out by BO-17 (“it loses rows”); add acknowledges: [BO-17], or take the override out',
      ],
    ],
    ['is content with what is acknowledged', entry({ flag: 'dark', value: true, acknowledges: ['BO-17'] }), []],
    [
      'knows who acknowledges what is not there yet, or holds another flag',
      entry({ flag: 'dark', value: true, acknowledges: ['BO-17', 'BO-18', 'BO-99'] }),
      [
        'warning stands the override of dark acknowledges BO-18, BO-99, and no back-out of that name holds it here: take the name out',
      ],
    ],
    ['is content with what turns off', entry({ flag: 'dark', value: 'off' }), []],
    [
      'warns of what stands against advice',
      entry({ flag: 'title', value: 'A' }),
      ['warning stands title is backed out by BO-18 (“it is ugly”), and the override stands against it'],
    ],
    [
      'knows what is not for sites to change',
      entry({ flag: 'fixed', value: true }),
      ['error fixed is not for sites to change in this release: take the override out'],
    ],
    [
      'knows what became of a flag, in the file and in TAFFRAIL_OFF',
      entry({ flag: 'old-ui', value: true }),
      [
        'warning old-ui was removed in 8.6.0, always on: take the override out',
        'warning old-ui was removed in 8.6.0, always on: take the override out',
      ],
    ],
    [
      'says whose flags it looked among',
      entry({ flag: 'billing', value: true }),
      ['warning there is no flag billing here: check the key and the release'],
    ],
    [
      'knows the nearest of what was removed',
      entry({ flag: 'odl-ui', value: true }),
      ['warning there is no flag odl-ui here; did you mean old-ui?'],
    ],
    [
      'guesses as much as other commands do',
      entry({ flag: 'od-u', value: true }),
      ['warning there is no flag od-u here; did you mean old-ui?'],
    ],
  ])('of a shipment %s', (_, one, sentences) => expect(saidOf(one)).toEqual(sentences));
});
