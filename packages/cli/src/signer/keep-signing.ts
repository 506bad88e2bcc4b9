import { Refusal, Unreachable, type Api } from '../api.ts';
import { tell } from '../failure.ts';
import { printable } from '../printable.ts';
import { createAlarm } from './alarm.ts';
import { followProject } from './follow-project.ts';
import { createQuietLog } from './quiet-log.ts';
import { NobodySigns, signRound, tellLost, type Signed, type Signing } from './sign-round.ts';

/** What keeps a signer going. */
export interface Keeping {
  readonly signing: Signing;
  /** The same server, for a stream: its requests may take long. */
  readonly streams: Api;
  /** It looks by itself as often, should the stream tell nothing. */
  readonly pollMs: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Before a stream that ended is opened again. */
const againAfterMs = 1_000;

/** Signs whatever is to be signed, as soon as the server says so, through all its outages, until the signal is aborted. */
export async function keepSigning({ signing, streams, pollMs, signal, ...keeping }: Keeping): Promise<void> {
  // A server that somebody broke into names releases as it likes.
  const say = (line: string): void => keeping.say(printable(line));
  const log = createQuietLog(say, signing.clock);
  const alarm = createAlarm();
  let isAnew = true;
  const following = keepFollowing({ signing, streams, signal }, (hasBegun) => {
    isAnew ||= hasBegun;
    alarm.ring();
  });
  while (!signal.aborted) {
    try {
      if (isAnew)
        for (const name of await tellLost(signing))
          say(`${name} was signed, and the server forgot it: it leaves that number out.`);
      isAnew = false;
      const round = await signRound(signing);
      if (log.isOver('server')) say(`Signing again for ${signing.at.project}, line ${signing.line}.`);
      for (const one of round) sayOf(one);
    } catch (error) {
      if (!signal.aborted) log.trouble('server', sentenceOf(error));
    }
    await alarm.wait(pollMs, signal);
  }
  await following;

  function sayOf({ release, revision, why }: Signed): void {
    const name = `${release} r${revision}`;
    if (why !== undefined) return log.trouble(name, `${name} is not signed: ${why}.`);
    log.isOver(name);
    say(`${name} signed by ${signing.keyid}`);
  }
}

/** A stream that cannot be followed only costs time: the next round comes by itself, and tells what is wrong. */
async function keepFollowing(
  { signing: { at }, streams, signal }: Pick<Keeping, 'signing' | 'streams' | 'signal'>,
  changed: (hasBegun: boolean) => void,
): Promise<void> {
  const pause = createAlarm();
  while (!signal.aborted) {
    await followProject(streams, at, changed).catch(() => undefined);
    await pause.wait(againAfterMs, signal);
  }
}

/** What is no answer of the server and no fault that was foreseen ends the process: its guardian starts it anew. */
function sentenceOf(error: unknown): string {
  const isForeseen = error instanceof Refusal || error instanceof Unreachable || error instanceof NobodySigns;
  if (!isForeseen && !(error instanceof Error && error.name === 'TimeoutError')) throw error;
  return error instanceof NobodySigns ? error.message : tell(error).sentences;
}
