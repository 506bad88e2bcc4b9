import { chromium } from 'playwright-core';
import { meetNeeds } from '../../../scripts/needs.mjs';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // What a page asks of other hosts fails at once, on every machine alike.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** A browser as the tests find it, or undefined where there is none. */
export async function openChromium() {
  const { env } = await meetNeeds();
  Object.assign(process.env, env);
  if (!env.CHROMIUM_PATH) return undefined;
  return chromium.launch({ executablePath: env.CHROMIUM_PATH, args: quiet });
}
