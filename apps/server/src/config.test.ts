import { resolve } from 'node:path';
import { expect, it, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('an empty environment is enough', () => {
  expect(readConfig({})).toEqual({
    port: 4400,
    host: '127.0.0.1',
    dataFolder: resolve('data'),
    url: undefined,
    proxies: 0,
    log: 'info',
    metricsToken: undefined,
  });
});

test('every variable is read', () => {
  const env = {
    PORT: '0',
    TAFFRAIL_HOST: '0.0.0.0',
    TAFFRAIL_DATA: '/var/lib/taffrail',
    TAFFRAIL_URL: 'https://flags.example.org/',
    TAFFRAIL_PROXIES: '1',
    TAFFRAIL_LOG: 'warn',
    TAFFRAIL_METRICS_TOKEN: 'sixteen-characters',
  };
  expect(readConfig(env)).toEqual({
    port: 0,
    host: '0.0.0.0',
    dataFolder: '/var/lib/taffrail',
    url: 'https://flags.example.org',
    proxies: 1,
    log: 'warn',
    metricsToken: 'sixteen-characters',
  });
});

test('an empty variable counts as absent', () => {
  expect(readConfig({ PORT: ' ', TAFFRAIL_URL: '' }).port).toBe(4400);
});

it.each([
  ['PORT', '80a'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['TAFFRAIL_HOST', 'every where'],
  ['TAFFRAIL_URL', 'flags.example.org'],
  ['TAFFRAIL_URL', 'https://example.org/flags'],
  ['TAFFRAIL_URL', 'https://user:secret@example.org'],
  ['TAFFRAIL_URL', 'ftp://example.org'],
  ['TAFFRAIL_PROXIES', '11'],
  ['TAFFRAIL_LOG', 'loud'],
  ['TAFFRAIL_METRICS_TOKEN', 'short'],
])('%s=%s is refused by a sentence that names both', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name} is '${value}': it must be `);
});

it('names all mistakes at once', () => {
  expect(() => readConfig({ PORT: 'x', TAFFRAIL_LOG: 'y' })).toThrow(ConfigError);
  expect(() => readConfig({ PORT: 'x', TAFFRAIL_LOG: 'y' })).toThrow(/^PORT is 'x': .*\.\nTAFFRAIL_LOG is 'y': .*\.$/);
});
