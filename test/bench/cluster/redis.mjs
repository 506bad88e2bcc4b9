import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from '../product/free-port.mjs';

/** Starts a Redis to do harm to, and ends it when `use` is done. */
export async function withRedis(use) {
  const redis = await startRedis();
  try {
    return await use(redis);
  } finally {
    await redis.kill();
  }
}

async function startRedis() {
  const port = await freePort();
  let child;
  async function start() {
    const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'].map(String);
    child = spawn(process.env.REDIS_SERVER_PATH ?? 'redis-server', args, { stdio: 'ignore' });
    await Promise.race([once(child, 'error').then(([error]) => Promise.reject(error)), answers()]);
  }
  async function answers() {
    while ((await send('PING').catch(() => '')) !== '+PONG') await new Promise((resolve) => setTimeout(resolve, 10));
  }
  async function send(command) {
    const socket = connect(port, '127.0.0.1');
    try {
      socket.write(`${command}\r\n`);
      const [answer] = await once(socket, 'data');
      return answer.toString().split('\r\n')[0];
    } finally {
      socket.destroy();
    }
  }
  async function kill() {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  await start();
  const signal = (name) => () => void child.kill(name);
  return { url: `redis://127.0.0.1:${port}`, start, kill, send, pause: signal('SIGSTOP'), resume: signal('SIGCONT') };
}
