import { lineLog, readConfig } from '@taffrail/server';
import { startDemo, type Demo } from './demo.ts';

const usage = `Usage: npm run demo [-- --large]

  --large         also create the 96 flags of 118 real on-prem releases, as a project of their own
  PORT            where Taffrail listens (4400)
  DEMO_PORT       where the issue tracker listens (4500)
  TAFFRAIL_DATA   where the data is kept (./data-demo)
`;

const args = process.argv.slice(2);
if (args.every((arg) => arg === '--large')) await main(args.length > 0);
else {
  process.stderr.write(usage);
  process.exitCode = 2;
}

async function main(large: boolean): Promise<void> {
  const { env, stdout } = process;
  const log = lineLog(
    'warn',
    (line) => void stdout.write(line),
    () => new Date(),
  );
  const releases = large ? new URL('../../../test/fixtures/onprem-releases.json', import.meta.url) : undefined;
  try {
    const config = readConfig({ ...env, TAFFRAIL_DATA: env.TAFFRAIL_DATA || 'data-demo' });
    const demo = await startDemo({ config, log, releases, trackerPort: trackerPort(env.DEMO_PORT) });
    stdout.write(greeting(demo));
    stopOnSignals(() => demo.close());
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

function trackerPort(text = ''): number {
  const port = Number(text || '4500');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`DEMO_PORT is '${text}': it must be a port, such as 4500.`);
  return port;
}

function greeting({ tracker, url, link }: Demo): string {
  return `
  Issue tracker   ${tracker}/orgs/acme
  Taffrail        ${url}
  Sign in, once   ${link}

  Open the flag new-issue-stream. In production, pin acme, set the rest to 0 % and publish: acme's page changes
  without a reload, and nobody else's does.
  Ctrl-C stops both.

`;
}

function stopOnSignals(close: () => Promise<void>): void {
  let isLeaving = false;
  const leave = () => {
    if (isLeaving) process.exit(1);
    isLeaving = true;
    void close().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave);
}
