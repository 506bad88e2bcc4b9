import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A shell that keeps its variables and its background jobs from one command to the next, as a person's does. */
export interface Shell {
  /** Runs commands; throws with what they printed if one of them fails. */
  run(commands: string): Promise<void>;
  /** Ends the shell, and whatever it started. */
  close(): Promise<void>;
}

export function openShell(cwd: string, env: Readonly<Record<string, string>>): Shell {
  // A process group of its own: what runs in the background ends with it.
  const child = spawn('bash', ['-e'], { cwd, env: { ...process.env, ...env }, detached: true });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
  const ended = once(child, 'exit');
  let count = 0;
  return {
    async run(commands) {
      const mark = `-- done ${(count += 1)} --`;
      printed = '';
      child.stdin.write(`${commands}\necho '${mark}'\n`);
      while (!printed.includes(mark)) {
        const news = new Promise((resolve) => child.stdout.once('data', resolve));
        const code = await Promise.race([news.then(() => undefined), ended]);
        if (code) throw new Error(`This ended with ${String(code[0])}:\n${commands}${printed}`);
      }
    },
    async close() {
      if (child.exitCode !== null || child.pid === undefined) return;
      process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}
