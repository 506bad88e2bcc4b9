import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { diagnose } from './doctor.mjs';
import { root } from './run.mjs';

/** What is built before an app starts: beside the server, what its users run next. */
const builds = {
  server: ['@taffrail/server', 'taffrail', '@taffrail/node', '@taffrail/browser'],
  demo: ['@taffrail/demo'],
};

const [app = 'server', ...args] = process.argv.slice(2);

const problem = diagnose();
if (problem) stop(problem);
if ((await build(builds[app].map((name) => `--filter=${name}`))) !== 0) stop('The build failed; nothing was started.');

const child = spawn(process.execPath, [`${root}apps/${app}/dist/main.js`, ...args], { stdio: 'inherit' });
// The app ends by itself, after it has let its connections go; leaving before it would cut them.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
