import { randomBytes } from 'node:crypto';
import type { Flag, Item, Segment } from '@taffrail/engine';
import {
  type Channel,
  type ChannelDeps,
  clientAudience,
  type Edit,
  Feed,
  openChannel,
  type ReaderKey,
  serverAudience,
} from '@taffrail/publish';

/** What SDKs that pin an environment name for a relay. */
const ENVIRONMENT = 'on-prem';

/** The lines of a site as its SDKs read them: all for server keys, those for browsers for client keys. */
export interface Feeds {
  readonly channels: Readonly<Record<ReaderKey['kind'], Channel<Feed>>>;
  /** Takes the lines as they are now, and tells every stream what became of them. Says how many flags became others. */
  take(lines: readonly Item[]): number;
}

/**
 * Feeds of a process that knows only what is so now. Their epoch is drawn at each start: whoever comes with a position of before gets
 * the whole, and sees no change where nothing is another.
 */
export function createFeeds(salt: string, deps: ChannelDeps): Feeds {
  const audiences = { server: serverAudience(), client: clientAudience(salt) };
  const open = (kind: ReaderKey['kind']) => {
    const audience = audiences[kind];
    const epoch = randomBytes(8).toString('hex');
    return openChannel(deps, new Feed({ audience, environment: ENVIRONMENT, epoch, revision: 0, edits: [] }));
  };
  const channels = { server: open('server'), client: open('client') };
  let items: ReadonlyMap<string, Item> = new Map();
  let revision = 0;
  return {
    channels,
    take(lines) {
      const edits = editsBetween(items, lines);
      if (edits.length === 0) return 0;
      items = new Map(lines.map((item) => [idOf(item), item]));
      revision += 1;
      for (const channel of Object.values(channels)) channel.advance((feed) => feed.apply(revision, edits));
      return edits.filter(({ sort }) => sort === 'f').length;
    },
  };
}

const idOf = ({ sort, key }: Pick<Item, 'sort' | 'key'>): string => `${sort} ${key}`;

/** What became of lines. */
function editsBetween(before: ReadonlyMap<string, Item>, lines: readonly Item[]): Edit[] {
  const now = new Set(lines.map(idOf));
  const gone = [...before.values()].filter((item) => !now.has(idOf(item)));
  const changed = lines.filter((item) => before.get(idOf(item))?.digest !== item.digest);
  return [
    ...gone.flatMap(({ sort, key }) => editOf(sort, key, undefined)),
    ...changed.flatMap(({ sort, key, json }) => editOf(sort, key, json)),
  ];
}

/**
 * A line that cannot be read is as if it were not there: that flag is unknown here, and the others are served. One of a sort that
 * this relay does not know is left out: it would mean nothing to it.
 */
function editOf(sort: Item['sort'], key: string, json: string | undefined): Edit[] {
  const line = json === undefined ? undefined : parsed(json);
  if (sort === 's') return [{ sort: 's', key, line: line as Segment | undefined }];
  const flag = line as Flag | undefined;
  return sort === 'f' ? [{ sort: 'f', key, line: flag, client: flag?.metadata?.['client'] === true }] : [];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
