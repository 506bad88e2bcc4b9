import { homedir } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import picocolors from 'picocolors';
import { run } from './run.ts';
import type { Terminal } from './terminal.ts';

const interrupted = new AbortController();
// The first asks to come to an end, the second does not wait for it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => (interrupted.signal.aborted ? process.exit(130) : interrupted.abort()));
}
// A reader that has seen enough, as in `taffrail flag list | head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

const terminal: Terminal = {
  env: process.env,
  home: homedir(),
  interactive: process.stdin.isTTY && process.stderr.isTTY,
  screen: process.stdout.isTTY,
  color: process.stdout.isTTY && picocolors.isColorSupported,
  node: process.versions.node,
  signal: interrupted.signal,
  out: (chunk) => new Promise((resolve, reject) => process.stdout.write(chunk, (error) => (error ? reject(error) : resolve()))),
  err: (chunk) => void process.stderr.write(chunk),
  readInput: () => text(process.stdin),
  ask,
};

process.exitCode = await run(process.argv.slice(2), terminal);

async function ask(question: string, hidden = false): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: hidden ? silent : process.stderr, terminal: true });
  if (hidden) process.stderr.write(question);
  try {
    return await lines.question(hidden ? '' : question, { signal: interrupted.signal });
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}
