import { type ConnectionOptions, connectRedis } from './redis-connection.ts';
import { createSealing, type Sealing } from './sealing.ts';

/** What processes tell each other: which head an audience has, which keys there are, how each of them is. */
type Topic = 'heads' | 'keys' | 'processes';

type Fields = Readonly<Record<string, string>>;

/**
 * Redis, as something that may be away at any time. Nothing here throws, waits for long, or is kept for later: what cannot be
 * told is not told, what cannot be read is not there. Whatever depends on it is healed by asking the writer.
 */
export interface Redis {
  /** Tells all processes; whoever is away does not hear it. */
  tell(topic: Topic, text: string): void;
  onTold(topic: Topic, listener: (text: string) => void): void;
  /** The fields under a name. */
  read(name: string): Promise<Fields>;
  readField(name: string, field: string): Promise<string | undefined>;
  /** Sets fields, or all of them, in one step. False if it is not known to have been done. */
  write(name: string, fields: Fields, how: { readonly replace: boolean }): Promise<boolean>;
  isReady(): boolean;
  /** Calls back whenever it has come: what was told before that was lost. */
  onReady(listener: () => void): void;
  close(): void;
}

export interface RedisOptions extends ConnectionOptions {
  readonly secret: string;
}

/** Whoever reads has a writer to ask. */
const READ_MS = 250;
/** What nobody has written for so long belongs to nobody. */
const KEPT_SECONDS = 30 * 86_400;

/** Answers at once, connected or not. */
export async function openRedis({ secret, ...where }: RedisOptions): Promise<Redis> {
  const { commands, hearing, onReady, close } = await connectRedis(where);
  const sealing = createSealing(secret);
  const nameOf = (name: string) => `taffrail:${sealing.space}:${name}`;

  const within = <T>(asked: () => Promise<T>, otherwise: T) => answerOr(commands.isReady ? asked() : undefined, otherwise);

  return {
    tell(topic, text) {
      if (commands.isReady) commands.publish(nameOf(topic), sealing.seal(topic, text)).catch(() => {});
    },
    onTold(topic, listener) {
      keepSubscribed(hearing, nameOf(topic), (sealed) => {
        const text = sealing.open(topic, sealed);
        if (text !== undefined) listener(text);
      });
    },
    async read(name) {
      return opened(sealing, name, await within(() => commands.hGetAll(nameOf(name)), {}));
    },
    async readField(name, field) {
      const sealed = await within(() => commands.hGet(nameOf(name), field), null);
      return sealed === null ? undefined : sealing.open(`${name} ${field}`, sealed);
    },
    async write(name, fields, { replace }) {
      if (!commands.isReady) return false;
      const multi = commands.multi();
      if (replace) multi.del(nameOf(name));
      multi.hSet(nameOf(name), sealed(sealing, name, fields)).expire(nameOf(name), KEPT_SECONDS);
      return multi.exec().then(
        () => true,
        () => false,
      );
    },
    isReady: () => commands.isReady,
    onReady,
    close,
  };
}

type Hearing = Awaited<ReturnType<typeof connectRedis>>['hearing'];

/** Once subscribed, the client does it again by itself whenever it has lost the connection. */
function keepSubscribed(hearing: Hearing, channel: string, listener: (text: string) => void): void {
  const later = () => void hearing.once('ready', subscribe);
  const subscribe = () => void hearing.subscribe(channel, listener).catch(later);
  if (hearing.isReady) subscribe();
  else later();
}

/** What fails, or comes too late, is as if it had not been there; the state of the connection is told elsewhere. */
async function answerOr<T>(asked: Promise<T> | undefined, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(otherwise), READ_MS)));
  const answer = asked?.catch(() => otherwise) ?? otherwise;
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

function sealed(sealing: Sealing, name: string, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, sealing.seal(`${name} ${field}`, text)]));
}

function opened(sealing: Sealing, name: string, fields: Fields): Fields {
  const pairs = Object.entries(fields).map(([field, text]) => [field, sealing.open(`${name} ${field}`, text)] as const);
  return Object.fromEntries(pairs.flatMap(([field, text]) => (text === undefined ? [] : [[field, text]])));
}
