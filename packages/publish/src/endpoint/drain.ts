import { goodbyesOver } from '../goodbye.ts';
import type { Channel } from './channel.ts';

/** The longest that streams of a process that leaves are told to wait. */
const LONGEST_SPREAD_MS = 300_000;

/** Ends all streams: everybody comes back within the time in which everybody can be let in. */
export async function drain(all: Iterable<Channel>, admissionsPerSecond: number): Promise<void> {
  const channels = [...all];
  const streams = channels.reduce((sum, channel) => sum + channel.streams(), 0);
  const spreadMs = Math.min(LONGEST_SPREAD_MS, 1_000 + (1_000 * streams) / admissionsPerSecond);
  await Promise.all(channels.map((channel) => channel.end(goodbyesOver(spreadMs, 'The server is restarting.'))));
}
