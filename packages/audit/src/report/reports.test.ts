import oasis from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, it } from 'vitest';
import type { Audit } from '../audit.ts';
import { formats } from './formats.ts';
import { noStateLine, stateLine } from './state.ts';

const place = (file: string, line: number, column: number) => ({ file, line, column, endLine: line, endColumn: column + 5 });

const audit: Audit = {
  state: 'failed',
  findings: [
    { check: 'unknown', severity: 'error', key: 'gnoe', place: place('src/a b.ts', 3, 9), message: 'There is no flag "gnoe".' },
    {
      check: 'expired',
      severity: 'warning',
      key: 'old',
      place: place('src/ü.ts', 1, 1),
      related: Array.from({ length: 7 }, (_, index) => place('src/c.ts', index + 1, 1)),
      message: '"old" expired.',
    },
    { check: 'unused', severity: 'note', key: 'lost', message: 'Nothing reads the flag "lost".' },
  ],
  notices: [{ file: 'big.js', sentence: 'It has 3000 kB.' }],
  reads: [{ key: 'gnoe', callee: 'flags.isEnabled', place: place('src/a b.ts', 3, 9), inTest: false }],
  suppressed: 1,
  unmade: ['ownerless'],
  files: 12,
  parsed: 3,
};

// Of an older draft, of which nothing else is used that has changed since.
const { $schema: _draft, id: _id, ...schema } = oasis;
const fitsSarif = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, formats: { ...fullFormats } }).compile(schema);

it('reads as lines of text, each with its place', () => {
  expect(formats.text(audit)).toBe(
    [
      'src/a b.ts:3:9: error unknown: There is no flag "gnoe".',
      'src/ü.ts:1:1: warning expired: "old" expired.',
      ...[1, 2, 3, 4, 5].map((line) => `  also src/c.ts:${line}:1`),
      '  and at 2 more places',
      'note unused: Nothing reads the flag "lost".',
      'big.js: It has 3000 kB.',
      'Not checked, for want of what to judge by: ownerless.',
    ].join('\n'),
  );
});

it('says in one line what it came to', () => {
  expect(stateLine(audit)).toBe('failed: 1 error, 1 warning, 1 note, 1 suppressed; 1 flag read at 1 place in 12 files');
  expect(stateLine({ ...audit, state: 'passed', findings: [], suppressed: 0 })).toBe(
    'passed: no findings; 1 flag read at 1 place in 12 files',
  );
  expect(noStateLine('a.json:1:2: wrong\na.json:3:4: wrong')).toBe('could not audit: a.json:1:2: wrong; a.json:3:4: wrong');
});

it('annotates on GitHub', () => {
  expect(formats.github(audit).split('\n')).toEqual([
    '::error file=src/a b.ts,line=3,endLine=3,col=9,endColumn=13,title=taffrail audit%3A unknown::There is no flag "gnoe".',
    '::warning file=src/ü.ts,line=1,endLine=1,col=1,endColumn=5,title=taffrail audit%3A expired::"old" expired.',
    '::notice title=taffrail audit%3A unused::Nothing reads the flag "lost".',
    '::notice file=big.js,title=taffrail audit%3A not audited::It has 3000 kB.',
  ]);
});

const printsOf = (text: string) =>
  JSON.parse(text).runs[0].results.map((one: { partialFingerprints: object }) => one.partialFingerprints);

describe('as SARIF', () => {
  const sarif = JSON.parse(formats.sarif(audit));

  it("fits OASIS's schema, which refuses what does not", () => {
    fitsSarif(sarif);
    expect(fitsSarif.errors).toBeNull();
    expect(fitsSarif({ ...sarif, version: '2.0.0' })).toBe(false);
    expect(fitsSarif(JSON.parse(formats.sarif({ ...audit, findings: [], notices: [] })))).toBe(true);
  });

  it('names rule, weight and place, with addresses for paths', () => {
    const [run] = sarif.runs;
    expect(run.results[1]).toMatchObject({ ruleId: 'expired', level: 'warning', message: { text: '"old" expired.' } });
    expect(run.results[1].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'src/%C3%BC.ts' },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 6 },
    });
    expect(run.results.map(({ ruleIndex }: { ruleIndex: number }) => run.tool.driver.rules[ruleIndex].id)).toEqual([
      'unknown',
      'expired',
      'unused',
    ]);
    expect(run.results[2]).not.toHaveProperty('locations');
  });

  it('has a fingerprint that stays when lines come and go', () => {
    const [finding, ...others] = audit.findings;
    const moved = { ...audit, findings: [{ ...finding!, place: place('src/a b.ts', 30, 2) }, ...others] };
    expect(printsOf(formats.sarif(moved))).toEqual(printsOf(formats.sarif(audit)));
    expect(new Set(printsOf(formats.sarif(audit)).map((one: object) => JSON.stringify(one))).size).toBe(3);
  });
});

describe('what a code base is called', () => {
  const evil = '::error::\u001b]0;owned\u0007\n::set-env name=A::\u202e%0A';
  const hostile: Audit = {
    ...audit,
    findings: [
      { check: 'unknown', severity: 'error', key: evil, place: place(evil, 1, 1), message: `There is no flag "${evil}".` },
    ],
    notices: [{ file: evil, sentence: 'It is strange.' }],
  };

  it.each(Object.keys(formats) as (keyof typeof formats)[])('is obeyed by nothing that shows %s', (format) => {
    const text = formats[format](hostile);
    // eslint-disable-next-line no-control-regex -- what a terminal would obey
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    const commands = text.split('\n').filter((line) => line.startsWith('::'));
    expect(commands.length).toBe(format === 'github' ? 2 : 0);
    expect(commands.join()).not.toContain(',name=A');
  });

  it('is in JSON what it was', () => {
    expect(JSON.parse(formats.json(hostile)).findings[0].key).toBe(evil);
  });
});
