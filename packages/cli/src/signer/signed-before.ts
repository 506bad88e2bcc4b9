import { readFile } from 'node:fs/promises';
import { Failure } from '../failure.ts';
import { writeWhole } from '../shipment-files.ts';

/** Digests of what was signed, by release and revision; and of the flags of each release, beside its revisions. */
type Digests = Record<string, Record<string, string>>;
const flagsName = 'flags';

/** What a signer has signed: it never signs two payloads of one revision, nor other flags in one release, whatever a server says. */
export interface SignedBefore {
  digestOf(release: string, revision: number): string | undefined;
  /** Of the flags of a release, if any of its revisions was signed. */
  flagsOf(release: string): string | undefined;
  /** The highest revision of each release. */
  highest(): readonly { readonly release: string; readonly revision: number }[];
  /** Is known at once, and resolves when it is on disk, if there is a file. */
  note(release: string, revision: number, digests: { readonly digest: string; readonly flags: string }): Promise<void>;
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
    flagsOf: (release) => known.get(release)?.get(flagsName),
    highest: () => [...known].map(([release, digests]) => ({ release, revision: Math.max(...revisionsIn(digests)) })),
    note(release, revision, { digest, flags }) {
      known.set(release, new Map(known.get(release)).set(String(revision), digest).set(flagsName, flags));
      return save();
    },
  };
}

const revisionsIn = (digests: ReadonlyMap<string, string>): number[] =>
  [...digests.keys()].filter((name) => name !== flagsName).map(Number);

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
