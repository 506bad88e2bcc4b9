import { expect, it } from 'vitest';
import { parseOverrides } from './parse.ts';
import { problemText } from './problem.ts';

/** A file with one good entry, and more lines of that entry. */
const entry = (...more: readonly string[]): string =>
  ['version: 1', 'overrides:', '  - flag: dark', '    value: true', ...more.map((line) => `    ${line}`), ''].join('\n');
/** A file with one entry that serves this. */
const value = (written: string): string => `version: 1\noverrides:\n  - flag: dark\n    value: ${written}\n`;

const nests = 'this nests too deep for an override file';
const fields = "'flag', 'value', 'orgs', 'reason', 'ticket', 'set_by', 'set_on', 'expires', 'acknowledges'";
const notOurs = 'this is no override file, which has the fields version: 1 and overrides:';
const empty = 'the file is empty: write version: 1 and overrides: [], or remove it';
const directive = 'directives are not read here, the file is YAML 1.2: take the lines with % out';
const missing = 'a closing quote, a colon or the dash of a list is missing here or before';
const oneOfTwo = 'keep one of the two';

/** A file, and everything that is said of it. */
const files: readonly [name: string, file: string | Uint8Array, ...problems: string[]][] = [
  // What is no override file.
  ['nothing', '', `1:1: ${empty}`],
  ['comments only', '# later\n', `1:1: ${empty}`],
  ['another text', 'hello\n', `1:1: ${notOurs}`],
  ['a page of a proxy', '<html><body>404</body></html>', `1:1: ${notOurs}`],
  ['settings of another program', 'SENTRY_FEATURES["organizations:x"] = True\n', `1:1: ${notOurs}`],
  ['a list', '- flag: dark\n', `1:1: ${notOurs}`],
  ['an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a), '1:1: this is not UTF-8: save the file as UTF-8'],
  ['UTF-16', Buffer.from(`\ufeff${entry()}`, 'utf16le'), '1:1: the file is UTF-16: save it as UTF-8'],
  ['Latin-1', Buffer.from(entry('reason: für'), 'latin1'), '5:14: this is not UTF-8: save the file as UTF-8'],
  ['a control character', entry('reason: "a\0b"'), '5:15: the control character U+0000 is in the file: take it out'],

  // What is no YAML, or more of it than is read here.
  ['a tab that indents', 'version: 1\noverrides:\n\t- flag: dark\n', '3:1: a tab indents this line: indent with spaces'],
  ['a line out of line', 'version: 1\noverrides:\n  - flag: dark\n   value: true\n', `4:1: ${missing}`],
  ['an open quote', 'version: 1\noverrides:\n  - flag: "dark\n    value: true\n', `5:1: ${missing}`],
  [
    'an open bracket',
    'version: 1\noverrides: [{flag: dark, value: true}\n',
    '3:1: this is indented less, or closed later, than what it belongs to: indent it, or close the bracket before',
  ],
  [
    'JSON without a comma',
    '{"version": 1, "overrides": [{"flag": "dark" "value": true}]}',
    '1:39: this does not belong between brackets: look for a missing comma before it',
    '1:46: this does not belong here: look for a missing comma or quote before it',
  ],
  [
    'two colons',
    entry('reason: see: this'),
    '5:13: a second ": " is on this line: put the value in quotes, or on a line of its own',
  ],
  [
    'no space after the colons',
    'version: 1\noverrides:\n  - flag:dark\n    value:true\n',
    '3:5: an override must be an object, not text: write its fields as "name: value"',
  ],
  [
    'an unknown escape',
    entry('reason: "C:\\queue"'),
    '5:16: this escape is unknown inside double quotes: write \\\\ for a backslash, or use single quotes',
  ],
  ['text that begins with @', entry('set_by: @jdoe'), '5:13: text cannot begin with this character: put it in quotes'],
  ['a field twice', entry('value: false'), `5:5: this field is given twice: ${oneOfTwo}`],
  ['two documents', `${entry()}---\n${entry()}`, '5:1: a second document begins here: keep one, and take out the line ---'],
  ['another version of YAML', `%YAML 1.1\n---\n${entry()}`, `1:1: ${directive}`],
  ['an unknown directive', `%FOO bar\n---\n${entry()}`, `1:1: ${directive}`],
  [
    'an anchor and its alias',
    'version: 1\noverrides:\n  - &a {flag: dark, value: true}\n  - *a\n',
    '3:8: anchors (&a) are not read here: write the value out each time',
    '4:5: aliases (*a) are not read here: write the value out',
  ],
  [
    'a bomb of aliases',
    'a: &a [x, x]\nb: &b [*a, *a]\noverrides: [*b]\n',
    '1:7: anchors (&a) are not read here: write the value out each time',
    '2:7: anchors (&b) are not read here: write the value out each time',
    '2:8: aliases (*a) are not read here: write the value out',
    '2:12: aliases (*a) are not read here: write the value out',
    '3:13: aliases (*b) are not read here: write the value out',
  ],
  ['a merge', entry('<<: {ticket: SUP-1}'), '5:5: merging (<<) is not done here: write the fields out'],
  ['a tag', entry('reason: !!str 1'), '5:19: tags (!!str) are not read here: put text in quotes, write numbers plainly'],
  [
    'a tag of a language',
    value('!!js/function "x"'),
    '4:26: tags (!!js/function) are not read here: put text in quotes, write numbers plainly',
  ],
  ['a name that is a list', 'version: 1\n? [a]\n: b\n', "2:3: a field's name must be plain text"],
  ['a name that is a number', 'version: 1\n8: b\n', "2:1: a field's name must be plain text"],
  ['a value 40 levels deep', value('['.repeat(40) + ']'.repeat(40)), `4:41: ${nests}`],
  ['brackets without end', value('['.repeat(20_000)), `4:1: ${nests}`],
  ['objects without end', value('{a: '.repeat(20_000)), `4:1: ${nests}`],
  ['dashes without end', `version: 1\noverrides:\n${'- '.repeat(50_000)}x\n`, `3:1: ${nests}`],

  // Numbers that are not what is written.
  [
    'an unquoted version',
    value('8.10'),
    '4:12: YAML reads 8.10 as the number 8.1: write "8.10" in quotes if it is text, or 8.1 if it is the number',
  ],
  [
    'the same as JSON',
    '{"version": 1, "overrides": [{"flag": "dark", "value": 8.10}]}',
    '1:56: YAML reads 8.10 as the number 8.1: write "8.10" in quotes if it is text, or 8.1 if it is the number',
  ],
  [
    'a number too large',
    value('12345678901234567890'),
    '4:12: YAML reads 12345678901234567890 as the number 12345678901234567000: write "12345678901234567890" in quotes if it is text',
  ],
  [
    'a hexadecimal number',
    value('0x1F'),
    '4:12: YAML reads 0x1F as the number 31: write "0x1F" in quotes if it is text, or 31 if it is the number',
  ],
  [
    'a number with zeros before it',
    entry('orgs: [007]'),
    '5:12: YAML reads 007 as the number 7: write "007" in quotes if it is text, or 7 if it is the number',
  ],
  ['infinity', value('.inf'), '4:12: YAML reads .inf as a number that JSON does not have: write ".inf" in quotes if it is text'],

  // The wrong shape.
  ['no version', 'overrides: []\n', '1:1: version is missing: the version of this format, which is 1'],
  ['a later version', 'version: 2\noverrides: []\n', '1:10: version must be 1'],
  ['a version that is text', 'version: "1"\noverrides: []\n', '1:10: version must be 1'],
  ['no overrides', 'version: 1\n', '1:1: overrides is missing: the list of overrides; [] for none'],
  ['overrides of nothing', 'version: 1\noverrides:\n', '2:11: overrides must be a list, not null'],
  ['overrides by name', 'version: 1\noverrides:\n  dark: true\n', '3:3: overrides must be a list, not an object'],
  [
    'a name mistyped at the top',
    'version: 1\noverides: []\n',
    '1:1: overrides is missing: the list of overrides; [] for none',
    "2:1: there is no field 'overides' here; did you mean 'overrides'?",
  ],
  [
    'an override that is a name',
    'version: 1\noverrides: [dark]\n',
    '2:13: an override must be an object, not text: write its fields as "name: value"',
  ],
  [
    'no flag',
    'version: 1\noverrides:\n  - value: true\n',
    '3:5: flag is missing: the key of the flag: letters, digits and : . _ / -, at most 128',
  ],
  [
    'a flag with a space',
    'version: 1\noverrides:\n  - flag: new ui\n    value: true\n',
    "3:11: flag 'new ui' does not fit: the key of the flag: letters, digits and : . _ / -, at most 128",
  ],
  [
    'no value',
    'version: 1\noverrides:\n  - flag: dark\n',
    '3:5: value is missing: what it serves, of the type of the flag; on, off, yes and no are good for true and false',
  ],
  ['a value that is nothing', value(''), '4:12: value must be true or false, a number, text, an object or a list, not null'],
  ['a field mistyped', entry('ogrs: [berlin]'), "5:5: there is no field 'ogrs' here; did you mean 'orgs'?"],
  ['a field like none', entry('customer: berlin'), `5:5: there is no field 'customer' here; the fields are ${fields}`],
  ['a name that every object has', entry('__proto__: 1'), `5:5: there is no field '__proto__' here; the fields are ${fields}`],
  ['an org that is no list', entry('orgs: berlin'), '5:11: orgs must be a list, not text'],
  ['no orgs', entry('orgs: []'), '5:11: orgs must not be empty'],
  ['an org without a name', entry('orgs: [""]'), '5:12: orgs/0 must not be empty'],
  ['an org twice', entry('orgs: [berlin, rome, berlin]'), "5:11: orgs names 'berlin' twice"],
  ['an org that is a number', entry('orgs: [rome, 8010]'), '5:18: orgs/1 must be text, not a number: put it in quotes'],
  ['a ticket that is a number', entry('ticket: 4411'), '5:13: ticket must be text, not a number: put it in quotes'],
  ['a reason without end', entry(`reason: ${'x'.repeat(501)}`), '5:13: reason must have at most 500 characters, and has 501'],
  ['a back-out that is no list', entry('acknowledges: BO-17'), '5:19: acknowledges must be a list, not text'],
  ['a day that is none', entry('expires: 2027-02-30'), '5:14: expires must be a date, such as 2026-11-23'],
  ['a day as some write it', entry('expires: 31.01.2027'), '5:14: expires must be a date, such as 2026-11-23'],
  ['a day as a number', entry('expires: 20270131'), '5:14: expires must be a date, such as 2027-01-31'],
  ['a moment', entry('expires: 2027-01-31T12:00:00Z'), '5:14: expires must be a date, such as 2026-11-23'],
  [
    'an end before the beginning',
    entry('set_on: 2026-12-20', 'expires: 2026-01-31'),
    '6:14: expires 2026-01-31 is before set_on 2026-12-20: one of the two is mistyped',
  ],

  // Entries in each other's way.
  [
    'a flag twice for everyone',
    `${entry()}  - flag: dark\n    value: false\n`,
    `5:5: dark is overridden for everyone in line 3 already: ${oneOfTwo}`,
  ],
  [
    'a flag twice for an org',
    `${entry('orgs: [berlin, rome]')}  - {flag: dark, value: false, orgs: [rome, oslo]}\n`,
    `6:5: dark is overridden for rome in line 3 already: ${oneOfTwo}`,
  ],
  [
    'a flag for an org, then for everyone',
    `${entry('orgs: [berlin]')}  - {flag: dark, value: false}\n`,
    `6:5: dark is overridden in line 3 already, and this is for everyone: name orgs here, or ${oneOfTwo}`,
  ],
  [
    'a flag twice, once expired',
    `${entry('expires: 2020-01-01')}  - {flag: dark, value: false}\n`,
    `6:5: dark is overridden for everyone in line 3 already: ${oneOfTwo}`,
  ],

  // What is told does no harm where it is shown, and all of it is told.
  ['an escape of a terminal', entry('orgs: ["\\e[2J", "\\e[2J"]'), "5:11: orgs names '\\u001b[2J' twice"],
  ['lines of Windows', entry('ogrs: []').replaceAll('\n', '\r\n'), "5:5: there is no field 'ogrs' here; did you mean 'orgs'?"],
  ['a byte order mark', `\ufeff${entry('ogrs: []')}`, "5:5: there is no field 'ogrs' here; did you mean 'orgs'?"],
  [
    'many at once',
    entry('value: off', 'ogrs: []', 'ticket: 1').replace('1', '2'),
    '1:10: version must be 1',
    `5:5: this field is given twice: ${oneOfTwo}`,
    "6:5: there is no field 'ogrs' here; did you mean 'orgs'?",
    '7:13: ticket must be text, not a number: put it in quotes',
  ],
];

it.each(files.map(([name, file, ...problems]) => ({ name, file, problems })))(
  'says where and what to do: $name',
  ({ file, problems }) => {
    const bytes = typeof file === 'string' ? Buffer.from(file) : file;
    const parsed = parseOverrides(bytes, 'flags.yaml');
    expect(parsed.problems.map(problemText)).toEqual(problems.map((problem) => `flags.yaml:${problem}`));
    expect(parsed.problems.every(({ severity }) => severity === 'error')).toBe(true);
  },
);
