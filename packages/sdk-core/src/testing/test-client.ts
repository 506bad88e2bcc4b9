import { checksumOf, type Context, coreRows, type Flag, FORMAT, formatItem, formatSnapshot, type Json } from '@taffrail/engine';
import type { Answers } from '../answers.ts';
import { composeClient, type Lifecycle } from '../client.ts';
import { withHooks } from '../hooks/with-hooks.ts';
import type { Logger, Platform } from '../platform.ts';
import type { Sink } from '../source.ts';
import type { CodeDefault, FlagKey } from '../typed.ts';

/** Flags by key, and what each of them serves to everyone. */
export type FlagValues = { readonly [Key in FlagKey]?: CodeDefault<Key> };

/** What a client of a test is created with. */
export interface TestClientOptions {
  /** Whom answers are about, for hooks to see: the values are the same for everyone. */
  readonly context?: Context;
  /** Hears what a client would say. Absent: nobody does. */
  readonly logger?: Logger;
}

/**
 * A client whose flags are what a test says. What evaluates them is the engine of every client, so a flag that is not there and a
 * code default of another type are what they are in production. It can stand for the client of Node and for that of a page.
 */
export interface TestClient extends Answers, Lifecycle {
  /** From now on the flag serves this value; whoever listens is told. */
  readonly set: <Key extends FlagKey>(key: Key, value: CodeDefault<Key>) => void;
  /** From now on there is no such flag: the code default is served. */
  readonly unset: (key: FlagKey) => void;
  /** From now on there are these flags and no others. */
  readonly replace: (values: FlagValues) => void;
  readonly values: () => FlagValues;
  /** The flags that were asked for, in the order of their first time. */
  readonly asked: () => readonly string[];
  readonly context: () => Context | undefined;
  readonly identify: (context: Context) => Promise<void>;
}

const silent: Logger = { warn() {}, error() {} };

/** Nothing waits for the time to pass. */
const clock: Platform['clock'] = { nowMs: Date.now, elapsedMs: () => 0, after: () => () => {} };

/** Creates a client in memory. It is ready at once, and leaves nothing behind. */
export function createTestClient(values: FlagValues = {}, { context, logger = silent }: TestClientOptions = {}): TestClient {
  const asked = new Set<string>();
  let current = context;
  let held: FlagValues = {};
  let sink: Sink | undefined;
  let revision = 0;

  function replace(next: FlagValues): void {
    for (const [key, value] of Object.entries(next)) if (value !== undefined) assertJson(key, value);
    held = next;
    sink?.take(snapshotOf(next, ++revision));
    sink?.report('live');
  }

  const { client, announce } = composeClient({
    platform: { clock, random: () => 0, log: logger },
    rows: coreRows,
    source: (taker) => {
      sink = taker;
      return { sleep() {}, wake() {}, close() {} };
    },
  });
  replace(values);

  const own: Omit<TestClient, keyof Answers | keyof Lifecycle> = {
    set: (key, value) => replace({ ...held, [key]: value }),
    unset: (key) => replace(without(held, key)),
    replace,
    values: () => held,
    asked: () => [...asked],
    context: () => current,
    async identify(next) {
      current = next;
      announce();
    },
  };
  const watch = { name: 'asked', before: ({ flagKey }: { readonly flagKey: string }) => void asked.add(flagKey) };
  return withHooks(Object.assign(client, own), [watch], logger);
}

function without(values: FlagValues, key: FlagKey): FlagValues {
  const { [key]: _, ...others } = values;
  return others;
}

/** A value is the same after it was sent. */
function assertJson(key: string, value: unknown): void {
  if (typeof JSON.parse(JSON.stringify(value) ?? 'null') !== typeof value)
    throw new Error(`${key} cannot serve this ${typeof value}: a flag's value is a boolean, a finite number, a text or JSON.`);
}

/** The environment of a test: each flag serves one value. */
function snapshotOf(values: FlagValues, revision: number): string {
  const entries = Object.entries(values) as [string, Json | undefined][];
  const items = entries.flatMap(([key, value]) => (value === undefined ? [] : [formatItem('f', constant(key, value))]));
  const counts = { flags: items.length, segments: 0, checksum: checksumOf(items) };
  const origin = { environment: 'test' };
  return formatSnapshot({ header: { format: FORMAT, origin, audience: 'server', epoch: 'test', revision, ...counts }, items });
}

function constant(key: string, value: Json): Flag {
  const variant = typeof value === 'boolean' ? (value ? 'on' : 'off') : 'value';
  return { key, type: typeOf(value), on: true, variants: { [variant]: value }, salt: key, fallthrough: { variant } };
}

function typeOf(value: Json): Flag['type'] {
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'string' ? type : 'json';
}
