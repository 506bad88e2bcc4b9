import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium as the test command found it, with more switches of its command line. */
export function openChromium(...more: readonly string[]): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error('There is no Chromium: set CHROMIUM_PATH, or run `npm test`, which finds one.');
  return chromium.launch({ executablePath, args: [...quiet, ...more] });
}
