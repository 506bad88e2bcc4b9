import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { NodeOptions } from './options.ts';
import { siteSettings } from './site.ts';

it.each<[string, NodeOptions['overrideFile'], Record<string, string>, object]>([
  ['nothing is said', undefined, {}, { file: undefined, off: [] }],
  ['the variable names a file', undefined, { TAFFRAIL_OVERRIDE_FILE: '/etc/a.yaml' }, { file: '/etc/a.yaml' }],
  ['the program names another', '/etc/b.yaml', { TAFFRAIL_OVERRIDE_FILE: '/etc/a.yaml' }, { file: '/etc/b.yaml' }],
  ['the program wants none', false, { TAFFRAIL_OVERRIDE_FILE: '/etc/a.yaml' }, { file: undefined }],
  ['the variable is empty', undefined, { TAFFRAIL_OVERRIDE_FILE: ' ' }, { file: undefined }],
  ['the path is relative', 'flags.yaml', {}, { file: resolve('flags.yaml') }],
  ['the program says nonsense', 25 as never, {}, { file: undefined }],
  ['flags are off', undefined, { TAFFRAIL_OFF: 'a, b,,c d' }, { off: ['a', 'b', 'c', 'd'] }],
])('reads the site’s settings where %s', (_, overrideFile, variables, expected) => {
  expect(siteSettings(overrideFile, variables)).toMatchObject(expected);
});
