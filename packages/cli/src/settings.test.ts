import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeProfile } from './profiles.ts';
import { readSettings, serverUrl, type CommonOptions } from './settings.ts';
import type { Terminal } from './terminal.ts';

const home = mkdtempSync(join(tmpdir(), 'taffrail-cli-'));
const settings = (options: CommonOptions, env: Terminal['env'] = {}) =>
  readSettings(options, { env: { HOME: home, ...env }, home });

beforeAll(async () => {
  const profile = { url: 'https://flags.example', token: 'kept', organization: 'acme', project: 'web' };
  await writeProfile({ env: { HOME: home }, home }, 'default', profile);
  await writeProfile({ env: { HOME: home }, home }, 'other', { url: 'https://other.example', token: 'other' });
});

describe('what counts', () => {
  it.each([
    ['the profile, when nothing else is said', {}, {}, { url: 'https://flags.example', token: 'kept', project: 'web' }],
    ['a variable, before the profile', {}, { TAFFRAIL_PROJECT: 'shop' }, { project: 'shop', organization: 'acme' }],
    ['an option, before a variable', { project: 'api' }, { TAFFRAIL_PROJECT: 'shop' }, { project: 'api' }],
    ['another profile, by option', { profile: 'other' }, {}, { token: 'other', url: 'https://other.example' }],
    ['another profile, by variable', {}, { TAFFRAIL_PROFILE: 'other' }, { token: 'other' }],
    ['a variable that is empty: not at all', {}, { TAFFRAIL_PROJECT: '', TAFFRAIL_TOKEN: '' }, { project: 'web', token: 'kept' }],
    ['the same server, however it is spelled', { url: 'https://flags.example/' }, {}, { token: 'kept' }],
  ])('is %s', async (_, options, env, expected) => {
    expect(await settings(options, env)).toMatchObject(expected);
  });
});

it("never gives a profile's token, or its places, to another server", async () => {
  expect(await settings({ url: 'https://elsewhere.example' })).toEqual({
    profileName: 'default',
    url: 'https://elsewhere.example',
  });
  expect(await settings({}, { TAFFRAIL_URL: 'http://flags.example' })).not.toHaveProperty('token');
});

it('keeps an address without what a server has no use for', () => {
  expect(serverUrl('https://Flags.example:443/base/?x=1#y')).toBe('https://flags.example/base');
});

it.each(['flags.example', 'localhost:4400', 'ftp://flags.example', ''])('refuses %j as an address, and shows one', (text) => {
  expect(() => serverUrl(text)).toThrow('It looks like https://flags.example');
});
