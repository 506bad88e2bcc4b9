import { resolve } from 'node:path';
import { expect, it, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const secret = 'a secret that all processes know'.replaceAll(' ', '-');

test('an empty environment is enough', () => {
  expect(readConfig({})).toEqual({
    port: 4400,
    host: '127.0.0.1',
    dataFolder: resolve('data'),
    url: undefined,
    proxies: 0,
    log: 'info',
    metricsToken: undefined,
    historyDays: undefined,
    role: 'all',
    writer: undefined,
    clusterSecret: undefined,
    redisUrl: undefined,
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
    TAFFRAIL_HISTORY_DAYS: '365',
    TAFFRAIL_ROLE: 'stream',
    TAFFRAIL_WRITER: 'http://10.0.0.5:4400',
    TAFFRAIL_CLUSTER_SECRET: secret,
    REDIS_URL: 'redis://10.0.0.5:6379',
  };
  expect(readConfig(env)).toEqual({
    port: 0,
    host: '0.0.0.0',
    dataFolder: '/var/lib/taffrail',
    url: 'https://flags.example.org',
    proxies: 1,
    log: 'warn',
    metricsToken: 'sixteen-characters',
    historyDays: 365,
    role: 'stream',
    writer: 'http://10.0.0.5:4400',
    clusterSecret: secret,
    redisUrl: 'redis://10.0.0.5:6379',
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
  ['TAFFRAIL_HISTORY_DAYS', '0'],
  ['TAFFRAIL_HISTORY_DAYS', '36501'],
  ['TAFFRAIL_ROLE', 'writer'],
  ['TAFFRAIL_WRITER', '10.0.0.5:4400'],
])('%s=%s is refused by a sentence that names both', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name} is '${value}': it must be `);
});

it('names all mistakes at once', () => {
  expect(() => readConfig({ PORT: 'x', TAFFRAIL_LOG: 'y' })).toThrow(ConfigError);
  expect(() => readConfig({ PORT: 'x', TAFFRAIL_LOG: 'y' })).toThrow(/^PORT is 'x': .*\.\nTAFFRAIL_LOG is 'y': .*\.$/);
});

it.each([
  ['TAFFRAIL_METRICS_TOKEN', 'short'],
  ['TAFFRAIL_CLUSTER_SECRET', 'short'],
  ['REDIS_URL', 'http://:password@10.0.0.5'],
])('%s is refused without being shown', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name} is set: it must be `);
  expect(() => readConfig({ [name]: value })).not.toThrow(value);
});

const [writer, redis] = ['http://10.0.0.5:4400', 'redis://10.0.0.5:6379'];

it.each([
  ['a stream process without a writer', { TAFFRAIL_ROLE: 'stream', TAFFRAIL_CLUSTER_SECRET: secret }, /TAFFRAIL_WRITER must be/],
  ['a stream process without a secret', { TAFFRAIL_ROLE: 'stream', TAFFRAIL_WRITER: writer }, /TAFFRAIL_CLUSTER_SECRET must be/],
  ['a writer that has a writer', { TAFFRAIL_WRITER: writer, TAFFRAIL_CLUSTER_SECRET: secret }, /Set TAFFRAIL_ROLE=stream, or/],
  ['Redis without a secret', { REDIS_URL: redis }, /TAFFRAIL_CLUSTER_SECRET must be set for all processes/],
])('%s does not fit together', (_, env: Record<string, string>, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence);
});
