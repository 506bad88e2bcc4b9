import { join, resolve } from 'node:path';

/** How a server is set up; everything comes from environment variables. */
export interface Config {
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  /** The folder of the database, absolute. */
  readonly dataFolder: string;
  /** The address that people use, without a slash at the end; absent means the one that the server listens on. */
  readonly url: string | undefined;
  /** Reverse proxies in front, whose `X-Forwarded-For` is believed. */
  readonly proxies: number;
  readonly log: LogLevel;
  /** If set, `/metrics` wants it as a bearer token. */
  readonly metricsToken: string | undefined;
  /** How many days the documents before and after a change are kept; absent means for ever. */
  readonly historyDays: number | undefined;
  /** `all`: this process has the database, and is the only one that has. `stream`: it serves SDKs what the writer made. */
  readonly role: Role;
  /** The address of the writer, for a process that has another role. */
  readonly writer: string | undefined;
  /** What processes prove to each other that they belong together; absent means that this one stays alone. */
  readonly clusterSecret: string | undefined;
  /** The Redis over which processes tell each other of changes; absent means that they ask now and then. */
  readonly redisUrl: string | undefined;
}

export type Role = (typeof roles)[number];
const roles = ['all', 'stream'] as const;

export type LogLevel = (typeof logLevels)[number];
const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** Environment variables that cannot be used; the message has one sentence for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

interface Variable<T> {
  readonly name: string;
  /** What it sets, to stand in a table. */
  readonly about: string;
  readonly fallback: T;
  /** What it must be, to end the sentence "… must be …". */
  readonly wanted: string;
  /** The value, or undefined if the text does not fit. */
  readonly read: (text: string) => T | undefined;
  /** Its text is shown to nobody. */
  readonly isSecret?: boolean;
}

/** Everything that can be set. */
export const variables: { readonly [K in keyof Config]: Variable<Config[K]> } = {
  port: {
    name: 'PORT',
    about: 'the port to listen on; 0 takes any that is free',
    fallback: 4400,
    wanted: 'a whole number from 0 to 65535, such as 4400',
    read: wholeNumber(65_535),
  },
  host: {
    name: 'TAFFRAIL_HOST',
    about: 'the address to listen on; `0.0.0.0` for every network',
    fallback: '127.0.0.1',
    wanted: 'an address to listen on, such as 0.0.0.0 for every network or 127.0.0.1 for this machine only',
    read: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
  },
  dataFolder: {
    name: 'TAFFRAIL_DATA',
    about: 'the folder of the database',
    fallback: resolve('data'),
    wanted: 'a folder, such as ./data',
    read: (text) => resolve(text),
  },
  url: {
    name: 'TAFFRAIL_URL',
    about: 'the address that people open; absent, the one that is listened on',
    fallback: undefined,
    wanted: 'the address that people open, without a path, such as https://flags.example.org',
    read: originOf,
  },
  proxies: {
    name: 'TAFFRAIL_PROXIES',
    about: 'how many reverse proxies stand in front, whose `X-Forwarded-For` is believed',
    fallback: 0,
    wanted: 'how many reverse proxies stand in front, from 0 to 10',
    read: wholeNumber(10),
  },
  log: {
    name: 'TAFFRAIL_LOG',
    about: 'how much is logged: `silent`, `error`, `warn`, `info` or `debug`',
    fallback: 'info',
    wanted: `one of ${logLevels.join(', ')}`,
    read: (text) => logLevels.find((level) => level === text),
  },
  metricsToken: {
    name: 'TAFFRAIL_METRICS_TOKEN',
    about: 'if set, `/metrics` wants it as a bearer token; at least 16 characters',
    fallback: undefined,
    wanted: 'a secret of at least 16 characters',
    read: (text) => (text.length >= 16 ? text : undefined),
    isSecret: true,
  },
  historyDays: {
    name: 'TAFFRAIL_HISTORY_DAYS',
    about: 'how many days the documents before and after a change are kept; absent, for ever',
    fallback: undefined,
    wanted: 'a number of days, from 1 to 36500',
    read: (text) => wholeNumber(36_500)(text) || undefined,
  },
  role: {
    name: 'TAFFRAIL_ROLE',
    about: '`all`, or `stream` for a further process that only serves SDKs',
    fallback: 'all',
    wanted: `one of ${roles.join(', ')}`,
    read: (text) => roles.find((role) => role === text),
  },
  writer: {
    name: 'TAFFRAIL_WRITER',
    about: 'for the role `stream`: where it reaches the process that has the database',
    fallback: undefined,
    wanted: 'the address of the writer, without a path, such as http://10.0.0.5:4400',
    read: originOf,
  },
  clusterSecret: {
    name: 'TAFFRAIL_CLUSTER_SECRET',
    about: 'what processes prove to each other that they belong together; at least 32 characters',
    fallback: undefined,
    wanted: 'a secret of at least 32 characters without spaces, the same for all processes',
    read: (text) => (/^[!-~]{32,}$/.test(text) ? text : undefined),
    isSecret: true,
  },
  redisUrl: {
    name: 'REDIS_URL',
    about: 'the Redis over which processes tell each other of changes',
    fallback: undefined,
    wanted: 'the address of a Redis, such as redis://10.0.0.5:6379',
    read: (text) => (/^rediss?:\/\//.test(text) && URL.canParse(text) ? text : undefined),
    isSecret: true,
  },
};

/** What does not fit together, each with its sentence. */
const contradictions: readonly (readonly [is: (config: Config) => boolean, sentence: string])[] = [
  [
    ({ role, writer }) => role === 'stream' && writer === undefined,
    'TAFFRAIL_ROLE is stream, so TAFFRAIL_WRITER must be the address of the writer, such as http://10.0.0.5:4400.',
  ],
  [
    ({ role, clusterSecret }) => role === 'stream' && clusterSecret === undefined,
    'TAFFRAIL_ROLE is stream, so TAFFRAIL_CLUSTER_SECRET must be the secret that the writer has, too.',
  ],
  [
    ({ role, writer }) => role === 'all' && writer !== undefined,
    'TAFFRAIL_WRITER is set, but this process would be a writer itself. Set TAFFRAIL_ROLE=stream, or remove TAFFRAIL_WRITER.',
  ],
  [
    ({ redisUrl, clusterSecret }) => redisUrl !== undefined && clusterSecret === undefined,
    'REDIS_URL is set, so TAFFRAIL_CLUSTER_SECRET must be set for all processes: what goes through Redis is signed with it.',
  ],
];

/** Reads the configuration; throws a `ConfigError` that names every variable that does not fit. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: string[] = [];
  const read = <T>({ name, fallback, wanted, read, isSecret = false }: Variable<T>): T => {
    const text = env[name]?.trim();
    if (!text) return fallback;
    const value = read(text);
    if (value === undefined) mistakes.push(`${name} is ${isSecret ? 'set' : `'${text}'`}: it must be ${wanted}.`);
    return value ?? fallback;
  };
  const config: Config = {
    port: read(variables.port),
    host: read(variables.host),
    dataFolder: read(variables.dataFolder),
    url: read(variables.url),
    proxies: read(variables.proxies),
    log: read(variables.log),
    metricsToken: read(variables.metricsToken),
    historyDays: read(variables.historyDays),
    role: read(variables.role),
    writer: read(variables.writer),
    clusterSecret: read(variables.clusterSecret),
    redisUrl: read(variables.redisUrl),
  };
  if (mistakes.length === 0) mistakes.push(...contradictions.filter(([is]) => is(config)).map(([, sentence]) => sentence));
  if (mistakes.length > 0) throw new ConfigError(mistakes.join('\n'));
  return config;
}

function wholeNumber(most: number) {
  return (text: string): number | undefined => (/^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined);
}

/** Only an origin: cookies, links and the UI's own addresses start at its root. */
function originOf(text: string): string | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const { origin, pathname, search, hash, username, password } = new URL(text);
  return pathname === '/' && !search && !hash && !username && !password ? origin : undefined;
}

/** The database of a configuration. */
export const databaseFileOf = ({ dataFolder }: Config): string => join(dataFolder, 'taffrail.db');
