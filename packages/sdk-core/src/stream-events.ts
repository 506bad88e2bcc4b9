import type { Failure } from './course.ts';
import type { Identity } from './source.ts';

/** What the server says in events that are not states. Whatever it says may be missing or of another type. */
interface Words {
  readonly environment?: unknown;
  readonly epoch?: unknown;
  readonly head?: unknown;
  readonly checksum?: unknown;
  readonly heartbeatMs?: unknown;
  readonly reason?: unknown;
  readonly reconnectInMs?: unknown;
  readonly fatal?: unknown;
}

/** What the events of one stream lead to. */
export interface Listener {
  /** The state at hand; undefined where the server was asked for a whole one. */
  readonly identity: () => Identity | undefined;
  readonly take: (text: string, leadsTo?: string) => void;
  /** The state at hand is the server's newest. */
  readonly live: () => void;
  /** The state at hand does not agree with the server's. */
  readonly doubt: (reason: string) => void;
  readonly heartbeat: (everyMs: number) => void;
  readonly failed: (failure: Failure) => void;
}

type Interpret = (data: string, id: string) => void;

/** Interprets the events of one stream, in their order. An event of another name comes from a newer server and means nothing. */
export function createInterpreter(on: Listener): (event: string, data: string, id?: string) => void {
  let epoch: unknown;

  function hello(said: Words): void {
    epoch = said.epoch;
    if (typeof said.heartbeatMs === 'number') on.heartbeat(said.heartbeatMs);
    const own = on.identity();
    if (!own || own.epoch !== epoch) return;
    if (own.environment !== said.environment) on.doubt('the key is of another environment');
    else if (own.revision >= Number(said.head)) on.live();
  }

  /** Every change before a beat has been seen, so a beat that names a later head, or another sum, tells of a loss. */
  function beat({ head, checksum }: Words): void {
    const own = on.identity();
    if (!own || own.epoch !== epoch || own.revision < Number(head)) on.doubt('a change was lost');
    else if (own.revision === head && own.checksum !== checksum) on.doubt('the checksum is not the server’s');
    else on.live();
  }

  const goodbye = ({ reason, reconnectInMs, fatal }: Words): void =>
    on.failed({ reason: `it said goodbye: ${String(reason)}`, retryAfterMs: reconnectInMs, fatal: fatal === true });

  const words =
    (act: (said: Words) => void): Interpret =>
    (data) => {
      const said = parse(data);
      if (said) act(said);
      else on.doubt('it sent something other than JSON');
    };

  const events = new Map<string, Interpret>([
    ['snapshot', (data) => on.take(data)],
    ['patch', on.take],
    ['hello', words(hello)],
    ['beat', words(beat)],
    ['goodbye', words(goodbye)],
  ]);
  return (event, data, id = '') => events.get(event)?.(data, id);
}

/** A member that is an object is left out: none is expected, and some cannot be made text or number of. */
function parse(data: string): Words | undefined {
  try {
    return JSON.parse(data, (name, value: unknown) => (name !== '' && typeof value === 'object' ? undefined : value)) as Words;
  } catch {
    return undefined;
  }
}
