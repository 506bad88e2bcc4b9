import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createApp, type AppOptions } from './app.ts';
import { fail } from './changes/app-error.ts';
import { createStreamApp } from './cluster/stream-app.ts';
import type { Config, Role } from './config.ts';
import type { RunningApp } from './running-app.ts';

/** How to start a server. What is absent is the real thing: the wall clock, real randomness. */
export interface ServeOptions extends Pick<AppOptions, 'config' | 'log'>, Partial<Omit<AppOptions, 'config' | 'log'>> {
  /** Told what the operator must know, a line at a time. */
  readonly print: (line: string) => void;
}

/** A running server. */
export interface Served {
  /** The address that people use: the configured one, else where it listens. */
  readonly url: string;
  /** Where it listens. */
  readonly address: string;
  /** Drains streams, lets requests finish, closes the database; at most ten seconds. */
  close(): Promise<void>;
}

/** How a process is put together, by its role. */
const apps: Readonly<Record<Role, (options: AppOptions) => Promise<RunningApp>>> = { all: createApp, stream: createStreamApp };

/** Starts a server. Throws an `AppError` whose sentence says what to do if the port, the folder or the database cannot be used. */
export async function serve({ config, print, ...options }: ServeOptions): Promise<Served> {
  const app = await apps[config.role]({ clock: () => new Date(), newId: randomUUID, random: Math.random, ...options, config });
  try {
    const address = await listen(app.server, config);
    const url = config.url ?? address;
    await app.begin(url, print);
    let closing: Promise<void> | undefined;
    return { url, address, close: () => (closing ??= close(app, config)) };
  } catch (error) {
    app.server.close();
    app.close();
    throw error;
  }
}

const portErrors: Readonly<Record<string, (config: Config) => string>> = {
  EADDRINUSE: ({ port, host }) => `Port ${port} on ${host} is taken by another program. Stop it, or set PORT to another one.`,
  EACCES: ({ port }) => `This user may not listen on port ${port}. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: ({ host }) => `This machine has no address ${host}. Set TAFFRAIL_HOST to one that it has, or to 0.0.0.0.`,
  ENOTFOUND: ({ host }) => `Nothing is known by the name ${host}. Set TAFFRAIL_HOST to an address of this machine.`,
};

async function listen(server: Server, config: Config): Promise<string> {
  try {
    server.listen(config.port, config.host);
    await once(server, 'listening');
  } catch (error) {
    const sentence = portErrors[(error as NodeJS.ErrnoException).code ?? ''];
    if (sentence) fail('BUSY', sentence(config));
    throw error;
  }
  return `http://${nameOf(config.host)}:${(server.address() as AddressInfo).port}`;
}

const nameOf = (host: string): string => {
  if (['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

/** A proxy must have asked whether this process is ready, and been told that it is not, before it stops listening. */
const noticeMs = 3_000;
/** Streams may take most of the time to spread; requests under way get the rest. */
const [drainMs, finishMs] = [7_000, 2_000];
/** Whatever stops servers must give them so long. */
export const longestCloseMs = noticeMs + drainMs + finishMs;

async function close(app: RunningApp, { proxies }: Config): Promise<void> {
  app.leave();
  if (proxies > 0) await wait(noticeMs);
  const closed = once(app.server, 'close');
  app.server.close();
  await Promise.race([app.drain(), wait(drainMs, undefined, { ref: false })]);
  app.server.closeIdleConnections();
  await Promise.race([closed, wait(finishMs, undefined, { ref: false })]);
  app.server.closeAllConnections();
  app.close();
}
