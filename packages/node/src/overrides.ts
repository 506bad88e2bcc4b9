import type { Clock } from '@taffrail/sdk-core';
import type { Effect } from './effect.ts';
import { type FollowedFile, followFile } from './followed-file.ts';

type Reader = typeof import('@taffrail/shipment/override-file');
type Look = Awaited<ReturnType<Reader['lookAt']>>;

/** Parser and checks take memory and time that a process without an override file never pays. */
export const overrideReader = (): Promise<Reader> => import('@taffrail/shipment/override-file');

/** A file is gone when it was missing this many times in a row: some editors take it away for a moment. */
const TIMES_MISSING = 3;
/** A file that is being written is waited for this many times, then it is a problem. */
const TIMES_CHANGING = 50;

/** Puts an override file into effect, whenever it is another. */
export function followOverrides(file: string, clock: Clock, effect: Effect): FollowedFile {
  let mark: string | undefined;
  let last: Look['state'] | undefined;
  let times = 0;

  return followFile(file, clock, async () => {
    try {
      const reader = await overrideReader();
      const look = await reader.lookAt(file, mark);
      times = look.state === last ? times + 1 : 1;
      last = look.state;
      if ('mark' in look || look.state === 'missing') mark = 'mark' in look ? look.mark : undefined;
      return took(look, times, { file, reader, effect });
    } catch (error) {
      effect.refuse([`${file}: ${String(error)}`]);
      return true;
    }
  });
}

interface Means {
  readonly file: string;
  readonly reader: Reader;
  readonly effect: Effect;
}

/** Acts on a look; false where it has to be taken again soon. */
function took(look: Look, times: number, { file, reader, effect }: Means): boolean {
  if (look.state === 'missing') {
    if (effect.isAny() && times < TIMES_MISSING) return false;
    effect.end();
  } else if (look.state === 'read') {
    const { entries, problems } = reader.parseOverrides(look.bytes, file);
    if (problems.length > 0) effect.refuse(problems.map(reader.problemText));
    else effect.accept(entries);
  } else if (look.state !== 'same') {
    if (look.state === 'changing' && times < TIMES_CHANGING) return false;
    effect.refuse([`${file}: ${look.message}`]);
  }
  return true;
}
