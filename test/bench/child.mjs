import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** In a process of a measurement: hands the result to the process that asked for it, and ends. */
export function report(result) {
  process.send(result, () => process.exit(0));
}

/** In a process that goes on until it is ended: does not outlive the process that asked. */
export function endWithParent() {
  process.once('disconnect', () => process.exit());
}

/** A moment in milliseconds, on a clock that all processes of a machine share. */
export const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

/** Measures in a process of its own, which ends with its result, or after `timeoutMs`. */
export async function measure(module, args, options) {
  const child = converse(module, args, options);
  try {
    return await child.answer();
  } finally {
    child.end();
  }
}

/**
 * Starts a process that goes on until `end`. `answer` waits for what it says next; it fails when the process ends, or says nothing for
 * `timeoutMs`.
 */
export function converse(module, args, { execArgv = [], timeoutMs = 120_000 } = {}) {
  const child = fork(fileURLToPath(module), args.map(String), {
    execArgv,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let trouble = '';
  child.stderr.on('data', (text) => (trouble = (trouble + text).slice(-2000)));
  const said = [];
  child.on('message', (message) => said.push(message));

  const answer = () =>
    new Promise((resolve, reject) => {
      const settle = (act) => (value) => {
        clearTimeout(waiting);
        child.off('message', heard).off('exit', ended);
        act(value);
      };
      const heard = settle(() => resolve(said.shift()));
      const fail = settle((why) => reject(new Error(`${args.join(' ')}: ${trouble.trim() || why}`)));
      const ended = (code, signal) => (said.length > 0 ? heard() : fail(`ended with ${signal ?? code}`));
      const waiting = setTimeout(() => fail(`said nothing for ${timeoutMs} ms`), timeoutMs);
      child.on('message', heard).on('exit', ended);
      if (said.length > 0) heard();
    });

  return {
    answer,
    ask(question) {
      const answered = answer();
      child.send(question);
      return answered;
    },
    end: () => void child.kill('SIGKILL'),
  };
}
