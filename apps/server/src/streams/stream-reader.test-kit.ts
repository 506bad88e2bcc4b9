/** One event as a reader gets it. */
export interface Event {
  readonly name: string;
  readonly id?: string;
  readonly data: readonly string[];
}

/** A stream that is being read. */
export interface StreamReader {
  readonly response: Response;
  /** The events so far. */
  readonly events: readonly Event[];
  /** Waits for so many events in all. */
  atLeast(count: number): Promise<readonly Event[]>;
  /** Waits for the stream's end. */
  ended(): Promise<readonly Event[]>;
  close(): Promise<void>;
}

/** Opens a stream with Node's fetch and reads it in the background. */
export async function openReader(url: string, headers: Readonly<Record<string, string>> = {}): Promise<StreamReader> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  let hasEnded = false;
  const tell = (): void => waiting.forEach((check) => check());
  const reading = read(response, (event) => (events.push(event), tell())).finally(() => {
    hasEnded = true;
    tell();
  });
  const until = (isDone: () => boolean) =>
    new Promise<readonly Event[]>((resolve) => {
      const check = () => isDone() && (waiting.delete(check), resolve(events));
      waiting.add(check);
      check();
    });
  return {
    response,
    events,
    atLeast: (count) => until(() => events.length >= count || hasEnded),
    ended: () => until(() => hasEnded),
    async close() {
      abort.abort();
      await reading;
    },
  };
}

/** A stream that is cut ends here without an error: what came before counts. */
async function read({ body }: Response, take: (event: Event) => void): Promise<void> {
  let text = '';
  try {
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      blocks.flatMap((block) => eventOf(block) ?? []).forEach(take);
    }
  } catch {
    // Aborted by `close`, or cut by the server.
  }
}

function eventOf(block: string): Event | undefined {
  const fields = block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const);
  const of = (name: string) => fields.flatMap(([field, value]) => (field === name ? [value] : []));
  const [name] = of('event');
  const [id] = of('id');
  return name === undefined ? undefined : { name, ...(id !== undefined && { id }), data: of('data') };
}
