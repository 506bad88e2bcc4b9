import { isIP } from 'node:net';
import { Failure } from '../failure.ts';

/** Where a relay listens. */
export interface Address {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

/** Only programs of this machine reach it. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Reads `127.0.0.1:4401`, `[::1]:4401` or a port alone, which is on this machine only. */
export function readAddress(text: string): Address {
  const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535)
    throw new Failure('USAGE', `--listen takes an address such as 127.0.0.1:4401, not "${text}".`);
  return { host: bracketed ?? plain ?? '127.0.0.1', port };
}

/** A `Host` header without its port. */
export const hostIn = (header = ''): string => header.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
