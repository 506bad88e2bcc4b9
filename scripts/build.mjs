import { runBin } from './run.mjs';
import { isMain } from './is-main.mjs';

/** Builds what changed since the last build; everything else comes out of turbo's cache. */
export function build(args = []) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  return runBin(
    'turbo/bin/turbo',
    ['run', 'build', '--concurrency=2', '--output-logs=errors-only', '--no-update-notifier', ...args],
    { env },
  );
}

if (isMain(import.meta)) process.exitCode = await build(process.argv.slice(2));
