import type { Commits } from './changes/commits.ts';
import type { Presence } from './cluster/presence.ts';
import type { Config } from './config.ts';
import type { Storage } from './db/storage.ts';
import type { Sites } from './installs/sites.ts';
import type { Identity } from './members/identity.ts';
import type { Streams } from './streams/streams.ts';

/** What handlers may use. Built once, in `app.ts`; clocks and randomness are parameters. */
export interface Deps {
  readonly config: Config;
  readonly storage: Storage;
  readonly commits: Commits;
  readonly identity: Identity;
  readonly streams: Streams;
  /** What sites said of themselves. */
  readonly sites: Sites;
  /** The other processes that serve SDKs. */
  readonly presence: Presence;
  readonly clock: () => Date;
  readonly newId: () => string;
}
