import process from 'node:process';
import { AppError } from './changes/app-error.ts';
import { ConfigError, readConfig } from './config.ts';
import { jsonLog, lineLog } from './log.ts';
import { serve } from './serve.ts';

/** What the operator can put right ends with its sentence and this; a bug ends with its stack and 1. */
const usageError = 2;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  await main();
} catch (error) {
  const isForeseen = error instanceof AppError || error instanceof ConfigError;
  process.stderr.write(`${isForeseen ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = isForeseen ? usageError : 1;
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = process.stdout.isTTY
    ? lineLog(
        config.log,
        (line) => void process.stdout.write(line),
        () => new Date(),
      )
    : await jsonLog(config.log);
  const serving = serve({ config, log, print });
  let isLeaving = false;
  const leave = async () => {
    if (isLeaving) process.exit(1);
    isLeaving = true;
    print('Shutting down; streams are told to come back.');
    await (await serving).close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void leave());
  await serving;
}
