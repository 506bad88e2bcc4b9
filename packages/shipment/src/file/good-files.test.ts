import { describe, expect, it } from 'vitest';
import { parseOverrides } from './parse.ts';

const read = (text: string) => parseOverrides(Buffer.from(text), '/etc/acme/flags.yaml');

const whole = `# yaml-language-server: $schema=./override.schema.json
# /etc/acme/flags.yaml
version: 1
overrides:
  - flag: new-issue-stream
    value: true
    orgs: [berlin]                 # one customer
    reason: "pilot agreed with vendor support"
    ticket: SUP-4411
    set_by: j.doe
    set_on: 2026-12-20
    expires: 2027-01-31
    acknowledges: [BO-17]
`;

describe('an override file', () => {
  it('may say all that there is to say', () => {
    expect(read(whole)).toEqual({
      problems: [],
      entries: [
        {
          flag: 'new-issue-stream',
          value: true,
          orgs: ['berlin'],
          reason: 'pilot agreed with vendor support',
          ticket: 'SUP-4411',
          setBy: 'j.doe',
          setOn: '2026-12-20',
          expires: '2027-01-31',
          untilMs: Date.UTC(2027, 1, 1),
          acknowledges: ['BO-17'],
          source: '/etc/acme/flags.yaml:5',
          line: 5,
          column: 5,
        },
      ],
    });
  });

  it.each<[string, string]>([
    ['as JSON', '{"version": 1, "overrides": [{"flag": "dark", "value": "on"}]}'],
    ['in one line', 'version: 1\noverrides: [{flag: dark, value: on}]\n'],
    ['with a byte order mark', '\ufeffversion: 1\noverrides: [{flag: dark, value: on}]\n'],
    ['with lines of Windows', 'version: 1\r\noverrides:\r\n- flag: dark\r\n  value: on\r\n'],
    ['between document marks', '---\nversion: 1\noverrides:\n- flag: dark\n  value: "on"\n...\n'],
  ])('may be written %s', (_, text) => {
    expect(read(text)).toMatchObject({ problems: [], entries: [{ flag: 'dark', value: 'on' }] });
  });

  it.each<[string, unknown]>([
    ['true', true],
    ['off', 'off'],
    ['25', 25],
    ['-0.5', -0.5],
    ['"8.10"', '8.10'],
    ["'8.10'", '8.10'],
    ['1_000', '1_000'],
    ['2027-01-31', '2027-01-31'],
    ['{max: 3, tags: [a, null]}', { max: 3, tags: ['a', null] }],
    ['|\n      two\n      lines', 'two\nlines\n'],
  ])('reads the value %s as it is meant', (written, value) => {
    expect(read(`version: 1\noverrides:\n  - flag: dark\n    value: ${written}\n`)).toMatchObject({
      problems: [],
      entries: [{ value }],
    });
  });

  it('may override a flag for different orgs, and nothing at all', () => {
    const one = '  - {flag: dark, value: true, orgs: [berlin]}\n  - {flag: dark, value: false, orgs: [rome]}\n';
    expect(read(`version: 1\noverrides:\n${one}`)).toMatchObject({ problems: [], entries: [{ line: 3 }, { line: 4 }] });
    expect(read('version: 1\noverrides: []\n')).toEqual({ problems: [], entries: [] });
  });

  it('may be as large as a file may be', () => {
    const entries = Array.from({ length: 2_000 }, (_, index) => `  - {flag: flag-${index}, value: true, orgs: [berlin, rome]}\n`);
    const { problems, entries: found } = read(`version: 1\noverrides:\n${entries.join('')}`);
    expect([problems, found.length]).toEqual([[], 2_000]);
  });
});

/** As large as a file may be. A search through all fields before, or through all entries, would take a minute for each. */
describe('a file as large as it may be', () => {
  it('is read in one go, though all of it is fields of one object', () => {
    const { problems } = read(Array.from({ length: 25_000 }, (_, index) => `k${index}: 1\n`).join(''));
    expect(problems).not.toEqual([]);
    expect(problems.filter(({ message }) => /twice/.test(message))).toEqual([]);
  });

  it('is read in one go, though all of it is one override, for one org each', () => {
    const entries = Array.from({ length: 5_000 }, (_, index) => `  - {flag: a, value: true, orgs: [o${index}]}\n`);
    const { problems } = read(`version: 1\noverrides:\n${entries.join('')}`);
    expect(problems.filter(({ message }) => /already/.test(message))).toEqual([]);
  });
});
