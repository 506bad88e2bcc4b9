import { readFile } from 'node:fs/promises';
import { Failure } from '../failure.ts';
import { writeWhole } from '../shipment-files.ts';

/** Digests of what was signed, by release and revision. */
type Digests = Record<string, Record<string, string>>;

/** What a signer has signed: it never signs two payloads of one revision, whatever a server forgets. */
export interface SignedBefore {
  digestOf(release: string, revision: number): string | undefined;
  /** The highest revision of each release. */
  highest(): readonly { readonly release: string; readonly revision: number }[];
  /** Resolves when it is on disk, if there is a file. */
  note(release: string, revision: number, digest: string): Promise<void>;
}

/** Reads it from a file that is written at the first signature; without one it is forgotten when the process ends. */
export async function readSignedBefore(file: string | undefined): Promise<SignedBefore> {
  const known: Map<string, Map<string, string>> = new Map(
    Object.entries(await digestsIn(file)).map(([release, digests]) => [release, new Map(Object.entries(digests))]),
  );
  const text = (): string =>
    JSON.stringify(Object.fromEntries([...known].map(([key, digests]) => [key, Object.fromEntries(digests)])));
  const save = file === undefined ? () => Promise.resolve() : inTurns(() => writeWhole(file, `${text()}\n`));
  return {
    digestOf: (release, revision) => known.get(release)?.get(String(revision)),
    highest: () => [...known].map(([release, digests]) => ({ release, revision: Math.max(...[...digests.keys()].map(Number)) })),
    note(release, revision, digest) {
      known.set(release, new Map(known.get(release)).set(String(revision), digest));
      return save();
    },
  };
}

/** One write at a time; all that is noted meanwhile goes with the next one. */
function inTurns(write: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= last
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        last = write();
        return last;
      });
    return next;
  };
}

async function digestsIn(file: string | undefined): Promise<Digests> {
  if (file === undefined) return {};
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Digests;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Failure(
      'BAD_FILE',
      `${file} cannot be read: it is what this signer signed before. Put it back, or name another.`,
      error,
    );
  }
}
