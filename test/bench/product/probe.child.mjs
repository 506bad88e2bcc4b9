import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded into the measured process before the product: tells the process that started it what it costs.
const delay = monitorEventLoopDelay({ resolution: 1 });
const NANOSECONDS_A_MILLISECOND = 1e6;

const answers = {
  /** Memory once garbage is gone, CPU since the start, and for how long the event loop was busy in one go since the last question. */
  usage() {
    const { user, system } = process.cpuUsage();
    const longestMs = delay.max / NANOSECONDS_A_MILLISECOND;
    delay.reset();
    const { rss: rssBytes, heapUsed: heapBytes } = process.memoryUsage();
    return { rssBytes, heapBytes, cpuMs: (user + system) / 1000, longestMs };
  },
  collect() {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc');
    collect();
    collect();
    return answers.usage();
  },
};

delay.enable();
process.on('message', (question) => process.send(answers[question]()));
// The product decides when to end: the channel alone keeps nothing alive.
process.channel.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
