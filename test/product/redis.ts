import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from './server.ts';

/** A Redis of its own for one test, to do harm to. It keeps nothing on disk: whenever it starts it is empty. */
export interface Redis {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** It goes on existing, and does nothing. */
  pause(): void;
  resume(): void;
  /** Sends one command, and answers the first line of what comes back. */
  send(command: string): Promise<string>;
}

/** Starts the program that the test command found. */
export async function startRedis(): Promise<Redis> {
  const program = process.env.REDIS_SERVER_PATH ?? 'redis-server';
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
      stdio: 'ignore',
    });
    const failed = once(child, 'error').then(([error]) => {
      throw new Error('There is no Redis: set REDIS_SERVER_PATH, or run `npm test`, which finds one.', { cause: error });
    });
    await Promise.race([failed, answers()]);
  }

  async function answers(): Promise<void> {
    while ((await send('PING').catch(() => '')) !== '+PONG') await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async function send(command: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    try {
      socket.write(`${command}\r\n`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      return answer.toString().split('\r\n')[0] ?? '';
    } finally {
      socket.destroy();
    }
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    send,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
  };
}
