import { readFile } from 'node:fs/promises';
import type { NewFlag } from './flags.ts';

/** Which flags each on-prem release of a real product turned on. */
interface Releases {
  readonly releases: readonly { readonly version: string; readonly on: readonly string[] }[];
}

/** Every flag that any of the releases turned on; in production as the newest release has it. */
export async function releaseFlags(file: URL): Promise<NewFlag[]> {
  const { releases } = JSON.parse(await readFile(file, 'utf8')) as Releases;
  const newest = releases.at(-1);
  const keys = [...new Set(releases.flatMap(({ on }) => on))].sort();
  return keys.map((key) => {
    const first = releases.find(({ on }) => on.includes(key))?.version ?? '';
    return {
      key,
      kind: 'operational',
      owner: key.slice(0, key.indexOf(':')),
      description: `First turned on in ${first}.`,
      environments: { production: newest?.on.includes(key) ? { on: true, fallthrough: { variant: 'on' } } : { on: false } },
    };
  });
}
