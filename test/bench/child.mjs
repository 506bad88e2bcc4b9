import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** In a process of a measurement: hands the result to the process that asked for it. */
export function report(result) {
  process.send(result, () => process.exit(0));
}

/** Measures in a process of its own, which ends with its result or after `timeoutMs`. */
export function measure(module, args, { execArgv = [], env = {}, timeoutMs = 120_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(module), args.map(String), {
      execArgv,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let result;
    let trouble = '';
    child.stderr.on('data', (text) => (trouble = (trouble + text).slice(-2000)));
    child.once('message', (message) => (result = message));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      result === undefined
        ? reject(new Error(`${args.join(' ')}: ${trouble.trim() || `ended with ${signal ?? code}`}`))
        : resolve(result),
    );
  });
}
