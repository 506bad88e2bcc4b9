const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Does something over and over, until it is ended. */
const again = (everyMs, act) => (redis) => {
  const over = new AbortController();
  const going = (async () => {
    for (let time = 0; !over.signal.aborted; time++) {
      await act(redis, time);
      await pause(everyMs);
    }
  })();
  return async () => {
    over.abort();
    await going;
    if ((await redis.send('PING').catch(() => '')) !== '+PONG') await redis.start();
  };
};

/** What is done to Redis, how to end it, and within what time everybody should come along meanwhile. */
export const harms = [
  { title: 'Redis is there', boundMs: 1000, begin: () => async () => {} },
  {
    title: 'Redis is killed',
    boundMs: 3000,
    begin(redis) {
      void redis.kill();
      return () => redis.start();
    },
  },
  {
    title: 'it flaps, a second each',
    boundMs: 3000,
    begin: again(1000, (redis, time) => (time % 2 === 0 ? redis.kill() : redis.start())),
  },
  { title: 'it is emptied, ten times a second', boundMs: 1000, begin: again(100, (redis) => redis.send('FLUSHALL')) },
  {
    title: 'it is paused',
    boundMs: 3000,
    begin(redis) {
      redis.pause();
      return async () => redis.resume();
    },
  },
];
