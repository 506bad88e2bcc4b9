import { join } from 'node:path';
import { serve, type Config, type Log } from '@taffrail/server';
import { asOwner, ownersLink } from './administrator.ts';
import { trackerFlags } from './flags.ts';
import { keptKeys } from './keys-file.ts';
import { releaseFlags } from './releases.ts';
import { drawKeys, seedContexts, seedProject, type TrackerKeys } from './seed.ts';
import { startTracker } from './tracker.ts';

export interface DemoSettings {
  readonly config: Config;
  readonly log: Log;
  readonly trackerPort: number;
  /** A file of releases whose flags become a second, large project. */
  readonly releases?: URL | undefined;
}

export interface Demo {
  /** The issue tracker's address. */
  readonly tracker: string;
  /** Taffrail's address. */
  readonly url: string;
  /** Signs in to Taffrail, once. */
  readonly link: string;
  close(): Promise<void>;
}

/** Starts a server and, beside it, the issue tracker that asks it. What they need is seeded over the server's public API. */
export async function startDemo({ config, log, trackerPort, releases }: DemoSettings): Promise<Demo> {
  const served = await serve({ config, log, print: () => undefined });
  try {
    const keys = await seed(config, served.url, releases);
    const tracker = await startTracker({
      ...keys,
      url: served.url,
      port: trackerPort,
      cacheFolder: join(config.dataFolder, 'sdk'),
    });
    return {
      tracker: tracker.address,
      url: served.url,
      link: ownersLink(config),
      async close() {
        await tracker.close();
        await served.close();
      },
    };
  } catch (error) {
    await served.close();
    throw error;
  }
}

function seed(config: Config, url: string, releases: URL | undefined): Promise<TrackerKeys> {
  return asOwner(config, url, async (api, org) => {
    const at = { org, project: 'issue-tracker' };
    await seedProject(api, at, 'Issue tracker', trackerFlags);
    await seedContexts(api, at);
    if (releases) await seedProject(api, { org, project: 'on-prem-releases' }, 'On-prem releases', await releaseFlags(releases));
    return keptKeys(join(config.dataFolder, 'issue-tracker-keys.json'), () => drawKeys(api, at));
  });
}
