import type { CodeDefault, FlagKey } from '../typed.ts';
import { createTestClient, type FlagValues, type TestClient } from './test-client.ts';

/**
 * Runs something while flags serve these values, and puts everything back, also when it fails or takes its time. Without a client of
 * the test's own it is given a new one.
 */
export function withFlags<Result>(
  values: FlagValues,
  run: (flags: TestClient) => Result,
  flags: TestClient = createTestClient(),
): Result {
  const before = flags.values();
  flags.replace({ ...before, ...values });
  return settled(
    () => run(flags),
    () => flags.replace(before),
  );
}

/** What the sides of a flag are, and whose flag it is. */
export interface SidesOptions<Value> {
  /** Absent: `false`, then `true`. */
  readonly values?: readonly Value[];
  readonly flags?: TestClient;
}

/**
 * Runs something with each side of a flag, one after the other; what fails says on which side. The result is a promise where that of
 * the body is one.
 */
export function eachSide<Key extends FlagKey, Result>(
  key: Key,
  run: (value: CodeDefault<Key>, flags: TestClient) => Result,
  { values = [false, true] as unknown as CodeDefault<Key>[], flags }: SidesOptions<CodeDefault<Key>> = {},
): Result extends Promise<unknown> ? Promise<void> : void {
  const sides = values.map((value) => () => {
    const side = { [key]: value } as FlagValues;
    return withFlags(side, (client) => named(`${key} = ${JSON.stringify(value)}`, () => run(value, client)), flags);
  });
  const done = sides.reduce<unknown>((before, side) => (before instanceof Promise ? before.then(side) : side()), undefined);
  return (done instanceof Promise ? done.then(() => undefined) : undefined) as ReturnType<typeof eachSide<Key, Result>>;
}

/** Cleans up when something has ended, whichever way. */
function settled<Result>(run: () => Result, cleanUp: () => void): Result {
  let result: Result | undefined;
  try {
    result = run();
  } finally {
    if (!(result instanceof Promise)) cleanUp();
  }
  return result instanceof Promise ? (result.finally(cleanUp) as Result) : result;
}

function named<Result>(name: string, run: () => Result): Result {
  const rename = (error: unknown): never => {
    if (error instanceof Error) error.message = `${name}: ${error.message}`;
    throw error;
  };
  try {
    const result = run();
    return result instanceof Promise ? (result.catch(rename) as Result) : result;
  } catch (error) {
    return rename(error);
  }
}
